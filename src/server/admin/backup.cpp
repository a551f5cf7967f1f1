#include "server/admin/backup.h"

#include "server/admin/datafolder.h"
#include "server/admin/tarfile.h"
#include "server/db/folderlock.h"
#include "server/db/snapshot.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace confab::server {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Backup", text);
}

/// A file of the backup, under the name it has there.
struct Part {
    QString path;
    QString name;
};

QList<Part> partsOf(const QString &dataDir, const QString &database)
{
    const QDir folder(dataDir);
    QList<Part> parts{{database, kDatabaseName}};
    if (folder.exists(kKeyName))
        parts.append({folder.filePath(kKeyName), kKeyName});
    QDirIterator walk(folder.filePath(kFilesName), QDir::Files | QDir::NoSymLinks | QDir::Hidden,
        QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next();
        parts.append({path, folder.relativeFilePath(path)});
    }
    return parts;
}

/// Names that a backup of ours has; anything else is not put on the disk.
bool isPartName(const QString &name)
{
    if (name == kDatabaseName || name == kKeyName)
        return true;
    const QStringList steps = name.split(u'/');
    return steps.size() > 1 && steps.constFirst() == kFilesName && !steps.contains(QString())
        && !steps.contains(QStringLiteral(".")) && !steps.contains(QStringLiteral(".."));
}

std::optional<QString> pack(
    const QString &file, const QList<Part> &parts, const BackupProgress &progress)
{
    TarWriter tar(file);
    qint64 total = 0;
    for (const Part &part : parts)
        total += QFileInfo(part.path).size();
    qint64 done = 0;
    for (const Part &part : parts) {
        const auto added = tar.add(part.path, part.name, [&](qint64 bytes) {
            done += bytes;
            if (progress)
                progress(done, total);
        });
        // An upload that is gone was deleted since; without the database there is no backup.
        if (added == TarWriter::Added::Unreadable && !part.name.startsWith(kFilesName))
            return tr("%1 can't be read. Check its owner and permissions.").arg(part.path);
        if (added == TarWriter::Added::Failed)
            break;
    }
    if (tar.finish())
        return std::nullopt;
    return tr(
        "The backup %1 can't be written: %2. Check the folder and the free space of its disk.")
        .arg(QDir::toNativeSeparators(file), tar.errorText());
}

}

std::optional<QString> makeBackup(
    const QString &dataDir, const QString &file, const BackupProgress &progress)
{
    if (!hasDatabase(dataDir))
        return noServerIn(dataDir);
    // Beside the backup, whose disk has room for a copy of the database.
    QTemporaryDir staging(
        QFileInfo(file).absolutePath() + QStringLiteral("/.confab-backup-XXXXXX"));
    if (!staging.isValid())
        return tr("The folder of %1 can't be written. Choose another place for the backup.")
            .arg(QDir::toNativeSeparators(file));
    // The database first: what it refers to then is on the disk already.
    const QString copy = staging.filePath(kDatabaseName);
    if (const auto error = copyDatabase(QDir(dataDir).filePath(kDatabaseName), copy))
        return error;
    return pack(file, partsOf(dataDir, copy), progress);
}

std::optional<QString> restoreBackup(
    const QString &file, const QString &dataDir, IfPresent ifPresent)
{
    const auto lock = FolderLock::take(dataDir);
    if (!lock)
        return lock.error();
    if (hasDatabase(dataDir) && ifPresent == IfPresent::Refuse)
        return dataPresent(dataDir);
    QTemporaryDir staging(QDir(dataDir).filePath(QStringLiteral(".restore-XXXXXX")));
    if (!staging.isValid())
        return tr("The data folder %1 can't be written. Check its permissions.")
            .arg(QDir::toNativeSeparators(dataDir));
    if (const auto error = unpackTar(file, staging.path(), isPartName)) {
        return tr("%1 can't be restored: %2. Nothing was changed.")
            .arg(QDir::toNativeSeparators(file), *error);
    }
    if (!hasDatabase(staging.path()))
        return tr("%1 is no backup of a Confab server: there is no database in it.")
            .arg(QDir::toNativeSeparators(file));
    if (const auto error = adoptDatabase(staging.filePath(kDatabaseName)))
        return error;
    return installData(staging.path(), dataDir);
}

}
