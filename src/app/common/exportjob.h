#pragma once

#include "app/common/account.h"
#include "store/export/exportformat.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace confab {

/// Exports chats of an account: with a connection it has what this computer lacks fetched first,
/// messages and then files, as far as they can be had; then the archive writes. What is missing in
/// the end is named in the export. One at a time for an account. GUI thread.
class ExportJob : public QObject
{
    Q_OBJECT

public:
    struct Wish {
        ExportFormat format = ExportFormat::Html;
        QString file; ///< absolute
        QList<TopicName> chats; ///< none: all of the account
        bool withFiles = false;
    };

    explicit ExportJob(Account &account, QObject *parent = nullptr);
    ~ExportJob() override;

    void start(const Wish &wish); ///< one ended() follows
    void cancel(); ///< ended() follows if it has not ended yet
    bool isRunning() const { return m_state != State::Idle; }

signals:
    void fetchingMessages();
    void fetchingFiles(qint64 done, qint64 total);
    void writing(qint64 written, qint64 total); ///< messages
    /// `error` is a sentence, empty after success. `missing`: files that could not be had.
    void ended(bool cancelled, const QString &error, int missing);

private:
    enum class State { Idle, FetchingMessages, Writing, FetchingFiles, Cancelling };

    void write();
    void fetchFiles(const QString &folder, const QList<ExportFile> &files);
    void fetchNext();
    void takeFile(const QString &reference, const QString &missing);
    void end(bool cancelled, const QString &error);

    QPointer<Account> m_account;
    Wish m_wish;
    State m_state = State::Idle;
    QString m_folder; ///< where files are put
    QList<ExportFile> m_files;
    qsizetype m_asked = 0; ///< of m_files
    qsizetype m_taken = 0;
    QHash<QString, QString> m_missing; ///< by reference: why
};

}
