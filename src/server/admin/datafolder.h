#pragma once

#include <QString>

#include <optional>

// The data folder of a server as a whole: confab.db, key, and files/ with what people uploaded. Every
// error is a sentence for people.
namespace confab::server {

class Connection;

inline constexpr QLatin1String kDatabaseName("confab.db");
inline constexpr QLatin1String kKeyName("key");
inline constexpr QLatin1String kFilesName("files");

bool hasDatabase(const QString &dataDir);
/// Says that there is no server's data in the folder.
QString noServerIn(const QString &dataDir);
/// Says that a restore or import would replace what is in the folder.
QString dataPresent(const QString &dataDir);

/// The database, made if missing and brought up to date unless a server of another version is running
/// on it.
std::optional<QString> openDatabase(Connection &connection, const QString &dataDir);

/// Makes what stands in `staging`, a folder inside dataDir, the data of that server. What was there
/// before goes into a folder "replaced-TIME" beside it. The caller holds the FolderLock.
std::optional<QString> installData(const QString &staging, const QString &dataDir);

}
