#include "server/admin/maintenance.h"

#include "server/admin/datafolder.h"
#include "server/db/folderlock.h"
#include "server/db/snapshot.h"

#include <QDir>

namespace confab::server {

std::optional<QString> compactData(const QString &dataDir)
{
    if (!hasDatabase(dataDir))
        return noServerIn(dataDir);
    const auto lock = FolderLock::take(dataDir);
    return lock ? vacuumDatabase(QDir(dataDir).filePath(kDatabaseName)) : lock.error();
}

}
