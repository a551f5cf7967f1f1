#include "store/archive/salvage.h"

#include "store/storelog.h"

#include <QFileInfo>
#include <QSqlError>
#include <QSqlField>
#include <QSqlRecord>
#include <QUuid>

namespace confab {

namespace {

QStringList columnsOf(Database &file, const QString &table)
{
    QStringList names;
    file.each(QStringLiteral("SELECT name FROM pragma_table_info(?)"), {table},
              [&names](const QSqlQuery &row) { names.append(row.value(0).toString()); });
    return names;
}

/// Rows in the order of the query until it ends or fails.
int copyRows(QSqlQuery &from, Database &to, const QString &table, const QStringList &known)
{
    int copied = 0;
    while (from.next()) {
        const QSqlRecord record = from.record();
        QStringList names;
        QVariantList values;
        for (int i = 0; i < record.count(); ++i) {
            if (!known.contains(record.fieldName(i)))
                continue;
            names.append(record.fieldName(i));
            values.append(record.value(i));
        }
        const QString sql = QStringLiteral("INSERT OR IGNORE INTO ") + table + u'(' + names.join(u',')
            + QStringLiteral(") VALUES(") + QStringList(names.size(), QStringLiteral("?")).join(u',') + u')';
        if (!names.isEmpty() && to.run(sql, values))
            copied += to.lastChanges();
    }
    return copied;
}

int copyTable(const QSqlDatabase &damaged, Database &to, const QString &table)
{
    const QStringList known = columnsOf(to, table);
    const QString key = known.value(0);
    int copied = 0;
    for (const QString &order : {QStringLiteral(" ASC"), QStringLiteral(" DESC")}) {
        QSqlQuery rows(damaged);
        rows.setForwardOnly(true);
        if (!rows.exec(QStringLiteral("SELECT * FROM ") + table + QStringLiteral(" ORDER BY ") + key + order))
            continue;
        copied += copyRows(rows, to, table, known);
        if (!rows.lastError().isValid())
            break; // all of it could be read
    }
    return copied;
}

}

int salvage(const QString &damaged, Database &to, const QStringList &tables)
{
    int copied = 0;
    const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        file.setDatabaseName(damaged);
        if (file.open()) {
            for (const QString &table : tables)
                copied += copyTable(file, to, table);
        }
    }
    QSqlDatabase::removeDatabase(name);
    qCWarning(lcStore) << "kept" << copied << "rows of" << QFileInfo(damaged).fileName();
    return copied;
}

}
