#pragma once

#include <QString>

#include <optional>

namespace confab::server {

/// Gives the space of deleted messages back to the disk. Refused while a server runs, because nobody
/// could write meanwhile. Takes as long as copying the database does; any thread. The error is a
/// sentence for people.
std::optional<QString> compactData(const QString &dataDir);

}
