#pragma once

#include "store/archive/chatexport.h"
#include "store/archive/messagecache.h"
#include "store/archive/outboxfile.h"

#include <QMutex>
#include <QObject>
#include <QTimer>

#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>

namespace confab {

/// The side of Archive that lives on the database thread. Only post(), write() and the two setters
/// below them may be called from elsewhere; what they take is done in order on the worker's thread.
/// It is kept in a queue of our own because a thread that quits drops the calls queued in its event
/// loop: here what is left runs when the thread finishes or the worker dies. Changes of the cache
/// that follow each other share a transaction.
class ArchiveWorker : public QObject
{
    Q_OBJECT

public:
    using Job = std::function<void(ArchiveWorker &)>;
    using CacheChange = std::function<bool(MessageCache &)>;

    /// Without work for as long as `rest` it lets go of memory, once.
    explicit ArchiveWorker(
        const QString &folder, std::chrono::milliseconds rest = std::chrono::seconds(10));
    ~ArchiveWorker() override;

    void post(Job job);
    void write(CacheChange change);
    void setWanted(SearchPlace place, quint64 search); ///< older ones of this place end early
    void setExporting(bool exporting) { m_exporting = exporting; }
    /// On the worker's thread.
    const SqlCost &cacheCost() const { return m_cache.cost(); }
    /// Runs what is queued and closes the files.
    void finish();

    void open();
    void loadPage(const TopicName &topic, Seq before, int limit);
    void enqueue(const PendingMessage &message);
    void changeOutbox(const std::function<bool(OutboxFile &)> &change);
    void acknowledge(const QString &cid, const TopicName &topic, const Message &message);
    void search(SearchPage page, int limit, quint64 number);
    void count(SearchPlace place, const SearchQuery &query, quint64 number);
    void beginExport(const ExportOrder &order);
    void continueExport();
    void takeExportFiles(const QHash<QString, QString> &missing);
    void measure();

signals:
    void opened(const confab::ArchiveSnapshot &snapshot);
    void pageLoaded(const confab::ArchivePage &page);
    void queued(const confab::PendingMessage &message);
    void searched(const confab::SearchPage &page);
    void counted(confab::SearchPlace place, const confab::SearchQuery &query, int total);
    void exportAdvanced(qint64 written, qint64 total);
    void exportNeedsFiles(const QString &folder, const QList<confab::ExportFile> &files);
    void exportEnded(bool cancelled, const QString &error);
    void measured(const confab::StorageUse &use);
    void repaired(const QString &sentences);
    void failed(const QString &sentences);
    void reached(quint64 ticket);

private:
    /// One of the two.
    struct Work {
        Job job;
        CacheChange change;
    };

    void push(Work work);
    void drain();
    bool hasWork();
    void releaseMemory();
    size_t writeTogether(const std::deque<Work> &work, size_t first);
    void indexLater();
    void continueIndexing();

    void endExport(bool cancelled, const QString &error);
    bool makeFolder();
    bool openOutbox(ArchiveSnapshot &snapshot, QString &notice);
    bool openCache(ArchiveSnapshot &snapshot, QString &notice);
    bool dropNumbered(QList<PendingMessage> &outbox);
    bool tryCache(const std::function<bool(MessageCache &)> &action);
    bool replaceCache();
    QString lossOfCache() const;
    void failCache();
    void refuse(const SqlFailure &failure);
    static QString advice(const SqlFailure &failure);

    const QString m_folder;
    MessageCache m_cache;
    OutboxFile m_outbox;
    bool m_cacheFailing = false; ///< already told; one sentence for a whole row of failures
    bool m_indexingQueued = false;
    QTimer m_rest; ///< runs while there was work not long ago

    std::unique_ptr<ChatExport> m_export;
    std::array<std::atomic<quint64>, 2> m_wanted{}; ///< newest search of each place
    std::atomic<bool> m_exporting = false;
    std::atomic<bool> m_ending = false; ///< only what has to be written is still done

    QMutex m_mutex;
    std::deque<Work> m_work; ///< under m_mutex; grows without moving what is in it
};

}
