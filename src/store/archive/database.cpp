#include "store/archive/database.h"

#include "store/storelog.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QThread>
#include <QUuid>

namespace confab {

namespace {

constexpr int kBusyMilliseconds = 5000;

/// SQLite's primary result codes (sqlite.org/rescode.html); extended ones have more bits above.
SqlFailure::Kind kindOf(int code)
{
    switch (code & 0xff) {
    case 1: // SQLITE_ERROR: no such table or column
        return SqlFailure::Kind::Schema;
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
        return SqlFailure::Kind::Busy;
    case 8: // SQLITE_READONLY
    case 10: // SQLITE_IOERR
    case 14: // SQLITE_CANTOPEN
        return SqlFailure::Kind::Input;
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
        return SqlFailure::Kind::Damaged;
    case 13: // SQLITE_FULL
        return SqlFailure::Kind::Full;
    default:
        return SqlFailure::Kind::Other;
    }
}

QStringList companions()
{
    return {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")};
}

}

Database::Database(QString path, Durability durability, Migrations migrations)
    : m_path(std::move(path))
    , m_durability(durability)
    , m_migrations(std::move(migrations))
    , m_connectionName(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

Database::~Database()
{
    close();
}

bool Database::open(bool check)
{
    Q_ASSERT(!isOpen());
    m_thread = QThread::currentThread();
    m_failure = {};
    if (!createFile())
        return false;
    m_connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connectionName);
    m_connection.setDatabaseName(m_path);
    m_connection.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(kBusyMilliseconds));
    if (!m_connection.open())
        fail(m_connection.lastError());
    else if (configure() && (!check || checkWhole()) && migrate())
        return true;
    close();
    return false;
}

/// SQLite gives its -wal and -shm files the mode of the main file, so that is made first.
bool Database::createFile()
{
    constexpr QFile::Permissions kOwnerOnly = QFile::ReadOwner | QFile::WriteOwner;
    QFile file(m_path);
    if (!file.exists() && !file.open(QIODevice::WriteOnly | QIODevice::NewOnly, kOwnerOnly))
        return fail(SqlFailure::Kind::Input, file.errorString());
    return file.setPermissions(kOwnerOnly) || fail(SqlFailure::Kind::Input, file.errorString());
}

bool Database::configure()
{
    const bool full = m_durability == Durability::Full;
    return run(QStringLiteral("PRAGMA trusted_schema=OFF"))
        && run(QStringLiteral("PRAGMA foreign_keys=ON"))
        && run(QStringLiteral("PRAGMA journal_mode=WAL"))
        && run(full ? QStringLiteral("PRAGMA synchronous=FULL")
                    : QStringLiteral("PRAGMA synchronous=NORMAL"))
        && run(QStringLiteral("PRAGMA fullfsync=ON")) // macOS only
        && run(QStringLiteral("PRAGMA wal_autocheckpoint=1000"))
        && run(QStringLiteral("PRAGMA journal_size_limit=16777216"))
        && run(QStringLiteral("PRAGMA cache_size=-4000"));
}

bool Database::checkWhole()
{
    QString verdict;
    if (!each(QStringLiteral("PRAGMA quick_check(1)"), {},
              [&verdict](const QSqlQuery &row) { verdict = row.value(0).toString(); }))
        return false;
    return verdict == u"ok" || fail(SqlFailure::Kind::Damaged, verdict);
}

bool Database::migrate()
{
    int version = 0;
    if (!each(QStringLiteral("PRAGMA user_version"), {},
              [&version](const QSqlQuery &row) { version = row.value(0).toInt(); }))
        return false;
    const int newest = int(m_migrations.size());
    if (version > newest)
        return fail(SqlFailure::Kind::Newer, QStringLiteral("schema %1").arg(version));
    if (version == newest)
        return true;
    if (version > 0 && m_durability == Durability::Full && !keepCopy(version))
        return false;
    return transaction([&] {
        for (const QStringList &step : m_migrations.mid(version)) {
            for (const QString &statement : step) {
                if (!run(statement))
                    return false;
            }
        }
        return run(QStringLiteral("PRAGMA user_version=%1").arg(newest));
    });
}

/// What exists nowhere else is copied before its tables change: "<name>.version-<n>", of which an older
/// one is replaced.
bool Database::keepCopy(int version)
{
    const QString path = m_path + QStringLiteral(".version-") + QString::number(version);
    QFile copy(path);
    if ((copy.exists() && !copy.remove())
        || !copy.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        return fail(SqlFailure::Kind::Input, copy.errorString());
    copy.close(); // SQLite fills an empty file, and leaves its mode alone
    return run(QStringLiteral("VACUUM INTO ?"), {path});
}

void Database::close()
{
    if (!m_connection.isValid())
        return;
    m_statements.clear(); // they hold on to the connection
    m_connection.close();
    m_connection = {};
    QSqlDatabase::removeDatabase(m_connectionName);
}

bool Database::setAside()
{
    close();
    const QString stem = m_path + QStringLiteral(".damaged-")
        + QDateTime::currentDateTimeUtc().toString(u"yyyyMMddHHmmss");
    QString name = stem;
    for (int n = 2; QFileInfo::exists(name); ++n)
        name = stem + u'-' + QString::number(n);
    for (const QString &companion : companions()) {
        if (QFileInfo::exists(m_path + companion) && !QFile::rename(m_path + companion, name + companion))
            return fail(SqlFailure::Kind::Input, QStringLiteral("cannot rename the damaged file"));
    }
    m_asidePath = name;
    qCWarning(lcStore) << "set aside" << QFileInfo(name).fileName();
    return true;
}

bool Database::run(const QString &sql, const QVariantList &values)
{
    QSqlQuery *query = execute(sql, values);
    if (!query)
        return false;
    m_lastInsertId = query->lastInsertId().toLongLong();
    m_lastChanges = query->numRowsAffected();
    query->finish();
    return true;
}

bool Database::each(const QString &sql, const QVariantList &values,
                    const std::function<void(const QSqlQuery &)> &row)
{
    QSqlQuery *query = execute(sql, values);
    if (!query)
        return false;
    while (query->next())
        row(*query);
    // next() ends in the same way at the last row and at a damaged page.
    const QSqlError error = query->lastError();
    query->finish();
    return error.type() == QSqlError::NoError || fail(error);
}

QSqlQuery *Database::execute(const QString &sql, const QVariantList &values)
{
    Q_ASSERT(QThread::currentThread() == m_thread);
    m_failure = {};
    auto found = m_statements.find(sql);
    if (found == m_statements.end()) {
        QSqlQuery query(m_connection);
        query.setForwardOnly(true);
        if (!query.prepare(sql)) {
            fail(query.lastError());
            return nullptr;
        }
        found = m_statements.emplace(sql, std::move(query)).first;
    }
    QSqlQuery &query = found->second;
    for (int i = 0; i < int(values.size()); ++i)
        query.bindValue(i, values.at(i));
    if (query.exec())
        return &query;
    fail(query.lastError());
    query.finish();
    return nullptr;
}

bool Database::transaction(const std::function<bool()> &body)
{
    if (!run(QStringLiteral("BEGIN IMMEDIATE")))
        return false;
    if (body() && run(QStringLiteral("COMMIT")))
        return true;
    const SqlFailure reason = m_failure; // what the rollback says is of no interest
    run(QStringLiteral("ROLLBACK"));
    m_failure = reason;
    return false;
}

bool Database::fail(const SqlFailure &reason)
{
    m_failure = reason;
    return false;
}

bool Database::fail(const QSqlError &error)
{
    return fail(kindOf(error.nativeErrorCode().toInt()), error.driverText() + u' ' + error.databaseText());
}

bool Database::fail(SqlFailure::Kind kind, const QString &detail)
{
    m_failure = {kind, detail};
    qCWarning(lcStore) << QFileInfo(m_path).fileName() << detail;
    return false;
}

}
