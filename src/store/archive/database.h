#pragma once

#include <QList>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <functional>
#include <map>

class QThread;

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

/// One SQLite file with the settings of reliability.md §4, its schema and its prepared statements.
/// Belongs to the thread that opens it, which may be another than the one that made it. Calls return
/// false when they fail and leave the reason in failure().
class Database
{
public:
    enum class Durability {
        Normal, ///< a power cut may take the last commits
        Full, ///< what is committed stays
    };
    /// Statements that bring the schema from version i to i + 1; the file says in user_version where
    /// it stands. Steps are only ever appended.
    using Migrations = QList<QStringList>;

    Database(QString path, Durability durability, Migrations migrations);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    const QString &path() const { return m_path; }
    bool isOpen() const { return m_connection.isOpen(); }
    const SqlFailure &failure() const { return m_failure; }

    /// Makes the file with mode 0600 if there is none. `check` reads all of it for damage: for small
    /// files only.
    bool open(bool check = false);
    void close();
    /// Closes, and renames the file and its companions to "<name>.damaged-<time>", which asidePath() is
    /// from then on.
    bool setAside();
    const QString &asidePath() const { return m_asidePath; }

    bool run(const QString &sql, const QVariantList &values = {});
    /// Calls `row` for each row of the answer. No other statement with the same text meanwhile.
    bool each(const QString &sql, const QVariantList &values,
              const std::function<void(const QSqlQuery &)> &row);
    /// All of `body` or, when it returns false, nothing. Does not nest.
    bool transaction(const std::function<bool()> &body);
    /// Has a reason told again that a later statement has replaced. False.
    bool fail(const SqlFailure &reason);
    qint64 lastInsertId() const { return m_lastInsertId; }
    int lastChanges() const { return m_lastChanges; } ///< rows that the last run() changed

private:
    bool createFile();
    bool configure();
    bool checkWhole();
    bool migrate();
    bool keepCopy(int version);
    QSqlQuery *execute(const QString &sql, const QVariantList &values);
    bool fail(const QSqlError &error);
    bool fail(SqlFailure::Kind kind, const QString &detail);

    const QString m_path;
    const Durability m_durability;
    const Migrations m_migrations;
    const QString m_connectionName;
    QSqlDatabase m_connection;
    std::map<QString, QSqlQuery> m_statements;
    SqlFailure m_failure;
    QString m_asidePath;
    qint64 m_lastInsertId = 0;
    int m_lastChanges = 0;
    QThread *m_thread = nullptr;
};

}
