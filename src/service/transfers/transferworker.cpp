#include "service/transfers/transferworker.h"

#include "service/servicelog.h"
#include "service/transfers/downloadjob.h"
#include "service/transfers/previewjob.h"
#include "service/transfers/uploadjob.h"

#include <QDir>
#include <QFile>
#include <QNetworkAccessManager>
#include <QTimer>

#include <algorithm>

namespace confab {

namespace {

constexpr int kUploadsAtOnce = 2;
constexpr int kDownloadsAtOnce = 4;
constexpr int kProgressMs = 100;
/// A server that can't take or give this file again and again never will.
constexpr int kMostFaults = 6;

template <typename Tasks, typename Is>
auto findIf(Tasks &tasks, Is is) -> decltype(tasks.begin()->get())
{
    const auto found
        = std::find_if(tasks.begin(), tasks.end(), [&is](const auto &task) { return is(*task); });
    return found == tasks.end() ? nullptr : found->get();
}

}

TransferWorker::TransferWorker(const QString &accountFolder, const ServiceTiming &timing)
    : m_folder(uploadFolder(accountFolder))
    , m_timing(timing)
    , m_media(accountFolder)
    , m_copier(this)
{
    connect(&m_copier, &FileCopier::cancelled, this, &TransferWorker::copiesCancelled);
    connect(&m_copier, &FileCopier::ended, this, [this](const QString &reference, bool isCopied) {
        if (!isCopied)
            failCopy(reference, ServiceErrors::make(ErrorKind::StorageFailed));
        else if (m_copies.remove(reference) > 0)
            emit copied(reference);
    });
}

/// The jobs before the network manager, which owns their replies.
TransferWorker::~TransferWorker()
{
    for (const auto &task : m_uploads)
        delete task->job;
    for (const auto &task : m_downloads)
        delete task->job;
}

/// Its making reads certificates and proxies, so not before a file is to be moved.
QNetworkAccessManager &TransferWorker::network()
{
    if (!m_network) {
        m_network = std::make_unique<QNetworkAccessManager>();
        m_network->setAutoDeleteReplies(false);
    }
    return *m_network;
}

QString TransferWorker::copyOf(const QString &id) const
{
    return m_folder + u'/' + id;
}

void TransferWorker::setServer(const FileServer &server, qint64 maxUpload)
{
    m_server = server;
    m_maxUpload = maxUpload;
    for (const auto &task : m_downloads)
        task->paused = false;
    pumpUploads();
    pumpDownloads();
}

/// The link is lost: uploads are asked for anew after the next one, downloads may go on without.
void TransferWorker::suspend()
{
    for (const auto &task : m_uploads)
        delete task->job;
    m_uploads.clear();
}

void TransferWorker::upload(const Upload &upload, qint64 inBand)
{
    if (findUpload(upload.id))
        return;
    if (upload.size <= inBand) {
        QFile file(copyOf(upload.id));
        if (file.open(QIODevice::ReadOnly) && file.size() == upload.size)
            emit loadedInBand(upload.id, file.readAll());
        else
            emit uploadFailed(upload.id, ServiceErrors::make(ErrorKind::FileMissing));
        return;
    }
    if (m_maxUpload > 0 && upload.size > m_maxUpload) {
        emit uploadFailed(upload.id, ServiceErrors::make(ErrorKind::FileTooLarge));
        return;
    }
    auto task = std::make_unique<UploadTask>();
    task->upload = upload;
    m_uploads.push_back(std::move(task));
    pumpUploads();
}

/// Only who is signed in may ask, and who has gone on to another link wants no more of the last.
void TransferWorker::findPreview(const QString &url)
{
    m_preview.reset();
    if (m_server.token.isEmpty())
        return;
    m_preview = std::make_unique<PreviewJob>(network(), m_server, url, nullptr);
    connect(m_preview.get(), &PreviewJob::finished, this,
        [this, url](const wire::LinkPreview &preview) { emit previewFound(url, preview); });
}

void TransferWorker::cancelUpload(const QString &id)
{
    if (UploadTask *task = findUpload(id))
        delete task->job;
    std::erase_if(m_uploads, [&id](const auto &task) { return task->upload.id == id; });
    pumpUploads();
}

void TransferWorker::keepUpload(const Upload &upload)
{
    if (upload.ref.isEmpty() || !m_media.adopt(copyOf(upload.id), upload.ref))
        QFile::remove(copyOf(upload.id));
}

void TransferWorker::dropUpload(const QString &id)
{
    cancelUpload(id);
    QFile::remove(copyOf(id));
}

void TransferWorker::dropUploadsBut(const QStringList &ids)
{
    const QStringList copies = QDir(m_folder).entryList(QDir::Files);
    for (const QString &copy : copies) {
        if (!ids.contains(copy))
            QFile::remove(copyOf(copy));
    }
}

void TransferWorker::pumpUploads()
{
    if (m_server.token.isEmpty())
        return;
    auto busy = std::count_if(
        m_uploads.begin(), m_uploads.end(), [](const auto &task) { return task->job; });
    for (size_t i = 0; i < m_uploads.size() && busy < kUploadsAtOnce; ++i) {
        UploadTask &task = *m_uploads[i];
        if (task.job || task.paused)
            continue;
        ++busy;
        startUpload(task);
    }
}

void TransferWorker::startUpload(UploadTask &task)
{
    task.job = new UploadJob(network(), m_server, task.upload, copyOf(task.upload.id), this);
    connect(task.job, &UploadJob::progressed, this,
        [this, id = task.upload.id](qint64 sent, qint64 total) {
            UploadTask *known = findUpload(id);
            if (known && isDue(known->told, sent == total))
                emit uploadProgressed(id, sent, total);
        });
    // Queued: an attempt may end at once, while the list is walked.
    connect(
        task.job, &UploadJob::finished, this,
        [this, job = task.job](const TransferEnd &end, const Upload &upload) {
            const UploadTask *known = findUpload(upload.id);
            if (known && known->job == job)
                endUpload(end, upload);
        },
        Qt::QueuedConnection);
    task.job->start();
}

void TransferWorker::endUpload(const TransferEnd &end, const Upload &upload)
{
    UploadTask *task = findUpload(upload.id);
    std::exchange(task->job, nullptr)->deleteLater();
    const QString id = upload.id;
    qCInfo(lcService) << "an upload of" << upload.size << "bytes ended:" << int(end.kind)
                      << end.error.detail;
    switch (end.kind) {
    case TransferEnd::Kind::Done:
        cancelUpload(id);
        emit uploaded(upload);
        return;
    case TransferEnd::Kind::NeedsLogin:
        task->paused = true; // suspend() ends it
        emit loginNeeded();
        return;
    case TransferEnd::Kind::Broken:
        if (++task->faults < kMostFaults) {
            task->paused = true;
            tryLater(task->faults, [this, id] {
                if (UploadTask *waiting = findUpload(id))
                    waiting->paused = false;
                pumpUploads();
            });
            return;
        }
        break;
    case TransferEnd::Kind::Refused:
        break;
    }
    cancelUpload(id);
    emit uploadFailed(id, end.error);
}

void TransferWorker::fetch(const QString &reference, qint64 limit)
{
    const QString own = Upload::idOf(reference);
    if (!own.isEmpty()) {
        if (QFile::exists(copyOf(own)))
            emit fetched(reference, copyOf(own));
        else
            emit fetchFailed(reference, ServiceErrors::make(ErrorKind::FileMissing));
        return;
    }
    if (m_media.use(reference)) {
        emit fetched(reference, m_media.pathOf(reference));
        return;
    }
    if (limit <= 0) {
        emit notKept(reference);
        return;
    }
    download(reference, {}, limit);
}

void TransferWorker::download(const QString &reference, const QString &to, qint64 limit)
{
    DownloadTask *task = findDownload(reference, to);
    if (!task)
        task = m_downloads.emplace_back(std::make_unique<DownloadTask>()).get();
    task->reference = reference;
    task->to = to;
    task->limit = qMax(task->limit, limit);
    pumpDownloads();
}

void TransferWorker::cancelFetch(const QString &reference)
{
    dropDownload(reference, {});
}

/// Past the cache: an export of all chats is no reason to forget what people look at.
void TransferWorker::copy(const QString &reference, const QString &to, qint64 limit)
{
    m_copies.insert(reference, to);
    const QString kept = m_media.pathOf(reference);
    if (QFile::exists(kept))
        m_copier.copy(reference, kept, to);
    else if (m_server.token.isEmpty())
        failCopy(reference, ServiceErrors::make(ErrorKind::NotConnected));
    else
        download(reference, to, limit);
}

void TransferWorker::cancelCopies()
{
    m_copier.cancel();
    const QHash<QString, QString> copies = std::exchange(m_copies, {});
    for (auto copy = copies.cbegin(); copy != copies.cend(); ++copy) {
        if (!findDownload(copy.key(), copy.value()))
            continue;
        dropDownload(copy.key(), copy.value());
        QFile::remove(copy.value());
    }
}

void TransferWorker::failCopy(const QString &reference, const ServiceError &error)
{
    if (m_copies.remove(reference) > 0)
        emit copyFailed(reference, error);
}

void TransferWorker::dropDownload(const QString &reference, const QString &to)
{
    if (DownloadTask *task = findDownload(reference, to))
        delete task->job;
    std::erase_if(m_downloads,
        [&](const auto &task) { return task->reference == reference && task->to == to; });
    pumpDownloads();
}

/// The last that was asked for is what the person looks at now.
void TransferWorker::pumpDownloads()
{
    if (m_server.token.isEmpty())
        return;
    auto busy = std::count_if(
        m_downloads.begin(), m_downloads.end(), [](const auto &task) { return task->job; });
    for (size_t i = m_downloads.size(); i > 0 && busy < kDownloadsAtOnce; --i) {
        DownloadTask &task = *m_downloads[i - 1];
        if (task.job || task.paused)
            continue;
        ++busy;
        startDownload(task);
    }
}

void TransferWorker::startDownload(DownloadTask &task)
{
    const QString reference = task.reference;
    const QString to = task.to;
    const QString path = to.isEmpty() ? m_media.partPathOf(reference) : to;
    task.job = new DownloadJob(network(), m_server, reference, path, task.limit, this);
    if (to.isEmpty())
        connect(
            task.job, &DownloadJob::progressed, this, [this, reference](qint64 got, qint64 total) {
                DownloadTask *known = findDownload(reference, {});
                if (known && isDue(known->told, got == total))
                    emit fetchProgressed(reference, got, total);
            });
    connect(
        task.job, &DownloadJob::finished, this,
        [this, reference, to, job = task.job](const TransferEnd &end) {
            DownloadTask *known = findDownload(reference, to);
            if (known && known->job == job)
                endDownload(*known, end);
        },
        Qt::QueuedConnection);
    task.job->start();
}

void TransferWorker::endDownload(DownloadTask &task, const TransferEnd &end)
{
    std::exchange(task.job, nullptr)->deleteLater();
    switch (end.kind) {
    case TransferEnd::Kind::Done:
        finishDownload(task);
        return;
    case TransferEnd::Kind::NeedsLogin:
        task.paused = true; // until the next token
        emit loginNeeded();
        return;
    case TransferEnd::Kind::Broken:
        if (++task.faults < kMostFaults) {
            task.paused = true;
            tryLater(task.faults, [this, reference = task.reference, to = task.to] {
                if (DownloadTask *waiting = findDownload(reference, to))
                    waiting->paused = false;
                pumpDownloads();
            });
            return;
        }
        break;
    case TransferEnd::Kind::Refused:
        break;
    }
    failDownload(task, end.error);
}

void TransferWorker::finishDownload(const DownloadTask &task)
{
    const QString reference = task.reference;
    const QString to = task.to;
    if (to.isEmpty() && !m_media.finish(reference)) {
        failDownload(task, ServiceErrors::make(ErrorKind::StorageFailed));
        return;
    }
    dropDownload(reference, to);
    if (to.isEmpty())
        emit fetched(reference, m_media.pathOf(reference));
    else if (m_copies.remove(reference) > 0)
        emit copied(reference);
}

void TransferWorker::failDownload(const DownloadTask &task, const ServiceError &error)
{
    const QString reference = task.reference;
    const QString to = task.to;
    dropDownload(reference, to);
    if (to.isEmpty()) {
        emit fetchFailed(reference, error);
    } else {
        QFile::remove(to); // half a file
        failCopy(reference, error);
    }
}

void TransferWorker::tryLater(int faults, std::function<void()> again)
{
    const auto wait = std::min(m_timing.retryCap, m_timing.retryFirst * (1 << faults));
    QTimer::singleShot(wait, this, std::move(again));
}

void TransferWorker::measureCache()
{
    emit cacheMeasured(m_media.bytes());
}

void TransferWorker::clearCache()
{
    m_media.clear();
    measureCache();
}

TransferWorker::UploadTask *TransferWorker::findUpload(const QString &id)
{
    return findIf(m_uploads, [&id](const UploadTask &task) { return task.upload.id == id; });
}

TransferWorker::DownloadTask *TransferWorker::findDownload(
    const QString &reference, const QString &to)
{
    return findIf(m_downloads,
        [&](const DownloadTask &task) { return task.reference == reference && task.to == to; });
}

bool TransferWorker::isDue(QElapsedTimer &told, bool isLast)
{
    if (!isLast && told.isValid() && told.elapsed() < kProgressMs)
        return false;
    told.start();
    return true;
}

}
