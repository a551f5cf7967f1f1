#include "server/db/connection.h"

#include "server/logevent.h"

#include <QSqlError>
#include <QUuid>

#include <algorithm>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace confab::server {

namespace {

// SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY; the driver may report only their low
// byte.
constexpr int kConstraint = 19;
constexpr int kConstraintUnique = 2067;
constexpr int kConstraintPrimaryKey = 1555;

} // namespace

bool Statement::runWith(const QVariantList &values)
{
    for (int i = 0; i < values.size(); ++i)
        m_query.bindValue(i, values.at(i));
    return m_query.exec();
}

bool Statement::failed() const
{
    return m_query.lastError().type() != QSqlError::NoError;
}

bool Statement::violatedUniqueness() const
{
    const int code = m_query.lastError().nativeErrorCode().toInt();
    return code == kConstraint || code == kConstraintUnique || code == kConstraintPrimaryKey;
}

QString Statement::errorText() const
{
    return m_query.lastError().text();
}

bool ran(const Statement &statement, bool ok, const char *event)
{
    if (!ok)
        LogEvent::warning(event).with("reason", statement.errorText());
    return ok;
}

QDateTime Statement::time(int column) const
{
    const qint64 ms = bigNumber(column);
    return ms ? QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC) : QDateTime();
}

std::optional<QString> Connection::open(const QString &path)
{
    m_name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    m_database.setDatabaseName(path);
    m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!m_database.open())
        return m_database.lastError().text();
    for (const QString &pragma : {
             QStringLiteral("PRAGMA journal_mode=WAL"),
             QStringLiteral("PRAGMA synchronous=FULL"),
             QStringLiteral("PRAGMA temp_store=MEMORY"),
         }) {
        if (!run(pragma))
            return m_lastError.text();
    }
    return std::nullopt;
}

void Connection::close()
{
    if (m_name.isEmpty())
        return;
    m_statements.clear();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
    m_name.clear();
}

QSqlQuery &Connection::prepared(const QString &sql)
{
    auto found = m_statements.find(sql);
    if (found == m_statements.end()) {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        query.prepare(sql);
        Q_ASSERT_X(query.lastError().type() == QSqlError::NoError, "Connection",
            qPrintable(query.lastError().text()));
        found = m_statements.emplace(sql, std::move(query)).first;
    }
    return found->second;
}

bool Connection::run(const QString &sql)
{
    QSqlQuery query(m_database);
    const bool ok = query.exec(sql);
    m_lastError = query.lastError();
    return ok;
}

void Connection::releaseMemory()
{
    run(QStringLiteral("PRAGMA shrink_memory"));
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

bool Connection::failedByDisk() const
{
    const auto isOfDisk = [](const QSqlError &error) {
        constexpr int kPrimary = 0xff; // of an extended code
        constexpr int kIoError = 10; // SQLITE_IOERR: broken, or over a quota
        constexpr int kFull = 13; // SQLITE_FULL
        const int code = error.nativeErrorCode().toInt() & kPrimary;
        return code == kIoError || code == kFull;
    };
    // A statement keeps its error until it is used again.
    return isOfDisk(m_lastError)
        || std::any_of(m_statements.begin(), m_statements.end(),
            [&](const auto &entry) { return isOfDisk(entry.second.lastError()); });
}

} // namespace confab::server
