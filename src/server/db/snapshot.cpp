#include "server/db/snapshot.h"

#include "server/db/connection.h"
#include "server/db/schema.h"

#include <QCoreApplication>

namespace confab::server {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Snapshot", text);
}

std::optional<QString> cannotOpen(const QString &path, const QString &why)
{
    return tr("The database %1 cannot be opened: %2.").arg(path, why);
}

}

std::optional<QString> copyDatabase(const QString &from, const QString &to)
{
    Connection connection;
    if (const auto error = connection.open(from))
        return cannotOpen(from, *error);
    Statement statement(connection.prepared(QStringLiteral("VACUUM INTO ?")));
    if (statement.run(to))
        return std::nullopt;
    return tr("The database could not be copied: %1. Check the free space of the disk.")
        .arg(statement.errorText());
}

std::optional<QString> adoptDatabase(const QString &path)
{
    Connection connection;
    if (const auto error = connection.open(path))
        return cannotOpen(path, *error);
    {
        Statement check(connection.prepared(QStringLiteral("PRAGMA quick_check(1)")));
        if (!check.run() || !check.next() || check.text(0) != QLatin1String("ok"))
            return tr("The database in it is damaged. Choose another backup.");
    }
    if (const auto error = prepareSchema(connection))
        return error;
    if (!renewEpoch(connection))
        return tr("The database in it cannot be written.");
    return std::nullopt;
}

std::optional<QString> vacuumDatabase(const QString &path)
{
    Connection connection;
    if (const auto error = connection.open(path))
        return cannotOpen(path, *error);
    if (connection.run(QStringLiteral("VACUUM"))
        && connection.run(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")))
        return std::nullopt;
    return tr(
        "The database could not be compacted: %1. Check the free space of the disk: as much as "
        "the database itself is needed for a while.")
        .arg(connection.lastError());
}

}
