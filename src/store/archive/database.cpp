#include "store/archive/database.h"

#include "store/storelog.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <sqlite3.h>

#include <atomic>

namespace confab {

namespace {

constexpr int kBusyMilliseconds = 5000;

std::atomic<qint64> statementsOfAll{0};

SqlFailure::Kind kindOf(int code)
{
    switch (code & 0xff) { // extended codes have more bits above (sqlite.org/rescode.html)
    case SQLITE_ERROR: // no such table or column
        return SqlFailure::Kind::Schema;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return SqlFailure::Kind::Busy;
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return SqlFailure::Kind::Input;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return SqlFailure::Kind::Damaged;
    case SQLITE_FULL:
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

qint64 Database::statementsMade()
{
    return statementsOfAll.load(std::memory_order_relaxed);
}

void Database::allocatePagesSingly()
{
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0);
}

Database::Database(QString path, Durability durability, Migrations migrations)
    : m_path(std::move(path))
    , m_durability(durability)
    , m_migrations(std::move(migrations))
{
}

Database::~Database()
{
    close();
}

bool Database::open(Check check)
{
    // Who closes a file properly leaves no log beside it.
    const bool isDue
        = check == Check::Always || QFileInfo(m_path + QLatin1String("-wal")).size() > 0;
    if (createFile() && connectFile() && configure() && (!isDue || checkWhole()) && migrate())
        return true;
    close();
    return false;
}

bool Database::openAsIs()
{
    if (connectFile())
        return true;
    close();
    return false;
}

bool Database::connectFile()
{
    Q_ASSERT(!isOpen());
    m_thread = QThread::currentThread();
    m_failure = {};
    m_cost = {};
    // Without mutexes: one thread uses it.
    constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(m_path.toUtf8().constData(), &m_connection, kFlags, nullptr);
    if (!m_connection)
        return fail(SqlFailure::Kind::Other, QStringLiteral("no memory"));
    sqlite3_busy_timeout(m_connection, kBusyMilliseconds);
    return code == SQLITE_OK || failHere();
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
            [&verdict](const SqlRow &row) { verdict = row.text(0); }))
        return false;
    return verdict == u"ok" || fail(SqlFailure::Kind::Damaged, verdict);
}

bool Database::migrate()
{
    int version = 0;
    if (!each(QStringLiteral("PRAGMA user_version"), {},
            [&version](const SqlRow &row) { version = row.integer(0); }))
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

/// What exists nowhere else is copied before its tables change: "<name>.version-<n>", of which an
/// older one is replaced.
bool Database::keepCopy(int version)
{
    const QString path = m_path + QStringLiteral(".version-") + QString::number(version);
    QFile copy(path);
    if ((copy.exists() && !copy.remove())
        || !copy.open(
            QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        return fail(SqlFailure::Kind::Input, copy.errorString());
    copy.close(); // SQLite fills an empty file, and leaves its mode alone
    return run(QStringLiteral("VACUUM INTO ?"), {path});
}

void Database::finalizeStatements()
{
    for (sqlite3_stmt *statement : std::as_const(m_statements))
        sqlite3_finalize(statement);
    m_statements.clear();
}

void Database::releaseMemory()
{
    finalizeStatements();
    if (m_connection)
        sqlite3_db_release_memory(m_connection);
}

void Database::close()
{
    finalizeStatements();
    sqlite3_close(m_connection);
    m_connection = nullptr;
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
        if (QFileInfo::exists(m_path + companion)
            && !QFile::rename(m_path + companion, name + companion))
            return fail(SqlFailure::Kind::Input, QStringLiteral("cannot rename the damaged file"));
    }
    m_asidePath = name;
    qCWarning(lcStore) << "set aside" << QFileInfo(name).fileName();
    return true;
}

bool Database::run(const QString &sql, const QVariantList &values)
{
    BoundBytes held;
    sqlite3_stmt *statement = prepare(sql);
    if (!statement || !bind(statement, values, held))
        return false;
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) // what a PRAGMA answers
        code = sqlite3_step(statement);
    return end(statement, code);
}

bool Database::each(
    const QString &sql, const QVariantList &values, const std::function<void(const SqlRow &)> &row)
{
    BoundBytes held;
    sqlite3_stmt *statement = prepare(sql);
    if (!statement || !bind(statement, values, held))
        return false;
    const SqlRow current(statement);
    int code = SQLITE_OK;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        row(current);
    return end(statement, code);
}

sqlite3_stmt *Database::prepare(const QString &sql)
{
    Q_ASSERT(QThread::currentThread() == m_thread);
    m_failure = {};
    ++m_cost.statements;
    statementsOfAll.fetch_add(1, std::memory_order_relaxed);
    const auto known = m_statements.constFind(sql);
    if (known != m_statements.constEnd())
        return *known;
    const QByteArray text = sql.toUtf8();
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(m_connection, text.constData(), int(text.size()),
            SQLITE_PREPARE_PERSISTENT, &statement, nullptr)
        != SQLITE_OK) {
        failHere();
        return nullptr;
    }
    m_statements.insert(sql, statement);
    return statement;
}

/// What was bound has to stay until the statement has ended; `held` sees to that.
int Database::bindValue(sqlite3_stmt *statement, int place, const QVariant &value, BoundBytes &held)
{
    switch (value.userType()) {
    case QMetaType::QString: {
        const QString text = value.toString();
        if (text.isNull())
            return sqlite3_bind_null(statement, place);
        held.append(text.toUtf8());
        return sqlite3_bind_text64(statement, place, held.last().constData(),
            quint64(held.last().size()), SQLITE_STATIC, SQLITE_UTF8);
    }
    case QMetaType::QByteArray: {
        const QByteArray bytes = value.toByteArray();
        if (bytes.isNull())
            return sqlite3_bind_null(statement, place);
        held.append(bytes);
        return sqlite3_bind_blob64(
            statement, place, bytes.constData(), quint64(bytes.size()), SQLITE_STATIC);
    }
    case QMetaType::Double:
        return sqlite3_bind_double(statement, place, value.toDouble());
    case QMetaType::UnknownType:
        return sqlite3_bind_null(statement, place);
    default:
        return sqlite3_bind_int64(statement, place, value.toLongLong());
    }
}

bool Database::bind(sqlite3_stmt *statement, const QVariantList &values, BoundBytes &held)
{
    Q_ASSERT(int(values.size()) == sqlite3_bind_parameter_count(statement));
    int code = SQLITE_OK;
    for (int i = 0; i < int(values.size()) && code == SQLITE_OK; ++i)
        code = bindValue(statement, i + 1, values.at(i), held);
    return code == SQLITE_OK || end(statement, code);
}

/// Leaves the statement ready for the next time, and holding no rows.
bool Database::end(sqlite3_stmt *statement, int code)
{
    const bool done = code == SQLITE_DONE || failHere();
    m_cost.scanned += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
    m_cost.steps += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return done;
}

qint64 Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_connection);
}

int Database::lastChanges() const
{
    return sqlite3_changes(m_connection);
}

bool Database::transaction(const std::function<bool()> &body)
{
    return enclose(QStringLiteral("BEGIN IMMEDIATE"), body);
}

bool Database::reading(const std::function<bool()> &body)
{
    return enclose(QStringLiteral("BEGIN"), body);
}

bool Database::enclose(const QString &begin, const std::function<bool()> &body)
{
    if (!run(begin))
        return false;
    ++m_cost.transactions;
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

/// SQLite's message names tables and columns, and no value.
bool Database::failHere()
{
    m_failure = {kindOf(sqlite3_extended_errcode(m_connection)),
        QString::fromUtf8(sqlite3_errmsg(m_connection))};
    return false;
}

bool Database::fail(SqlFailure::Kind kind, const QString &detail)
{
    m_failure = {kind, detail};
    qCWarning(lcStore) << QFileInfo(m_path).fileName() << detail;
    return false;
}

}
