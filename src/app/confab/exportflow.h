#pragma once

#include "app/common/exportjob.h"
#include "widgets/exportdialog.h"

#include <QObject>
#include <QPointer>

namespace confab {

/// One export by hand: a dialog and the job behind it. Lives as long as its dialog, its parent; GUI thread.
class ExportFlow : public QObject
{
    Q_OBJECT

public:
    static void openForAccount(Account &account, QWidget *window);
    static void openForChat(Account &account, const TopicName &chat, QWidget *window);

private:
    /// No chats named: all of the account.
    ExportFlow(ExportDialog &dialog, Account &account, const QList<TopicName> &chats);

    void showNote(const ChatService &service);

    ExportDialog &m_dialog;
    ExportJob m_job;
    QList<TopicName> m_chats;
};

}
