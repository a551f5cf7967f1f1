#pragma once

#include <QString>

#include <functional>
#include <optional>

// A backup is one tar file: confab.db, a consistent copy of the database; key, which signs tokens, so
// that people stay signed in after a restore; and files/ with what people uploaded. `tar -tf` lists
// it. Any thread; each call takes as long as the disk does. Every error is a sentence for people.
namespace confab::server {

/// Bytes that are in the backup, of about so many. May be empty.
using BackupProgress = std::function<void(qint64 done, qint64 total)>;

/// The server may be running. A file that somebody deletes meanwhile may be missing. The backup has
/// mode 0600 and takes its name, perhaps over an older one, once it is complete.
std::optional<QString> makeBackup(
    const QString &dataDir, const QString &file, const BackupProgress &progress = {});

enum class IfPresent { Refuse, Replace };
/// Refused while a server runs. Data that is there already is refused, or kept in "replaced-TIME"
/// inside the folder. The restored server has a new epoch, so that clients notice.
std::optional<QString> restoreBackup(const QString &file, const QString &dataDir, IfPresent ifPresent);

}
