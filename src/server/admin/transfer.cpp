#include "server/admin/transfer.h"

#include "server/admin/datafolder.h"
#include "server/db/connection.h"
#include "server/db/folderlock.h"
#include "server/db/privatefile.h"
#include "server/db/schema.h"
#include "server/db/tabledump.h"
#include "wire/jsonline.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>

namespace confab::server {

namespace {

constexpr QLatin1String kManifest("manifest.json");
constexpr QLatin1String kFormat("confab-export");
constexpr QLatin1String kLines(".jsonl");
constexpr int kRowsPerCommit = 10'000;
constexpr qint64 kMaxManifest = 64 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("Transfer", text);
}

QString cannotWrite(const QString &path, const QString &why)
{
    return tr("%1 can't be written: %2. Check the folder and the free space of its disk.")
        .arg(QDir::toNativeSeparators(path), why);
}

QString cannotRead(const QString &path, const QString &why)
{
    return tr("%1 can't be read: %2.").arg(QDir::toNativeSeparators(path), why);
}

std::optional<QString> openForWriting(QFile &file)
{
    if (makePrivateFile(file.fileName()) && file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return std::nullopt;
    return cannotWrite(file.fileName(), file.errorString());
}

std::optional<QString> exportTable(
    TableDump &dump, const QString &table, const QDir &folder, wire::JsonLineWriter &manifest)
{
    QFile file(folder.filePath(table + kLines));
    if (const auto error = openForWriting(file))
        return error;
    qint64 rows = 0;
    const auto failure = dump.write(table, [&](const QByteArray &line) {
        ++rows;
        return file.write(line + '\n') == line.size() + 1;
    });
    if (failure && !failure->isEmpty())
        return tr("The table “%1” can't be read: %2.").arg(table, *failure);
    if (failure || !file.flush())
        return cannotWrite(file.fileName(), file.errorString());
    manifest.number(QLatin1String("rows ") + table, rows);
    return std::nullopt;
}

std::optional<QString> exportTables(Connection &connection, const QDir &folder)
{
    // One read transaction, so that all tables are of the same moment.
    if (!connection.run(QStringLiteral("BEGIN")))
        return tr("The database can't be read: %1.").arg(connection.lastError());
    wire::JsonLineWriter manifest;
    manifest.text(QStringLiteral("format"), kFormat);
    manifest.number(QStringLiteral("version"), schemaVersion());
    TableDump dump(connection);
    for (const QString &table : dump.tables()) {
        if (const auto error = exportTable(dump, table, folder, manifest))
            return error;
    }
    connection.run(QStringLiteral("COMMIT"));
    // Last: a folder with a manifest is complete but for the uploads, which may go at any time.
    QFile file(folder.filePath(kManifest));
    if (const auto error = openForWriting(file))
        return error;
    const QByteArray line = manifest.line() + '\n';
    if (file.write(line) != line.size() || !file.flush())
        return cannotWrite(file.fileName(), file.errorString());
    return std::nullopt;
}

/// An upload that is deleted meanwhile is left out.
std::optional<QString> copyFiles(const QDir &from, const QDir &to)
{
    QDirIterator walk(
        from.filePath(kFilesName), QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next();
        const QString copy = to.filePath(from.relativeFilePath(path));
        QFile file(path);
        if (!makePrivateDir(QFileInfo(copy).path()) || (!file.copy(copy) && file.exists()))
            return cannotWrite(copy, file.errorString());
    }
    return std::nullopt;
}

/// The schema version of the export.
wire::Result<int, QString> readManifest(const QDir &folder)
{
    QFile file(folder.filePath(kManifest));
    if (!file.open(QIODevice::ReadOnly))
        return tr("%1 is no export of a Confab server: it has no complete manifest.json.")
            .arg(QDir::toNativeSeparators(folder.path()));
    const auto manifest = wire::JsonLineReader::parse(file.read(kMaxManifest));
    const qint64 version = manifest ? manifest->number(QStringLiteral("version")).value_or(0) : 0;
    if (version < 1 || manifest->text(QStringLiteral("format")) != kFormat)
        return cannotRead(file.fileName(), tr("it is not the manifest of an export"));
    if (version > schemaVersion())
        return tr(
            "The export was made by a newer version of Confab. Update Confab, then try again.");
    return int(version);
}

std::optional<QString> importTable(
    Connection &connection, TableDump &dump, const QString &table, const QDir &folder)
{
    QFile file(folder.filePath(table + kLines));
    if (!file.open(QIODevice::ReadOnly))
        return cannotRead(file.fileName(), file.errorString());
    for (qint64 number = 1; !file.atEnd(); ++number) {
        const QByteArray line = file.readLine().trimmed();
        if (line.isEmpty())
            continue;
        if (const auto flaw = dump.insert(table, line))
            return tr("%1, line %2: %3").arg(file.fileName()).arg(number).arg(*flaw);
        if (number % kRowsPerCommit == 0
            && !(connection.run(QStringLiteral("COMMIT"))
                && connection.run(QStringLiteral("BEGIN"))))
            return tr("The database can't be written: %1.").arg(connection.lastError());
    }
    return std::nullopt;
}

std::optional<QString> importTables(const QDir &folder, int version, const QString &database)
{
    Connection connection;
    if (!makePrivateFile(database))
        return cannotWrite(database, tr("the folder does not allow it"));
    if (const auto error = connection.open(database))
        return cannotWrite(database, *error);
    if (const auto error = prepareSchema(connection, version))
        return error;
    TableDump dump(connection);
    connection.run(QStringLiteral("BEGIN"));
    for (const QString &table : dump.tables()) {
        if (const auto error = importTable(connection, dump, table, folder))
            return error;
    }
    if (!connection.run(QStringLiteral("COMMIT")))
        return cannotWrite(database, connection.lastError());
    return prepareSchema(connection);
}

}

std::optional<QString> exportData(const QString &dataDir, const QString &folder)
{
    if (!hasDatabase(dataDir))
        return noServerIn(dataDir);
    if (QDir(folder).exists() && !QDir(folder).isEmpty()) {
        return tr("The folder %1 is not empty. Choose another one for the export.")
            .arg(QDir::toNativeSeparators(folder));
    }
    if (!makePrivateDir(folder))
        return cannotWrite(folder, tr("it can't be made"));
    Connection connection;
    if (const auto error = openDatabase(connection, dataDir))
        return error;
    if (const auto error = exportTables(connection, QDir(folder)))
        return error;
    return copyFiles(QDir(dataDir), QDir(folder));
}

std::optional<QString> importData(
    const QString &folder, const QString &dataDir, IfPresent ifPresent)
{
    const auto version = readManifest(QDir(folder));
    if (!version)
        return version.error();
    const auto lock = FolderLock::take(dataDir);
    if (!lock)
        return lock.error();
    if (hasDatabase(dataDir) && ifPresent == IfPresent::Refuse)
        return dataPresent(dataDir);
    QTemporaryDir staging(QDir(dataDir).filePath(QStringLiteral(".import-XXXXXX")));
    if (!staging.isValid())
        return cannotWrite(dataDir, staging.errorString());
    if (const auto error = importTables(QDir(folder), *version, staging.filePath(kDatabaseName)))
        return error;
    if (const auto error = copyFiles(QDir(folder), QDir(staging.path())))
        return error;
    return installData(staging.path(), dataDir);
}

}
