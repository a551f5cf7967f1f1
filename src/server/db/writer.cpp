#include "server/db/writer.h"

#include "server/db/applier.h"
#include "server/db/connection.h"
#include "server/logevent.h"

#include <QDeadlineTimer>

#include <chrono>
#include <utility>

namespace confab::server {

namespace {

using namespace std::chrono_literals;

constexpr auto kRest = 10s;

}

Writer::Writer(QString path, Deliver deliver)
    : m_path(std::move(path))
    , m_deliver(std::move(deliver))
{
    setObjectName(QStringLiteral("database writer"));
}

Writer::~Writer()
{
    finish();
}

void Writer::enqueue(QList<Entry> entries)
{
    const QMutexLocker lock(&m_mutex);
    m_queue.append(std::move(entries));
    m_wake.wakeOne();
}

void Writer::finish()
{
    {
        const QMutexLocker lock(&m_mutex);
        m_finishing = true;
        m_wake.wakeOne();
    }
    wait();
}

int Writer::commitCount() const
{
    const QMutexLocker lock(&m_mutex);
    return m_commits;
}

QList<Writer::Entry> Writer::takeBatch(Connection &connection)
{
    QMutexLocker lock(&m_mutex);
    QDeadlineTimer rested(kRest);
    while (m_queue.isEmpty() && !m_finishing) {
        if (m_wake.wait(&m_mutex, rested))
            continue;
        rested = QDeadlineTimer(QDeadlineTimer::Forever);
        lock.unlock();
        connection.releaseMemory();
        lock.relock();
    }
    return std::exchange(m_queue, {});
}

void Writer::run()
{
    Connection connection;
    const std::optional<QString> error = connection.open(m_path);
    if (error)
        LogEvent::warning("database-not-open").with("reason", *error);
    Applier applier(connection);
    for (QList<Entry> batch = takeBatch(connection); !batch.isEmpty();
         batch = takeBatch(connection)) {
        QList<quint64> tickets;
        for (const Entry &entry : std::as_const(batch))
            tickets.append(entry.ticket);
        const QList<WriteOutcome> outcomes = error
            ? QList<WriteOutcome>(batch.size(), WriteOutcome{WriteStatus::Failed, 0, {}})
            : commit(connection, applier, batch);
        m_deliver(tickets, outcomes);
    }
}

QList<WriteOutcome> Writer::commit(
    Connection &connection, Applier &applier, const QList<Entry> &batch)
{
    QList<WriteOutcome> outcomes;
    bool ok = connection.run(QStringLiteral("BEGIN IMMEDIATE"));
    for (const Entry &entry : batch) {
        if (!ok)
            break;
        outcomes.append(applier.apply(entry.operation));
        ok = outcomes.last().status != WriteStatus::Failed;
    }
    ok = ok && applier.settle() && connection.run(QStringLiteral("COMMIT"));
    if (ok) {
        const QMutexLocker lock(&m_mutex);
        ++m_commits;
        return outcomes;
    }
    LogEvent::warning("database-commit-failed")
        .with("operations", batch.size())
        .with("reason", connection.lastError());
    const bool isOfDisk = connection.failedByDisk();
    connection.run(QStringLiteral("ROLLBACK"));
    applier.forget();
    if (batch.size() == 1)
        return {WriteOutcome{isOfDisk ? WriteStatus::DiskFailed : WriteStatus::Failed, 0, {}}};
    outcomes.clear();
    for (const Entry &entry : batch)
        outcomes += commit(connection, applier, {entry});
    return outcomes;
}

} // namespace confab::server
