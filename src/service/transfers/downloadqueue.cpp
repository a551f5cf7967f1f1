#include "service/transfers/downloadqueue.h"

#include "service/transfers/downloadjob.h"
#include "service/transfers/uploadqueue.h"

#include <QFile>
#include <QTimer>

#include <algorithm>

namespace confab {

namespace {

constexpr int kAtOnce = 4;

}

DownloadQueue::DownloadQueue(const ServiceTiming &timing, TransferNetwork *network,
    MediaFolder *media, const UploadQueue *uploads, QObject *parent)
    : QObject(parent)
    , m_timing(timing)
    , m_network(network)
    , m_media(media)
    , m_uploads(uploads)
    , m_copier(this)
{
    connect(&m_copier, &FileCopier::cancelled, this, &DownloadQueue::copiesCancelled);
    connect(&m_copier, &FileCopier::ended, this, [this](const QString &reference, bool isCopied) {
        if (!isCopied)
            failCopy(reference, ServiceErrors::make(ErrorKind::StorageFailed));
        else if (m_copies.remove(reference) > 0)
            emit copied(reference);
    });
}

DownloadQueue::~DownloadQueue()
{
    for (const auto &task : m_tasks)
        delete task->job;
}

void DownloadQueue::setServer(const FileServer &server)
{
    m_server = server;
    for (const auto &task : m_tasks)
        task->paused = false;
    pump();
}

void DownloadQueue::fetch(const QString &reference, qint64 limit)
{
    const QString own = Upload::idOf(reference);
    if (!own.isEmpty() && QFile::exists(m_uploads->copyOf(own)))
        emit fetched(reference, m_uploads->copyOf(own));
    else if (!own.isEmpty())
        emit fetchFailed(reference, ServiceErrors::make(ErrorKind::FileMissing));
    else if (m_media->use(reference))
        emit fetched(reference, m_media->pathOf(reference));
    else if (limit <= 0)
        emit notKept(reference);
    else
        add(reference, {}, limit);
}

void DownloadQueue::add(const QString &reference, const QString &to, qint64 limit)
{
    Task *task = find(reference, to);
    if (!task)
        task = m_tasks.emplace_back(std::make_unique<Task>()).get();
    task->reference = reference;
    task->to = to;
    task->limit = qMax(task->limit, limit);
    pump();
}

/// Past the cache: an export of all chats is no reason to forget what people look at.
void DownloadQueue::copy(const QString &reference, const QString &to, qint64 limit)
{
    m_copies.insert(reference, to);
    const QString kept = m_media->pathOf(reference);
    if (QFile::exists(kept))
        m_copier.copy(reference, kept, to);
    else if (m_server.token.isEmpty())
        failCopy(reference, ServiceErrors::make(ErrorKind::NotConnected));
    else
        add(reference, to, limit);
}

void DownloadQueue::cancelCopies()
{
    m_copier.cancel();
    const QHash<QString, QString> copies = std::exchange(m_copies, {});
    for (auto copy = copies.cbegin(); copy != copies.cend(); ++copy) {
        if (!find(copy.key(), copy.value()))
            continue;
        drop(copy.key(), copy.value());
        QFile::remove(copy.value());
    }
}

void DownloadQueue::failCopy(const QString &reference, const ServiceError &error)
{
    if (m_copies.remove(reference) > 0)
        emit copyFailed(reference, error);
}

void DownloadQueue::drop(const QString &reference, const QString &to)
{
    if (Task *task = find(reference, to))
        delete task->job;
    std::erase_if(
        m_tasks, [&](const auto &task) { return task->reference == reference && task->to == to; });
    pump();
}

/// The last that was asked for is what the person looks at now.
void DownloadQueue::pump()
{
    if (m_server.token.isEmpty())
        return;
    auto busy
        = std::count_if(m_tasks.begin(), m_tasks.end(), [](const auto &task) { return task->job; });
    for (size_t i = m_tasks.size(); i > 0 && busy < kAtOnce; --i) {
        Task &task = *m_tasks[i - 1];
        if (task.job || task.paused)
            continue;
        ++busy;
        start(task);
    }
}

void DownloadQueue::start(Task &task)
{
    const QString reference = task.reference;
    const QString to = task.to;
    const QString path = to.isEmpty() ? m_media->partPathOf(reference) : to;
    task.job = new DownloadJob(m_network->manager(), m_server, reference, path, task.limit, this);
    if (to.isEmpty())
        connect(
            task.job, &DownloadJob::progressed, this, [this, reference](qint64 got, qint64 total) {
                Task *known = find(reference, {});
                if (known && known->isReportDue(got == total))
                    emit progressed(reference, got, total);
            });
    connect(
        task.job, &DownloadJob::finished, this,
        [this, reference, to, job = task.job](const TransferEnd &how) {
            Task *known = find(reference, to);
            if (known && known->job == job)
                end(*known, how);
        },
        Qt::QueuedConnection);
    task.job->start();
}

void DownloadQueue::end(Task &task, const TransferEnd &end)
{
    std::exchange(task.job, nullptr)->deleteLater();
    switch (end.kind) {
    case TransferEnd::Kind::Done:
        finish(task);
        return;
    case TransferEnd::Kind::NeedsLogin:
        task.paused = true; // until the next token
        emit loginNeeded();
        return;
    case TransferEnd::Kind::Broken:
        if (const auto wait = task.pauseAfterFault(m_timing)) {
            QTimer::singleShot(*wait, this, [this, reference = task.reference, to = task.to] {
                if (Task *waiting = find(reference, to))
                    waiting->paused = false;
                pump();
            });
            return;
        }
        break;
    case TransferEnd::Kind::Refused:
        break;
    }
    fail(task, end.error);
}

void DownloadQueue::finish(const Task &task)
{
    const QString reference = task.reference;
    const QString to = task.to;
    if (to.isEmpty() && !m_media->finish(reference)) {
        fail(task, ServiceErrors::make(ErrorKind::StorageFailed));
        return;
    }
    drop(reference, to);
    if (to.isEmpty())
        emit fetched(reference, m_media->pathOf(reference));
    else if (m_copies.remove(reference) > 0)
        emit copied(reference);
}

void DownloadQueue::fail(const Task &task, const ServiceError &error)
{
    const QString reference = task.reference;
    const QString to = task.to;
    drop(reference, to);
    if (to.isEmpty()) {
        emit fetchFailed(reference, error);
    } else {
        QFile::remove(to); // half a file
        failCopy(reference, error);
    }
}

DownloadQueue::Task *DownloadQueue::find(const QString &reference, const QString &to)
{
    const auto found = std::find_if(m_tasks.begin(), m_tasks.end(),
        [&](const auto &task) { return task->reference == reference && task->to == to; });
    return found == m_tasks.end() ? nullptr : found->get();
}

}
