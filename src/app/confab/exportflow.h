#pragma once

#include "app/common/account.h"
#include "widgets/exportdialog.h"

#include <QObject>
#include <QPointer>

namespace confab {

/// One export by hand: fetches what this computer does not have yet, then has the archive write the
/// file. Lives as long as its dialog, its parent; GUI thread.
class ExportFlow : public QObject
{
    Q_OBJECT

public:
    static void openForAccount(Account &account, QWidget *window);
    static void openForChat(Account &account, const TopicName &chat, QWidget *window);

private:
    enum class State { Idle, Fetching, Writing };

    /// No chats named: all of the account.
    ExportFlow(ExportDialog &dialog, Account &account, const QList<TopicName> &chats);

    void showNote();
    void begin(ExportFormat format, const QString &file);
    void write();
    void cancel();

    ExportDialog &m_dialog;
    QPointer<Account> m_account;
    QList<TopicName> m_chats;
    State m_state = State::Idle;
    ExportFormat m_format = ExportFormat::Html;
    QString m_file;
};

}
