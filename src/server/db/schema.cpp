#include "server/db/schema.h"

#include "server/db/migrations.h"

#include <QCoreApplication>
#include <QRandomGenerator>

namespace confab::server {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Schema", text);
}

int storedVersion(Connection &connection)
{
    Statement statement(connection.prepared(QStringLiteral("PRAGMA user_version")));
    return statement.run() && statement.next() ? statement.number(0) : -1;
}

bool migrate(Connection &connection, int version, int target)
{
    const QList<Migration> &steps = migrations();
    for (int step = version; step < target; ++step) {
        for (const QString &sql : steps.at(step)) {
            if (!connection.run(sql))
                return false;
        }
    }
    return (version > 0 || renewEpoch(connection))
        && connection.run(QLatin1String("PRAGMA user_version=") + QString::number(target));
}

} // namespace

int schemaVersion()
{
    return int(migrations().size());
}

bool isSchemaCurrent(Connection &connection)
{
    return storedVersion(connection) == schemaVersion();
}

bool renewEpoch(Connection &connection)
{
    const QString epoch = QString::number(QRandomGenerator::system()->generate64(), 36);
    Statement statement(
        connection.prepared(QStringLiteral("INSERT OR REPLACE INTO meta VALUES('epoch', ?)")));
    return statement.run(epoch);
}

std::optional<QString> prepareSchema(Connection &connection)
{
    return prepareSchema(connection, schemaVersion());
}

std::optional<QString> prepareSchema(Connection &connection, int target)
{
    Q_ASSERT(target > 0 && target <= schemaVersion());
    // Read outside the transaction first, so that the usual start takes no write lock.
    int version = storedVersion(connection);
    if (version == target)
        return std::nullopt;
    if (version > target) {
        return tr("The database was written by a newer version of Confab. Update Confab, or choose "
                  "another data folder.");
    }
    if (version >= 0 && connection.run(QStringLiteral("BEGIN IMMEDIATE"))) {
        version = storedVersion(connection);
        if (version >= 0 && migrate(connection, version, target)
            && connection.run(QStringLiteral("COMMIT")))
            return std::nullopt;
        const QString reason = connection.lastError();
        connection.run(QStringLiteral("ROLLBACK"));
        return tr("The database could not be brought up to date: %1. Check the data folder and its "
                  "free space.")
            .arg(reason);
    }
    return tr("The database could not be opened for writing: %1. Check the data folder and its "
              "free space.")
        .arg(connection.lastError());
}

} // namespace confab::server
