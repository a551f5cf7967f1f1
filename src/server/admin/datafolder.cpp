#include "server/admin/datafolder.h"

#include "server/db/connection.h"
#include "server/db/folderlock.h"
#include "server/db/privatefile.h"
#include "server/db/schema.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>

namespace confab::server {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("DataFolder", text);
}

QString cannotWrite(const QString &dataDir)
{
    return tr("The data folder %1 cannot be written. Check its owner, its permissions and the free "
              "space of the disk.")
        .arg(QDir::toNativeSeparators(dataDir));
}

/// Everything that belongs to one state of a server.
QStringList partNames()
{
    return {kDatabaseName, kDatabaseName + QLatin1String("-wal"),
        kDatabaseName + QLatin1String("-shm"), kKeyName, kFilesName};
}

bool moveParts(const QDir &from, const QDir &to)
{
    for (const QString &name : partNames()) {
        if (from.exists(name) && !QDir().rename(from.filePath(name), to.filePath(name)))
            return false;
    }
    return true;
}

}

bool hasDatabase(const QString &dataDir)
{
    return QFile::exists(QDir(dataDir).filePath(kDatabaseName));
}

QString noServerIn(const QString &dataDir)
{
    return tr("There is no data of a server in %1. Check the folder given with --data.")
        .arg(QDir::toNativeSeparators(dataDir));
}

QString dataPresent(const QString &dataDir)
{
    return tr("There is data of a server in %1 already. Choose another folder, or add --force: what "
              "is there is then kept in a folder beside it.")
        .arg(QDir::toNativeSeparators(dataDir));
}

std::optional<QString> openDatabase(Connection &connection, const QString &dataDir)
{
    const QString path = QDir(dataDir).filePath(kDatabaseName);
    if (!makePrivateDir(dataDir) || !makePrivateFile(path))
        return cannotWrite(dataDir);
    if (const auto error = connection.open(path))
        return tr("The database %1 cannot be opened: %2.").arg(path, *error);
    if (isSchemaCurrent(connection))
        return std::nullopt;
    // Held for this moment only: a server may start while the rest goes on.
    const auto lock = FolderLock::take(dataDir);
    return lock ? prepareSchema(connection) : lock.error();
}

std::optional<QString> installData(const QString &staging, const QString &dataDir)
{
    const QDir target(dataDir);
    const QString stamp
        = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd'T'hhmmsszzz'Z'"));
    const QString replaced = target.filePath(QLatin1String("replaced-") + stamp);
    const bool hadData = hasDatabase(dataDir);
    if (hadData && (!makePrivateDir(replaced) || !moveParts(target, QDir(replaced))))
        return cannotWrite(dataDir);
    if (moveParts(QDir(staging), target))
        return std::nullopt;
    if (hadData)
        moveParts(QDir(replaced), target);
    return cannotWrite(dataDir);
}

}
