#pragma once

#include "service/serviceerror.h"
#include "service/transfers/filecopier.h"
#include "service/transfers/fileserver.h"
#include "service/transfers/transferend.h"
#include "service/transfers/transfernetwork.h"
#include "service/transfers/transfertask.h"
#include "store/mediafolder.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <vector>

namespace confab {

class DownloadJob;
class UploadQueue;

/// Files of messages on their way from the server: into the cache, to be shown, or as a copy into a
/// folder of the person's own. Everything but the constructor runs on the network thread. Commands
/// and signals as Transfers tells.
class DownloadQueue : public QObject
{
    Q_OBJECT

public:
    /// All of them outlive it. What is in `uploads` is found there.
    DownloadQueue(const ServiceTiming &timing, TransferNetwork *network, MediaFolder *media,
        const UploadQueue *uploads, QObject *parent);
    ~DownloadQueue() override;

    void setServer(const FileServer &server); ///< what needed a token goes on
    void fetch(const QString &reference, qint64 limit);
    void cancelFetch(const QString &reference) { drop(reference, {}); }
    void copy(const QString &reference, const QString &to, qint64 limit);
    void cancelCopies();

signals:
    void progressed(const QString &reference, qint64 got, qint64 total); ///< of fetch()
    void fetched(const QString &reference, const QString &path);
    void notKept(const QString &reference);
    void fetchFailed(const QString &reference, const confab::ServiceError &error);
    void copied(const QString &reference);
    void copiesCancelled();
    void copyFailed(const QString &reference, const confab::ServiceError &error);
    void loginNeeded();

private:
    /// One for showing and one for a copy may go on side by side for the same file.
    struct Task : TransferTask {
        QString reference;
        QString to; ///< of copy(); empty: of fetch(), into the cache
        qint64 limit = 0;
        DownloadJob *job = nullptr;
    };

    void add(const QString &reference, const QString &to, qint64 limit);
    void drop(const QString &reference, const QString &to);
    void pump();
    void start(Task &task);
    void end(Task &task, const TransferEnd &end);
    void finish(const Task &task);
    void fail(const Task &task, const ServiceError &error);
    void failCopy(const QString &reference, const ServiceError &error);
    Task *find(const QString &reference, const QString &to);

    const ServiceTiming m_timing;
    TransferNetwork *m_network;
    MediaFolder *m_media;
    const UploadQueue *m_uploads;
    FileServer m_server;
    std::vector<std::unique_ptr<Task>> m_tasks; ///< in the order of asking
    QHash<QString, QString> m_copies; ///< wanted, by reference: where to
    FileCopier m_copier;
};

}
