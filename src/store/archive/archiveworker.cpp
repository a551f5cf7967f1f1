#include "store/archive/archiveworker.h"

#include "store/storelog.h"

#include <QDir>
#include <QFile>
#include <QMutexLocker>

#include <algorithm>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace confab {

namespace {

constexpr size_t kMostTogether = 20'000; ///< changes in a transaction: what a power cut may take

/// Whether a new file in place of the old one helps.
bool isUnusable(const SqlFailure &failure)
{
    switch (failure.kind) {
    case SqlFailure::Kind::Damaged:
    case SqlFailure::Kind::Schema:
    case SqlFailure::Kind::Input:
        return true;
    case SqlFailure::Kind::None:
    case SqlFailure::Kind::Full:
    case SqlFailure::Kind::Busy:
    case SqlFailure::Kind::Newer:
    case SqlFailure::Kind::Other:
        return false;
    }
    return false;
}

}

ArchiveWorker::ArchiveWorker(const QString &folder, std::chrono::milliseconds rest)
    : m_folder(folder)
    , m_cache(folder)
    , m_outbox(folder)
    , m_rest(this)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(rest);
    connect(&m_rest, &QTimer::timeout, this, &ArchiveWorker::releaseMemory);
}

ArchiveWorker::~ArchiveWorker()
{
    finish();
}

void ArchiveWorker::post(Job job)
{
    push({std::move(job), {}});
}

void ArchiveWorker::write(CacheChange change)
{
    push({{}, std::move(change)});
}

void ArchiveWorker::push(Work work)
{
    bool wake = false;
    {
        const QMutexLocker lock(&m_mutex);
        wake = m_work.empty();
        m_work.push_back(std::move(work));
    }
    if (wake)
        QMetaObject::invokeMethod(this, &ArchiveWorker::drain, Qt::QueuedConnection);
}

void ArchiveWorker::drain()
{
    std::deque<Work> work;
    {
        const QMutexLocker lock(&m_mutex);
        work.swap(m_work);
    }
    for (size_t at = 0; at < work.size();) {
        if (work[at].change)
            at = writeTogether(work, at);
        else
            work[at++].job(*this);
    }
    indexLater();
    if (!m_ending)
        m_rest.start();
}

