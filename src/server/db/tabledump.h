#pragma once

#include "server/db/connection.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace confab::server {

/// Rows as lines of JSON and back, whatever the tables are: names and types come from the schema of
/// the file, so that no table or column of a later migration is forgotten. One row at a time is in
/// memory.
class TableDump
{
public:
    explicit TableDump(Connection &connection)
        : m_connection(connection)
    {
    }

    /// Every table with the server's own data, in order of name; without the identity of this history
    /// and notes for a running server.
    QStringList tables();

    /// Calls take with one line for each row, in the order of the primary key, until it returns
    /// false. The error is SQLite's text, or empty if take gave up.
    std::optional<QString> write(
        const QString &table, const std::function<bool(const QByteArray &line)> &take);

    /// One row. The error is a sentence about the line.
    std::optional<QString> insert(const QString &table, const QByteArray &line);

private:
    enum class Type { Number, Text, Bytes };
    struct Column {
        QString name;
        Type type = Type::Text;
        bool nullable = false;
    };
    struct Table {
        QString name;
        QList<Column> columns;
        QString insertSql;
    };

    const Table &described(const QString &table);

    Connection &m_connection;
    Table m_table; ///< the one that is being written or filled
};

}
