#include "store/archive/salvage.h"

#include "store/storelog.h"

#include <QFileInfo>

namespace confab {

namespace {

QStringList columnsOf(Database &file, const QString &table)
{
    QStringList names;
    file.each(QStringLiteral("SELECT name FROM pragma_table_info(?)"), {table},
              [&names](const SqlRow &row) { names.append(row.text(0)); });
    return names;
}

/// Whether it was not there before.
bool copyRow(const SqlRow &row, Database &to, const QString &table, const QStringList &known)
{
    QStringList names;
    QVariantList values;
    for (int i = 0; i < row.count(); ++i) {
        if (!known.contains(row.name(i)))
            continue;
        names.append(row.name(i));
        values.append(row.value(i));
    }
    const QString sql = QStringLiteral("INSERT OR IGNORE INTO ") + table + u'(' + names.join(u',')
        + QStringLiteral(") VALUES(") + QStringList(names.size(), QStringLiteral("?")).join(u',') + u')';
    return !names.isEmpty() && to.run(sql, values) && to.lastChanges() > 0;
}

int copyTable(Database &damaged, Database &to, const QString &table)
{
    const QStringList known = columnsOf(to, table);
    int copied = 0;
    for (const QString &order : {QStringLiteral(" ASC"), QStringLiteral(" DESC")}) {
        const QString sql = QStringLiteral("SELECT * FROM ") + table + QStringLiteral(" ORDER BY ")
            + known.value(0) + order;
        if (damaged.each(sql, {}, [&](const SqlRow &row) { copied += copyRow(row, to, table, known); }))
            break; // all of it could be read
    }
    return copied;
}

}

int salvage(const QString &damaged, Database &to, const QStringList &tables)
{
    Database file(damaged, Database::Durability::Normal, {});
    int copied = 0;
    if (file.openAsIs()) {
        for (const QString &table : tables)
            copied += copyTable(file, to, table);
    }
    qCWarning(lcStore) << "kept" << copied << "rows of" << QFileInfo(damaged).fileName();
    return copied;
}

}
