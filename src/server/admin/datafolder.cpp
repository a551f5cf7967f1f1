#include "server/admin/datafolder.h"

#include "server/db/connection.h"
#include "server/db/folderlock.h"
#include "server/db/privatefile.h"
#include "server/db/schema.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

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

/// An administrator's commands run as root, the service does not: what they make in its folder
/// becomes the folder's owner's, or the service could not open it.
void giveToFolderOwner(const QString &dataDir)
{
    struct stat folder;
    if (geteuid() != 0 || ::stat(QFile::encodeName(dataDir).constData(), &folder) != 0
        || folder.st_uid == 0)
        return;
    QDirIterator walk(dataDir, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QByteArray path = QFile::encodeName(walk.next());
        if (::lchown(path.constData(), folder.st_uid, folder.st_gid) != 0)
            return; // the service says which file it can't open
    }
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
    return tr(
        "There is data of a server in %1 already. Choose another folder, or add --force: what "
        "is there is then kept in a folder beside it.")
        .arg(QDir::toNativeSeparators(dataDir));
}

std::optional<QString> openDatabase(Connection &connection, const QString &dataDir)
{
    const QString path = QDir(dataDir).filePath(kDatabaseName);
    const bool isNew = !hasDatabase(dataDir);
    if (!makePrivateDir(dataDir) || !makePrivateFile(path))
        return cannotWrite(dataDir);
    if (isNew)
        giveToFolderOwner(dataDir);
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
    if (moveParts(QDir(staging), target)) {
        giveToFolderOwner(dataDir);
        return std::nullopt;
    }
    if (hadData)
        moveParts(QDir(replaced), target);
    return cannotWrite(dataDir);
}

}
