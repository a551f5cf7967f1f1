#include "server/db/database.h"

#include "server/db/connection.h"
#include "server/db/keyfile.h"
#include "server/db/privatefile.h"
#include "server/db/schema.h"

#include <QDir>

#include <utility>

namespace confab::server {

namespace {

/// While the rest of a long turn is still being read, the writer may already work.
constexpr qsizetype kMostAtOnce = 32;

} // namespace

Database::Database(QObject *parent)
    : QObject(parent)
    , m_connection(std::make_unique<Connection>())
    , m_reader(*m_connection)
    , m_finder(*m_connection)
{
}

Database::~Database()
{
    close();
}

std::optional<QString> Database::open(const QString &dataDir)
{
    const QDir dir(dataDir);
    const QString path = dir.filePath(QStringLiteral("confab.db"));
    // SQLite gives its -wal and -shm files the mode of the main file, so that one is made first.
    if (!makePrivateDir(dataDir) || !makePrivateFile(path)) {
        return tr("The data folder %1 cannot be written. Check its permissions, or choose another "
                  "folder.")
            .arg(QDir::toNativeSeparators(dataDir));
    }
    const wire::Result<QByteArray, QString> key
        = loadOrMakeKey(dir.filePath(QStringLiteral("key")));
    if (!key)
        return key.error();
    m_tokenKey = *key;
    if (const std::optional<QString> error = m_connection->open(path)) {
        return tr("The database cannot be opened: %1. Check the data folder, or restore a backup.")
            .arg(*error);
    }
    if (const std::optional<QString> error = prepareSchema(*m_connection))
        return error;
    m_lastTopicId = m_reader.lastTopicId();
    m_writer = std::make_unique<Writer>(
        path, [this](QList<quint64> tickets, QList<WriteOutcome> outcomes) {
            QMetaObject::invokeMethod(
                this, [this, tickets, outcomes] { deliver(tickets, outcomes); },
                Qt::QueuedConnection);
        });
    m_writer->start();
    return std::nullopt;
}

void Database::close()
{
    if (m_writer) {
        handOver();
        m_writer->finish();
    }
    m_writer.reset();
    m_waiting.clear();
    m_connection->close();
}

void Database::write(WriteOperation operation, const QObject *context, Done done)
{
    Q_ASSERT(m_writer);
    m_waiting.insert(++m_lastTicket, {context, std::move(done)});
    queue(m_lastTicket, std::move(operation));
}

void Database::write(WriteOperation operation)
{
    Q_ASSERT(m_writer);
    queue(++m_lastTicket, std::move(operation));
}

void Database::queue(quint64 ticket, WriteOperation operation)
{
    if (m_queued.isEmpty())
        QMetaObject::invokeMethod(this, &Database::handOver, Qt::QueuedConnection);
    m_queued.append({ticket, std::move(operation)});
    if (m_queued.size() == kMostAtOnce)
        handOver();
}

void Database::handOver()
{
    if (!m_queued.isEmpty())
        m_writer->enqueue(std::exchange(m_queued, {}));
}

void Database::releaseMemory()
{
    m_connection->releaseMemory();
}

int Database::commitCount() const
{
    return m_writer ? m_writer->commitCount() : 0;
}

void Database::deliver(const QList<quint64> &tickets, const QList<WriteOutcome> &outcomes)
{
    for (qsizetype i = 0; i < tickets.size(); ++i) {
        const auto waiting = m_waiting.constFind(tickets.at(i));
        if (waiting == m_waiting.constEnd())
            continue;
        const Waiting one = *waiting;
        m_waiting.erase(waiting);
        if (one.context)
            one.done(outcomes.at(i));
    }
}

} // namespace confab::server
