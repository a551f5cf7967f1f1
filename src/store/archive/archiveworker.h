#pragma once

#include "store/archive/messagecache.h"
#include "store/archive/outboxfile.h"

#include <QMutex>
#include <QObject>

#include <functional>
#include <vector>

namespace confab {

/// The side of Archive that lives on the database thread. Only post() may be called from elsewhere;
/// the jobs it takes run in order on the worker's thread. They are kept in a queue of our own because
/// a thread that quits drops the calls queued in its event loop: here what is left runs when the
/// thread finishes or the worker dies.
class ArchiveWorker : public QObject
{
    Q_OBJECT

public:
    using Job = std::function<void(ArchiveWorker &)>;

    explicit ArchiveWorker(const QString &folder);
    ~ArchiveWorker() override;

    void post(Job job);
    /// Runs what is queued and closes the files.
    void finish();

    void open();
    void loadPage(const TopicName &topic, Seq before, int limit);
    void changeCache(const std::function<bool(MessageCache &)> &change);
    void enqueue(const PendingMessage &message);
    void changeOutbox(const std::function<bool(OutboxFile &)> &change);
    void acknowledge(const QString &cid, const TopicName &topic, const Message &message);

signals:
    void opened(const confab::ArchiveSnapshot &snapshot);
    void pageLoaded(const confab::ArchivePage &page);
    void queued(const confab::PendingMessage &message);
    void failed(const QString &sentence);
    void reached(quint64 ticket);

private:
    void drain();
    bool makeFolder();
    bool openOutbox(ArchiveSnapshot &snapshot, QString &notice);
    bool openCache(ArchiveSnapshot &snapshot);
    bool dropNumbered(QList<PendingMessage> &outbox);
    bool tryCache(const std::function<bool(MessageCache &)> &action);
    bool replaceCache();
    void failCache();
    void refuse(const SqlFailure &failure);
    static QString advice(const SqlFailure &failure);

    const QString m_folder;
    MessageCache m_cache;
    OutboxFile m_outbox;
    bool m_cacheFailing = false; ///< already told; one sentence for a whole row of failures

    QMutex m_mutex;
    std::vector<Job> m_jobs; ///< under m_mutex
};

}
