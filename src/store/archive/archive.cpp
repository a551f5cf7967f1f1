#include "store/archive/archive.h"

#include "store/archive/archiveworker.h"

namespace confab {

namespace {

/// On its own thread, where its files are open; there it first runs what is still queued.
void release(ArchiveWorker *worker)
{
    if (worker->thread()->isRunning())
        worker->deleteLater();
    else
        delete worker;
}

}

Archive::Archive(const QString &folder, QThread *thread, QObject *parent)
    : QObject(parent)
    , m_worker(new ArchiveWorker(folder), release)
{
    ArchiveWorker *worker = m_worker.get();
    connect(worker, &ArchiveWorker::opened, this, &Archive::opened);
    connect(worker, &ArchiveWorker::pageLoaded, this, &Archive::pageLoaded);
    connect(worker, &ArchiveWorker::queued, this, &Archive::queued);
    connect(worker, &ArchiveWorker::searched, this, &Archive::searched);
    connect(worker, &ArchiveWorker::counted, this, &Archive::counted);
    connect(worker, &ArchiveWorker::exportAdvanced, this, &Archive::exportAdvanced);
    connect(worker, &ArchiveWorker::exportNeedsFiles, this, &Archive::exportNeedsFiles);
    connect(worker, &ArchiveWorker::exportEnded, this, &Archive::exportEnded);
    connect(worker, &ArchiveWorker::measured, this, &Archive::measured);
    connect(worker, &ArchiveWorker::repaired, this, &Archive::repaired);
    connect(worker, &ArchiveWorker::failed, this, &Archive::failed);
    connect(worker, &ArchiveWorker::reached, this, &Archive::runReached);
    // finished() is emitted on the thread that ends: the last moment to write there.
    connect(thread, &QThread::finished, worker, &ArchiveWorker::finish, Qt::DirectConnection);
    worker->moveToThread(thread);
}

Archive::~Archive()
{
    m_worker->disconnect(this);
}

void Archive::open()
{
    m_worker->post([](ArchiveWorker &worker) { worker.open(); });
}

void Archive::loadPage(const TopicName &topic, Seq before, int limit)
{
    m_worker->post([=](ArchiveWorker &worker) { worker.loadPage(topic, before, limit); });
}

void Archive::saveSelf(const UserId &user, const wire::Card &card)
{
    changeCache([=](MessageCache &cache) { return cache.saveSelf(user, card); });
}

void Archive::saveTopic(const TopicInfo &info)
{
    changeCache([=](MessageCache &cache) { return cache.saveTopic(info); });
}

void Archive::removeTopic(const TopicName &name)
{
    changeCache([=](MessageCache &cache) { return cache.removeTopic(name); });
}

void Archive::saveUser(const UserId &user, const wire::Card &card)
{
    changeCache([=](MessageCache &cache) { return cache.saveUser(user, card); });
}

void Archive::saveMessages(const TopicName &topic, const QList<Message> &messages)
{
    changeCache([=](MessageCache &cache) { return cache.saveMessages(topic, messages); });
}

void Archive::saveKnown(const TopicName &topic, SeqRange range)
{
    changeCache([=](MessageCache &cache) { return cache.saveKnown(topic, range); });
}

void Archive::removeMessages(const TopicName &topic, const QList<SeqRange> &ranges)
{
    changeCache([=](MessageCache &cache) { return cache.removeMessages(topic, ranges); });
}

void Archive::enqueue(const PendingMessage &message)
{
    m_worker->post([=](ArchiveWorker &worker) { worker.enqueue(message); });
}

void Archive::updatePending(const PendingMessage &message)
{
    changeOutbox([=](OutboxFile &outbox) { return outbox.update(message); });
}

void Archive::acknowledge(const QString &cid, const TopicName &topic, const Message &message)
{
    m_worker->post([=](ArchiveWorker &worker) { worker.acknowledge(cid, topic, message); });
}

void Archive::dropPending(const QString &cid)
{
    changeOutbox([=](OutboxFile &outbox) { return outbox.drop(cid); });
}

void Archive::saveDraft(const TopicName &topic, const Draft &draft)
{
    changeOutbox([=](OutboxFile &outbox) { return outbox.saveDraft(topic, draft); });
}

void Archive::search(SearchPlace place, const SearchQuery &query, qint64 before, int limit)
{
    SearchPage page;
    page.place = place;
    page.query = query;
    page.before = before;
    const quint64 number = ++m_lastSearch;
    m_worker->setWanted(place, number);
    m_worker->post([=](ArchiveWorker &worker) { worker.search(page, limit, number); });
}

void Archive::cancelSearch(SearchPlace place)
{
    m_worker->setWanted(place, ++m_lastSearch);
}

void Archive::exportChats(const ExportOrder &order)
{
    m_worker->setExporting(true);
    m_worker->post([=](ArchiveWorker &worker) { worker.beginExport(order); });
}

void Archive::continueExport(const QHash<QString, QString> &missing)
{
    m_worker->post([=](ArchiveWorker &worker) { worker.takeExportFiles(missing); });
}

void Archive::cancelExport()
{
    m_worker->setExporting(false);
    m_worker->post([](ArchiveWorker &worker) { worker.continueExport(); }); // it may wait for files
}

void Archive::measure()
{
    m_worker->post([](ArchiveWorker &worker) { worker.measure(); });
}

void Archive::forgetMessages()
{
    changeCache([](MessageCache &cache) { return cache.forgetMessages(); });
}

void Archive::saveEpoch(const QString &epoch)
{
    changeOutbox([=](OutboxFile &outbox) { return outbox.saveEpoch(epoch); });
}

void Archive::afterWrites(std::function<void()> done)
{
    const quint64 ticket = ++m_lastTicket;
    m_waiting.insert(ticket, std::move(done));
    m_worker->post([ticket](ArchiveWorker &worker) { emit worker.reached(ticket); });
}

void Archive::runReached(quint64 ticket)
{
    const std::function<void()> done = m_waiting.take(ticket);
    if (done)
        done();
}

void Archive::changeCache(std::function<bool(MessageCache &)> change)
{
    m_worker->write(std::move(change));
}

void Archive::changeOutbox(std::function<bool(OutboxFile &)> change)
{
    m_worker->post([change = std::move(change)](ArchiveWorker &worker) { worker.changeOutbox(change); });
}

}
