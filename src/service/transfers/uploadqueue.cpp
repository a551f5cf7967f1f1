#include "service/transfers/uploadqueue.h"

#include "service/servicelog.h"
#include "service/transfers/uploadjob.h"

#include <QDir>
#include <QFile>
#include <QTimer>

#include <algorithm>

namespace confab {

namespace {

constexpr int kAtOnce = 2;

}

UploadQueue::UploadQueue(const QString &folder, const ServiceTiming &timing,
    TransferNetwork *network, MediaFolder *media, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_timing(timing)
    , m_network(network)
    , m_media(media)
{
}

UploadQueue::~UploadQueue()
{
    suspend();
}

void UploadQueue::setServer(const FileServer &server, qint64 maxUpload)
{
    m_server = server;
    m_maxUpload = maxUpload;
    pump();
}

void UploadQueue::suspend()
{
    for (const auto &task : m_tasks)
        delete task->job;
    m_tasks.clear();
}

void UploadQueue::upload(const Upload &upload, qint64 inBand)
{
    if (find(upload.id))
        return;
    if (upload.size <= inBand) {
        QFile file(copyOf(upload.id));
        if (file.open(QIODevice::ReadOnly) && file.size() == upload.size)
            emit loadedInBand(upload.id, file.readAll());
        else
            emit failed(upload.id, ServiceErrors::make(ErrorKind::FileMissing));
        return;
    }
    if (m_maxUpload > 0 && upload.size > m_maxUpload) {
        emit failed(upload.id, ServiceErrors::make(ErrorKind::FileTooLarge));
        return;
    }
    auto task = std::make_unique<Task>();
    task->upload = upload;
    m_tasks.push_back(std::move(task));
    pump();
}

void UploadQueue::cancel(const QString &id)
{
    if (Task *task = find(id))
        delete task->job;
    std::erase_if(m_tasks, [&id](const auto &task) { return task->upload.id == id; });
    pump();
}

void UploadQueue::keep(const Upload &upload)
{
    if (upload.ref.isEmpty() || !m_media->adopt(copyOf(upload.id), upload.ref))
        QFile::remove(copyOf(upload.id));
}

void UploadQueue::drop(const QString &id)
{
    cancel(id);
    QFile::remove(copyOf(id));
}

void UploadQueue::dropAllBut(const QStringList &ids)
{
    const QStringList copies = QDir(m_folder).entryList(QDir::Files);
    for (const QString &copy : copies) {
        if (!ids.contains(copy))
            QFile::remove(copyOf(copy));
    }
}

void UploadQueue::pump()
{
    if (m_server.token.isEmpty())
        return;
    auto busy
        = std::count_if(m_tasks.begin(), m_tasks.end(), [](const auto &task) { return task->job; });
    for (size_t i = 0; i < m_tasks.size() && busy < kAtOnce; ++i) {
        Task &task = *m_tasks[i];
        if (task.job || task.paused)
            continue;
        ++busy;
        start(task);
    }
}

void UploadQueue::start(Task &task)
{
    task.job
        = new UploadJob(m_network->manager(), m_server, task.upload, copyOf(task.upload.id), this);
    connect(task.job, &UploadJob::progressed, this,
        [this, id = task.upload.id](qint64 sent, qint64 total) {
            Task *known = find(id);
            if (known && known->isReportDue(sent == total))
                emit progressed(id, sent, total);
        });
    // Queued: an attempt may end at once, while the list is walked.
    connect(
        task.job, &UploadJob::finished, this,
        [this, job = task.job](const TransferEnd &how, const Upload &upload) {
            const Task *known = find(upload.id);
            if (known && known->job == job)
                end(how, upload);
        },
        Qt::QueuedConnection);
    task.job->start();
}

void UploadQueue::end(const TransferEnd &end, const Upload &upload)
{
    Task *task = find(upload.id);
    std::exchange(task->job, nullptr)->deleteLater();
    const QString id = upload.id;
    qCInfo(lcService) << "an upload of" << upload.size << "bytes ended:" << int(end.kind)
                      << end.error.detail;
    switch (end.kind) {
    case TransferEnd::Kind::Done:
        cancel(id);
        emit uploaded(upload);
        return;
    case TransferEnd::Kind::NeedsLogin:
        task->paused = true; // suspend() ends it
        emit loginNeeded();
        return;
    case TransferEnd::Kind::Broken:
        if (const auto wait = task->pauseAfterFault(m_timing)) {
            QTimer::singleShot(*wait, this, [this, id] {
                if (Task *waiting = find(id))
                    waiting->paused = false;
                pump();
            });
            return;
        }
        break;
    case TransferEnd::Kind::Refused:
        break;
    }
    cancel(id);
    emit failed(id, end.error);
}

UploadQueue::Task *UploadQueue::find(const QString &id)
{
    const auto found = std::find_if(
        m_tasks.begin(), m_tasks.end(), [&id](const auto &task) { return task->upload.id == id; });
    return found == m_tasks.end() ? nullptr : found->get();
}

}
