#include "server/db/tabledump.h"

#include "wire/jsonline.h"

#include <QCoreApplication>
#include <QSet>
#include <QVariant>

namespace confab::server {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("TableDump", text);
}

/// For names out of sqlite_master only.
QString quoted(const QString &name)
{
    return u'"' + QString(name).replace(u'"', QLatin1String("\"\"")) + u'"';
}

}

QStringList TableDump::tables()
{
    static const QSet<QString> kLeftOut{QStringLiteral("meta"), QStringLiteral("changednotes")};
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT name FROM sqlite_master WHERE type = 'table'"
                       " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")));
    QStringList names;
    for (bool ok = row.run(); ok && row.next();) {
        if (!kLeftOut.contains(row.text(0)))
            names.append(row.text(0));
    }
    return names;
}

const TableDump::Table &TableDump::described(const QString &table)
{
    if (m_table.name == table)
        return m_table;
    m_table = {table, {}, {}};
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT name, type, \"notnull\", pk FROM pragma_table_info(?)")));
    QStringList names;
    QStringList places;
    for (bool ok = row.run(table); ok && row.next();) {
        Column column;
        column.name = row.text(0);
        if (row.text(1) == QLatin1String("INTEGER"))
            column.type = Type::Number;
        else if (row.text(1) == QLatin1String("BLOB"))
            column.type = Type::Bytes;
        column.nullable = row.number(2) == 0 && row.number(3) == 0;
        m_table.columns.append(column);
        names.append(quoted(column.name));
        places.append(QStringLiteral("?"));
    }
    m_table.insertSql = QStringLiteral("INSERT INTO %1(%2) VALUES(%3)")
                            .arg(quoted(table), names.join(u','), places.join(u','));
    return m_table;
}

std::optional<QString> TableDump::write(
    const QString &table, const std::function<bool(const QByteArray &line)> &take)
{
    const Table &shape = described(table);
    QStringList names;
    for (const Column &column : shape.columns)
        names.append(quoted(column.name));
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT %1 FROM %2").arg(names.join(u','), quoted(table))));
    if (!row.run())
        return row.errorText();
    while (row.next()) {
        wire::JsonLineWriter line;
        for (int i = 0; i < shape.columns.size(); ++i) {
            const Column &column = shape.columns.at(i);
            if (column.nullable && row.isNull(i))
                continue;
            switch (column.type) {
            case Type::Number:
                line.number(column.name, row.bigNumber(i));
                break;
            case Type::Text:
                line.text(column.name, row.text(i));
                break;
            case Type::Bytes:
                // Most are empty in most rows, which a missing key says as well.
                if (column.nullable || !row.bytes(i).isEmpty())
                    line.bytes(column.name, row.bytes(i));
                break;
            }
        }
        if (!take(line.line()))
            return QString();
    }
    return row.failed() ? std::optional(row.errorText()) : std::nullopt;
}

std::optional<QString> TableDump::insert(const QString &table, const QByteArray &line)
{
    const Table &shape = described(table);
    const std::optional<wire::JsonLineReader> row = wire::JsonLineReader::parse(line);
    if (!row)
        return tr("The line is not a JSON object.");
    qsizetype known = 0;
    QVariantList values;
    for (const Column &column : shape.columns) {
        if (!row->has(column.name)) {
            if (column.type != Type::Bytes && !column.nullable)
                return tr("“%1” is missing.").arg(column.name);
            values.append(column.nullable ? QVariant() : QVariant(QByteArray("")));
            continue;
        }
        ++known;
        QVariant value;
        switch (column.type) {
        case Type::Number:
            if (const auto number = row->number(column.name))
                value = *number;
            break;
        case Type::Text:
            if (const auto text = row->text(column.name))
                value = text->isNull() ? QStringLiteral("") : *text;
            break;
        case Type::Bytes:
            if (const auto bytes = row->bytes(column.name))
                value = bytes->isNull() ? QByteArray("") : *bytes;
            break;
        }
        if (!value.isValid())
            return tr("“%1” has a value of the wrong type.").arg(column.name);
        values.append(value);
    }
    if (known != row->keys().size())
        return tr("There is a name that this table does not have: %1.")
            .arg(row->keys().join(QLatin1String(", ")));
    Statement statement(m_connection.prepared(shape.insertSql));
    if (statement.runWith(values))
        return std::nullopt;
    return tr("The row does not fit: %1.").arg(statement.errorText());
}

}
