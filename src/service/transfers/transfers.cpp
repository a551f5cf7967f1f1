#include "service/transfers/transfers.h"

#include "service/transfers/transferworker.h"

namespace confab {

/// On its own thread, where its replies live.
void Transfers::Release::operator()(TransferWorker *worker) const
{
    if (worker->thread() == QThread::currentThread())
        delete worker;
    else
        worker->deleteLater();
}

Transfers::Transfers(
    const QString &accountFolder, QThread *thread, const ServiceTiming &timing, QObject *parent)
    : QObject(parent)
    , m_worker(new TransferWorker(accountFolder, timing))
{
    TransferWorker *worker = m_worker.get();
    const UploadQueue *uploads = &worker->uploads();
    connect(uploads, &UploadQueue::progressed, this, &Transfers::uploadProgressed);
    connect(uploads, &UploadQueue::uploaded, this, &Transfers::uploaded);
    connect(uploads, &UploadQueue::loadedInBand, this, &Transfers::loadedInBand);
    connect(uploads, &UploadQueue::failed, this, &Transfers::uploadFailed);
    connect(uploads, &UploadQueue::loginNeeded, this, &Transfers::loginNeeded);
    const DownloadQueue *downloads = &worker->downloads();
    connect(downloads, &DownloadQueue::progressed, this, &Transfers::fetchProgressed);
    connect(downloads, &DownloadQueue::fetched, this, &Transfers::fetched);
    connect(downloads, &DownloadQueue::notKept, this, &Transfers::notKept);
    connect(downloads, &DownloadQueue::fetchFailed, this, &Transfers::fetchFailed);
    connect(downloads, &DownloadQueue::copied, this, &Transfers::copied);
    connect(downloads, &DownloadQueue::copiesCancelled, this, &Transfers::copiesCancelled);
    connect(downloads, &DownloadQueue::copyFailed, this, &Transfers::copyFailed);
    connect(downloads, &DownloadQueue::loginNeeded, this, &Transfers::loginNeeded);
    connect(worker, &TransferWorker::previewFound, this, &Transfers::previewFound);
    connect(worker, &TransferWorker::cacheMeasured, this, &Transfers::cacheMeasured);
    if (thread)
        worker->moveToThread(thread);
}

Transfers::~Transfers() = default;

/// Always later, so that no signal comes before the call has returned.
template <typename Job>
void Transfers::post(Job job)
{
    TransferWorker *worker = m_worker.get();
    QMetaObject::invokeMethod(
        worker, [worker, job] { job(*worker); }, Qt::QueuedConnection);
}

void Transfers::resume(const QUrl &channels, const QString &apiKey, const QByteArray &token)
{
    FileServer server = FileServer::behind(channels, apiKey);
    server.token = token;
    post([=, max = m_maxUpload](TransferWorker &worker) { worker.setServer(server, max); });
}

void Transfers::suspend()
{
    post([](TransferWorker &worker) { worker.uploads().suspend(); });
}

void Transfers::upload(const Upload &upload, qint64 inBand)
{
    post([=](TransferWorker &worker) { worker.uploads().upload(upload, inBand); });
}

void Transfers::cancelUpload(const QString &id)
{
    post([=](TransferWorker &worker) { worker.uploads().cancel(id); });
}

void Transfers::keepUpload(const Upload &upload)
{
    post([=](TransferWorker &worker) { worker.uploads().keep(upload); });
}

void Transfers::dropUpload(const QString &id)
{
    post([=](TransferWorker &worker) { worker.uploads().drop(id); });
}

void Transfers::dropUploadsBut(const QList<Upload> &uploads)
{
    QStringList ids;
    for (const Upload &upload : uploads)
        ids.append(upload.id);
    post([=](TransferWorker &worker) { worker.uploads().dropAllBut(ids); });
}

void Transfers::fetch(const QString &reference, qint64 limit)
{
    post([=](TransferWorker &worker) { worker.downloads().fetch(reference, limit); });
}

void Transfers::cancelFetch(const QString &reference)
{
    post([=](TransferWorker &worker) { worker.downloads().cancelFetch(reference); });
}

void Transfers::copy(const QString &reference, const QString &to, qint64 limit)
{
    post([=](TransferWorker &worker) { worker.downloads().copy(reference, to, limit); });
}

void Transfers::cancelCopies()
{
    post([](TransferWorker &worker) { worker.downloads().cancelCopies(); });
}

void Transfers::findPreview(const QString &url)
{
    post([=](TransferWorker &worker) { worker.findPreview(url); });
}

void Transfers::measureCache()
{
    post([](TransferWorker &worker) { worker.measureCache(); });
}

void Transfers::clearCache()
{
    post([](TransferWorker &worker) { worker.clearCache(); });
}

void Transfers::setCacheLimit(qint64 bytes)
{
    post([=](TransferWorker &worker) { worker.setCacheLimit(bytes); });
}

}
