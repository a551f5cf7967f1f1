#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>

#include <optional>
#include <unordered_map>

namespace confab::server {

/// One use of a prepared statement; lets go of its read lock when it goes out of scope.
class Statement
{
public:
    explicit Statement(QSqlQuery &query)
        : m_query(query)
    {
    }
    ~Statement() { m_query.finish(); }
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    template <typename... Values>
    bool run(const Values &...values)
    {
        int index = 0;
        (m_query.bindValue(index++, bindable(values)), ...);
        return m_query.exec();
    }
    /// The same with values known only at run time.
    bool runWith(const QVariantList &values);
    bool next() { return m_query.next(); }
    /// What ended next() was an error, not the last row.
    bool failed() const;
    int changedRows() const { return m_query.numRowsAffected(); }
    /// The last run() failed because of a UNIQUE or PRIMARY KEY rule.
    bool violatedUniqueness() const;
    QString errorText() const;

    bool isNull(int column) const { return m_query.isNull(column); }
    QString text(int column) const { return m_query.value(column).toString(); }
    QByteArray bytes(int column) const { return m_query.value(column).toByteArray(); }
    int number(int column) const { return m_query.value(column).toInt(); }
    qint64 bigNumber(int column) const { return m_query.value(column).toLongLong(); }
    QDateTime time(int column) const;

private:
    // A null QString or QByteArray would be bound as NULL: empty values stay values.
    static QVariant bindable(const QString &value)
    {
        return value.isNull() ? QLatin1String("") : value;
    }
    static QVariant bindable(const QByteArray &value)
    {
        return value.isNull() ? QByteArray("") : value;
    }
    static QVariant bindable(const QDateTime &value)
    {
        return value.isValid() ? QVariant(value.toMSecsSinceEpoch()) : QVariant(0);
    }
    template <typename Value>
    static QVariant bindable(const Value &value)
    {
        return QVariant::fromValue(value);
    }

    QSqlQuery &m_query;
};

/// `ok`, whether the statement ran; the log is told of one that did not, by the name of this event.
bool ran(const Statement &statement, bool ok, const char *event = "database-read-failed");

/// One SQLite connection with its prepared statements. Belongs to the thread that opened it.
class Connection
{
public:
    Connection() = default;
    ~Connection() { close(); }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// WAL, synchronous=FULL, foreign keys off. The error is SQLite's text.
    std::optional<QString> open(const QString &path);
    void close();

    /// A statement that is prepared once and kept; sql must be a constant.
    QSqlQuery &prepared(const QString &sql);
    bool run(const QString &sql);
    /// Lets go of the pages that were read; they come back as they are needed.
    void releaseMemory();
    QString lastError() const { return m_lastError.text(); }
    /// What failed last did so because the disk is full or can't be written.
    bool failedByDisk() const;

private:
    QSqlDatabase m_database;
    std::unordered_map<QString, QSqlQuery> m_statements;
    QString m_name;
    QSqlError m_lastError;
};

} // namespace confab::server
