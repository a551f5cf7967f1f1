#pragma once

#include "server/admin/backup.h"

#include <QString>

#include <optional>

// The whole of a server as a folder that other programs can read: manifest.json; TABLE.jsonl with one
// JSON object a line for each table (users, logins, topics, subs, messages, ...), columns by their
// names, times in milliseconds since 1970 (0: never), rights as the protocol's bits, password hashes as
// libsodium writes them; and files/ as it is. Signing keys are left out: after an import everybody
// signs in again. One row at a time is in memory. Any thread; every error is a sentence for people.
namespace confab::server {

/// The server may be running: what is exported is its state at one moment. The folder must be empty
/// or missing; everything in it is readable by its owner only.
std::optional<QString> exportData(const QString &dataDir, const QString &folder);

/// Refused while a server runs. An export of an older version is brought up to date. Data that is
/// there already is refused, or kept in "replaced-TIME" inside the data folder.
std::optional<QString> importData(
    const QString &folder, const QString &dataDir, IfPresent ifPresent);

}
