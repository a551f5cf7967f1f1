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
    connect(worker, &TransferWorker::uploadProgressed, this, &Transfers::uploadProgressed);
    connect(worker, &TransferWorker::uploaded, this, &Transfers::uploaded);
    connect(worker, &TransferWorker::loadedInBand, this, &Transfers::loadedInBand);
    connect(worker, &TransferWorker::uploadFailed, this, &Transfers::uploadFailed);
    connect(worker, &TransferWorker::fetchProgressed, this, &Transfers::fetchProgressed);
    connect(worker, &TransferWorker::fetched, this, &Transfers::fetched);
    connect(worker, &TransferWorker::notKept, this, &Transfers::notKept);
    connect(worker, &TransferWorker::fetchFailed, this, &Transfers::fetchFailed);
    connect(worker, &TransferWorker::copied, this, &Transfers::copied);
    connect(worker, &TransferWorker::copiesCancelled, this, &Transfers::copiesCancelled);
    connect(worker, &TransferWorker::copyFailed, this, &Transfers::copyFailed);
    connect(worker, &TransferWorker::previewFound, this, &Transfers::previewFound);
    connect(worker, &TransferWorker::cacheMeasured, this, &Transfers::cacheMeasured);
    connect(worker, &TransferWorker::loginNeeded, this, &Transfers::loginNeeded);
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
    post([](TransferWorker &worker) { worker.suspend(); });
}

void Transfers::upload(const Upload &upload, qint64 inBand)
{
    post([=](TransferWorker &worker) { worker.upload(upload, inBand); });
}

void Transfers::cancelUpload(const QString &id)
{
    post([=](TransferWorker &worker) { worker.cancelUpload(id); });
}

void Transfers::keepUpload(const Upload &upload)
{
    post([=](TransferWorker &worker) { worker.keepUpload(upload); });
}

void Transfers::dropUpload(const QString &id)
{
    post([=](TransferWorker &worker) { worker.dropUpload(id); });
}

void Transfers::dropUploadsBut(const QList<Upload> &uploads)
{
    QStringList ids;
    for (const Upload &upload : uploads)
        ids.append(upload.id);
    post([=](TransferWorker &worker) { worker.dropUploadsBut(ids); });
}

void Transfers::fetch(const QString &reference, qint64 limit)
{
    post([=](TransferWorker &worker) { worker.fetch(reference, limit); });
}

void Transfers::cancelFetch(const QString &reference)
{
    post([=](TransferWorker &worker) { worker.cancelFetch(reference); });
}

void Transfers::copy(const QString &reference, const QString &to, qint64 limit)
{
    post([=](TransferWorker &worker) { worker.copy(reference, to, limit); });
}

void Transfers::cancelCopies()
{
    post([](TransferWorker &worker) { worker.cancelCopies(); });
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
