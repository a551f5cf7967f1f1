#pragma once

#include <QByteArray>
#include <QString>
#include <QVariant>

struct sqlite3_stmt;

namespace confab {

/// One row of an answer; good until the next one is read. What is NULL reads as 0, or as a null string.
class SqlRow
{
public:
    explicit SqlRow(sqlite3_stmt *statement)
        : m_statement(statement)
    {
    }

    bool isNull(int column) const;
    bool isNumber(int column) const;
    qint64 number(int column) const;
    int integer(int column) const { return int(number(column)); }
    QString text(int column) const;
    QByteArray bytes(int column) const;
    QVariant value(int column) const; ///< of the type that lies in the file; invalid if NULL

    int count() const; ///< columns
    QString name(int column) const;

private:
    sqlite3_stmt *m_statement;
};

}
