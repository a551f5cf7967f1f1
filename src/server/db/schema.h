#pragma once

#include "server/db/connection.h"

#include <optional>

namespace confab::server {

/// The version that this program reads and writes, kept in SQLite's user_version: the number of
/// migrations.
int schemaVersion();

bool isSchemaCurrent(Connection &connection);

/// Brings a new or older file to schemaVersion() in one transaction; refuses a newer one. The error
/// is a sentence for people. A file that is not brought up to date is left as it was.
std::optional<QString> prepareSchema(Connection &connection);

/// The same up to an older version only, for rows that were exported by it.
std::optional<QString> prepareSchema(Connection &connection, int version);

/// Another identity for this history, so that clients look again at what they have (reliability.md
/// R8).
bool renewEpoch(Connection &connection);

} // namespace confab::server
