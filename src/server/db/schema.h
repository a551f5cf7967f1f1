#pragma once

#include "server/db/connection.h"

#include <optional>

namespace confab::server {

/// The version that this program reads and writes, kept in SQLite's user_version: the number of
/// migrations.
int schemaVersion();

/// Brings a new or older file to schemaVersion() in one transaction; refuses a newer one. The error
/// is a sentence for people. A file that is not brought up to date is left as it was.
std::optional<QString> prepareSchema(Connection &connection);

} // namespace confab::server