/// Several MiB after some searching and scrolling.
void ArchiveWorker::releaseMemory()
{
    m_cache.releaseMemory();
    m_outbox.releaseMemory();
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

bool ArchiveWorker::hasWork()
{
    const QMutexLocker lock(&m_mutex);
    return !m_work.empty();
}

/// As many changes as follow each other; gives what comes after them.
size_t ArchiveWorker::writeTogether(const std::deque<Work> &work, size_t first)
{
    size_t end = first + 1;
    while (end < work.size() && end - first < kMostTogether && work[end].change)
        ++end;
    const auto begin = work.begin() + ptrdiff_t(first);
    const auto last = work.begin() + ptrdiff_t(end);
    const auto all = [&] {
        return std::all_of(begin, last, [this](const Work &one) { return one.change(m_cache); });
    };
    if (m_cache.isOpen() && end - first > 1 && m_cache.together(all))
        m_cacheFailing = false;
    else // each for itself, so that one that fails takes no other with it
        std::for_each(begin, last, [this](const Work &one) { tryCache(one.change); });
    return end;
}

void ArchiveWorker::finish()
{
    m_ending = true;
    m_rest.stop();
    drain();
    m_export.reset();
    m_cache.close();
    m_outbox.close();
}

void ArchiveWorker::open()
{
    if (m_cache.isOpen())
        return;
    ArchiveSnapshot snapshot;
    QString notice;
    QString cacheNotice;
    if (!makeFolder()) {
        emit failed(tr("The folder for this account cannot be made. Check that %1 is writable, "
                       "then start again.")
                        .arg(QDir::toNativeSeparators(m_folder)));
        return;
    }
    if (!openOutbox(snapshot, notice)) {
        refuse(m_outbox.failure());
        return;
    }
    if (!openCache(snapshot, cacheNotice)) {
        refuse(m_cache.failure());
        return;
    }
    if (!dropNumbered(snapshot.outbox)) // harmless: R6 hides what is left of them
        qCWarning(lcStore) << "the outbox could not be compared with the messages";
    emit opened(snapshot);
    for (const QString &sentences : {notice, cacheNotice}) {
        if (!sentences.isEmpty())
            emit repaired(sentences);
    }
}

/// Words are taken in when nothing else is to be done.
void ArchiveWorker::indexLater()
{
    const bool isDue = !m_ending && m_cache.isOpen() && !m_cache.isIndexed();
    if (isDue && !std::exchange(m_indexingQueued, true))
        post([](ArchiveWorker &worker) { worker.continueIndexing(); });
}

void ArchiveWorker::continueIndexing()
{
    m_indexingQueued = false; // drain() asks for the next step
    if (m_ending || !m_cache.isOpen() || hasWork())
        return;
    const auto isEnough = [this] { return m_ending || hasWork(); };
    tryCache([&](MessageCache &cache) { return cache.indexSome(isEnough); });
}

bool ArchiveWorker::makeFolder()
{
    return QDir().mkpath(m_folder)
        && QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

bool ArchiveWorker::openOutbox(ArchiveSnapshot &snapshot, QString &notice)
{
    const auto load = [&] {
        snapshot.outbox.clear();
        return m_outbox.open()
            && m_outbox.load(snapshot,
                tr("This message was damaged on disk. Check its text, then send "
                   "it again or delete it."));
    };
    if (load())
        return true;
    if (!isUnusable(m_outbox.failure()) || !m_outbox.setAside() || !m_outbox.open())
        return false;
    const int kept = m_outbox.salvage();
    m_outbox.close();
    if (!load())
        return false;
    const QString folder = QDir::toNativeSeparators(m_folder);
    notice = kept > 0
        ? tr("The file with unsent messages and drafts was damaged. %n of them could be kept: look "
             "whether one is missing. The damaged file is in %1.",
            nullptr, kept)
              .arg(folder)
        : tr("The file with unsent messages and drafts was damaged and has been set aside in %1. "
             "Messages that were still waiting have to be written again.")
              .arg(folder);
    return true;
}

bool ArchiveWorker::openCache(ArchiveSnapshot &snapshot, QString &notice)
{
    const auto load = [&] {
        snapshot.topics.clear();
        snapshot.users.clear();
        return m_cache.open() && m_cache.load(snapshot);
    };
    if (load())
        return true;
    if (!isUnusable(m_cache.failure()) || !m_cache.setAside() || !load())
        return false;
    notice = lossOfCache();
    return true;
}

QString ArchiveWorker::lossOfCache() const
{
    return tr("The saved messages on this computer were damaged. They are fetched again from the "
              "server; nothing that you have written is lost. The damaged file is in %1.")
        .arg(QDir::toNativeSeparators(m_folder));
}

/// The second half of an acknowledgement that a crash cut in two (R4).
bool ArchiveWorker::dropNumbered(QList<PendingMessage> &outbox)
{
    QList<PendingMessage> waiting;
    bool compared = true;
    for (const PendingMessage &message : std::as_const(outbox)) {
        bool held = false;
        compared = m_cache.holdsOwn(message.cid, held) && compared;
        if (held)
            compared = m_outbox.drop(message.cid) && compared;
        else
            waiting.append(message);
    }
    outbox = waiting;
    return compared;
}

void ArchiveWorker::refuse(const SqlFailure &failure)
{
    m_cache.close();
    m_outbox.close();
    if (failure.kind == SqlFailure::Kind::Newer)
        emit failed(tr("These chats were last opened by a newer version of Confab. Install that "
                       "version to open them. Nothing has been changed."));
    else
        emit failed(tr("The saved chats cannot be opened. %1").arg(advice(failure)));
}

QString ArchiveWorker::advice(const SqlFailure &failure)
{
    switch (failure.kind) {
    case SqlFailure::Kind::Full:
        return tr("The disk is full: free some space, then try again.");
    case SqlFailure::Kind::Busy:
        return tr("Another program is using their files: close it, then try again.");
    case SqlFailure::Kind::Damaged:
        return tr("Their file is damaged: restart Confab to have it replaced.");
    case SqlFailure::Kind::None:
    case SqlFailure::Kind::Schema:
    case SqlFailure::Kind::Input:
    case SqlFailure::Kind::Newer:
    case SqlFailure::Kind::Other:
        break;
    }
    return tr("Check the disk and the permissions of the account's folder, then try again.");
}

void ArchiveWorker::loadPage(const TopicName &topic, Seq before, int limit)
{
    ArchivePage page;
    const bool read = tryCache([&](MessageCache &cache) {
        page = {topic, before, {}, {}};
        return cache.loadPage(page, limit);
    });
    if (!read)
        page = {topic, before, {}, {}}; // whoever waits gets an answer, and asks the server
    emit pageLoaded(page);
}

/// Once more on a new file when this one turns out to be damaged; what it held is fetched again.
bool ArchiveWorker::tryCache(const std::function<bool(MessageCache &)> &action)
{
    if (!m_cache.isOpen())
        return false;
    const auto damaged = [this] { return m_cache.failure().kind == SqlFailure::Kind::Damaged; };
    if (action(m_cache) || (damaged() && replaceCache() && action(m_cache))) {
        m_cacheFailing = false;
        return true;
    }
    failCache();
    return false;
}

bool ArchiveWorker::replaceCache()
{
    if (!m_cache.setAside() || !m_cache.open())
        return false;
    emit repaired(lossOfCache());
    return true;
}

void ArchiveWorker::failCache()
{
    if (m_cacheFailing)
        return;
    m_cacheFailing = true;
    emit failed(
        tr("New messages cannot be saved on this computer. %1").arg(advice(m_cache.failure())));
}

void ArchiveWorker::enqueue(const PendingMessage &message)
{
    if (m_outbox.isOpen() && m_outbox.enqueue(message))
        emit queued(message);
    else
        emit failed(tr("Your message could not be saved, so it has not been sent. %1")
                        .arg(advice(m_outbox.failure())));
}

void ArchiveWorker::changeOutbox(const std::function<bool(OutboxFile &)> &change)
{
    if (m_outbox.isOpen() && !change(m_outbox))
        emit failed(
            tr("Unsent messages and drafts cannot be saved. %1").arg(advice(m_outbox.failure())));
}

void ArchiveWorker::acknowledge(const QString &cid, const TopicName &topic, const Message &message)
{
    Message numbered = message;
    numbered.head.setCid(cid);
    const bool saved
        = tryCache([&](MessageCache &cache) { return cache.saveMessages(topic, {numbered}); });
    if (saved)
        changeOutbox([&cid](OutboxFile &outbox) { return outbox.drop(cid); });
}

void ArchiveWorker::setWanted(SearchPlace place, quint64 search)
{
    m_wanted.at(size_t(place)) = search;
}

void ArchiveWorker::search(SearchPage page, int limit, quint64 number)
{
    const auto isCancelled = [&] { return m_ending || m_wanted.at(size_t(page.place)) != number; };
    if (isCancelled())
        return;
    constexpr int kTakenInBefore = 1000; // messages saved just now, so that they are found, too
    const bool found = tryCache([&](MessageCache &cache) {
        int left = kTakenInBefore;
        const auto isEnough = [&] { return (left -= SearchIndex::kSlice) <= 0 || isCancelled(); };
        return (cache.isIndexed() || cache.indexSome(isEnough))
            && (cache.find(page, limit, isCancelled) || isCancelled());
    });
    if (isCancelled())
        return;
    if (!found)
        page.hits.clear(); // whoever waits gets an answer; failed() has told why it is empty
    emit searched(page);
    if (page.before == 0 && page.total < 0) // the hits don't wait for it
        post([=](ArchiveWorker &worker) { worker.count(page.place, page.query, number); });
}

void ArchiveWorker::count(SearchPlace place, const SearchQuery &query, quint64 number)
{
    int total = -1;
    const bool isWanted = !m_ending && m_wanted.at(size_t(place)) == number;
    if (isWanted && tryCache([&](MessageCache &cache) { return cache.count(query, total); })
        && total >= 0)
        emit counted(place, query, total);
}

void ArchiveWorker::beginExport(const ExportOrder &order)
{
    m_export = std::make_unique<ChatExport>(order);
    continueExport();
}

void ArchiveWorker::continueExport()
{
    if (!m_export)
        return;
    if (m_ending || !m_exporting) {
        endExport(true, {});
        return;
    }
    const auto more = [this](MessageCache &cache) { return m_export->writeSome(cache); };
    if (!tryCache(more)) {
        endExport(false, tr("The saved chats cannot be read. %1").arg(advice(m_cache.failure())));
        return;
    }
    if (!m_export->error().isEmpty() || m_export->isDone()) {
        endExport(false, m_export->error());
        return;
    }
    if (m_export->isWaiting()) {
        emit exportNeedsFiles(m_export->filesFolder(), m_export->files());
        return;
    }
    emit exportAdvanced(m_export->written(), m_export->total());
    post([](ArchiveWorker &worker) { worker.continueExport(); });
}

void ArchiveWorker::takeExportFiles(const QHash<QString, QString> &missing)
{
    if (m_export && m_export->isWaiting())
        m_export->setMissing(missing);
    continueExport();
}

void ArchiveWorker::endExport(bool cancelled, const QString &error)
{
    if (!cancelled && error.isEmpty())
        emit exportAdvanced(m_export->written(), m_export->total());
    m_export.reset();
    emit exportEnded(cancelled, error);
}

void ArchiveWorker::measure()
{
    StorageUse use;
    tryCache([&use](MessageCache &cache) {
        use.chats.clear();
        return cache.sizes(use.chats);
    });
    const QFileInfoList files
        = QDir(m_folder).entryInfoList({QStringLiteral("*.db*")}, QDir::Files);
    for (const QFileInfo &file : files)
        use.fileBytes += file.size();
    emit measured(use);
}

}
