#include "store/archive/sqlrow.h"

#include <sqlite3.h>

namespace confab {

bool SqlRow::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

bool SqlRow::isNumber(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_INTEGER;
}

qint64 SqlRow::number(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

QString SqlRow::text(int column) const
{
    const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return data ? QString::fromUtf8(data, sqlite3_column_bytes(m_statement, column)) : QString();
}

QByteArray SqlRow::bytes(int column) const
{
    const void *data = sqlite3_column_blob(m_statement, column);
    const int size = sqlite3_column_bytes(m_statement, column);
    if (!data) // also what is empty
        return isNull(column) ? QByteArray() : QByteArray("");
    return QByteArray(static_cast<const char *>(data), size);
}

QVariant SqlRow::value(int column) const
{
    switch (sqlite3_column_type(m_statement, column)) {
    case SQLITE_INTEGER:
        return number(column);
    case SQLITE_FLOAT:
        return sqlite3_column_double(m_statement, column);
    case SQLITE_TEXT:
        return text(column);
    case SQLITE_BLOB:
        return bytes(column);
    default:
        return {};
    }
}

int SqlRow::count() const
{
    return sqlite3_column_count(m_statement);
}

QString SqlRow::name(int column) const
{
    return QString::fromUtf8(sqlite3_column_name(m_statement, column));
}

}
