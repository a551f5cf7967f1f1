#pragma once

#include "server/db/connection.h"

#include <optional>

namespace confab::server {

/// The version that this program reads and writes, kept in SQLite's user_version.
inline constexpr int kSchemaVersion = 1;

/// Brings a new or older file to kSchemaVersion in one transaction; refuses a newer one. The error
/// is a sentence for people.
std::optional<QString> prepareSchema(Connection &connection);

} // namespace confab::server
