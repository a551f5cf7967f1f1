#pragma once

#include "store/archive/sqlrow.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QVarLengthArray>
#include <QVariant>

#include <functional>

class QThread;
struct sqlite3;

namespace confab {

/// Why the last statement failed, as far as it changes what is done about it. None after success.
struct SqlFailure {
    enum class Kind {
        None,
        Full, ///< no space left
        Input, ///< the disk could not be read or written, or the file may not be opened
        Busy, ///< another program holds the file
        Damaged, ///< not a database, or a broken one
        Schema, ///< a database, but not with the tables that its version promises
        Newer, ///< written by a newer version of the program
        Other,
    };
    Kind kind = Kind::None;
    QString detail; ///< for logs; never a value from a row
};

/// What was asked of a file since it was opened.
struct SqlCost {
    qint64 statements = 0;
    qint64 transactions = 0;
    qint64 scanned = 0; ///< rows passed on the way through whole tables
    qint64 steps = 0; ///< of SQLite's machine: grows with the rows that are looked at
};

/// One SQLite file with the settings of reliability.md §4, its schema and its prepared statements,
/// by SQLite's own interface: QtSql takes ten times as long for a page of messages. Belongs to the
/// thread that opens it, which may be another than the one that made it. Calls return false when
/// they fail and leave the reason in failure().
class Database
{
public:
    /// To be called before anything of the program uses SQLite, and without effect afterwards:
    /// pages are allocated as they are needed, where SQLite would take twenty for each connection.
    /// 0.4 MiB of an idle window, whose connections hold few pages (tests/bench/startup.py).
    static void allocatePagesSingly();

    enum class Durability {
        Normal, ///< a power cut may take the last commits
        Full, ///< what is committed stays
    };
    /// Statements run by this program so far, in all of its files. Any thread.
    static qint64 statementsMade();

    /// Statements that bring the schema from version i to i + 1; the file says in user_version
    /// where it stands. Steps are only ever appended.
    using Migrations = QList<QStringList>;

    Database(QString path, Durability durability, Migrations migrations);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    const QString &path() const { return m_path; }
    bool isOpen() const { return m_connection; }
    const SqlFailure &failure() const { return m_failure; }
    const SqlCost &cost() const { return m_cost; }

    /// When all of a file is read for damage: a third of a second for a million messages.
    enum class Check { AfterUncleanEnd, Always };

    /// Makes the file with mode 0600 if there is none.
    bool open(Check check = Check::AfterUncleanEnd);
    /// Whatever its tables are, to read what is left of a damaged file.
    bool openAsIs();
    void close();
    /// Closes, and renames the file and its companions to "<name>.damaged-<time>", which
    /// asidePath() is from then on.
    bool setAside();
    const QString &asidePath() const { return m_asidePath; }

    /// Values are numbers, QString, QByteArray; null ones of each are NULL.
    bool run(const QString &sql, const QVariantList &values = {});
    /// Calls `row` for each row of the answer. No other statement with the same text meanwhile.
    bool each(const QString &sql, const QVariantList &values,
        const std::function<void(const SqlRow &)> &row);
    /// All of `body` or, when it returns false, nothing. Does not nest.
    bool transaction(const std::function<bool()> &body);
    /// `body` only reads, by several statements: locking the file once for all of them is cheaper,
    /// and they see the same state of it. Does not nest.
    bool reading(const std::function<bool()> &body);
    /// Has a reason told again that a later statement has replaced. False.
    bool fail(const SqlFailure &reason);
    /// Lets go of the pages that were read and of the statements: both come back as they are
    /// needed.
    void releaseMemory();
    qint64 lastInsertId() const;
    int lastChanges() const; ///< rows that the last run() changed

private:
    using BoundBytes = QVarLengthArray<QByteArray, 8>;

    static int bindValue(
        sqlite3_stmt *statement, int place, const QVariant &value, BoundBytes &held);
    bool connectFile();
    bool createFile();
    bool configure();
    bool checkWhole();
    bool migrate();
    bool keepCopy(int version);
    sqlite3_stmt *prepare(const QString &sql);
    bool bind(sqlite3_stmt *statement, const QVariantList &values, BoundBytes &held);
    bool end(sqlite3_stmt *statement, int code);
    void finalizeStatements();
    bool enclose(const QString &begin, const std::function<bool()> &body);
    bool failHere();
    bool fail(SqlFailure::Kind kind, const QString &detail);

    const QString m_path;
    const Durability m_durability;
    const Migrations m_migrations;
    sqlite3 *m_connection = nullptr;
    QHash<QString, sqlite3_stmt *> m_statements;
    SqlFailure m_failure;
    SqlCost m_cost;
    QString m_asidePath;
    QThread *m_thread = nullptr;
};

}
