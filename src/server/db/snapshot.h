#pragma once

#include <QString>

#include <optional>

// Whole database files. Every error is a sentence for people. Any thread; each call opens what it
// needs.
namespace confab::server {

/// A consistent copy of a database that may be in use; `to` must not exist. Readers and writers of
/// `from` go on meanwhile.
std::optional<QString> copyDatabase(const QString &from, const QString &to);

/// Makes a file that was copied into a history of its own: looks for damage, brings its schema up to
/// date, and gives it a new epoch, so that clients notice that it may have gone back in time
/// (reliability.md R8).
std::optional<QString> adoptDatabase(const QString &path);

/// Gives the space of deleted rows back to the disk. Nothing else may use the file.
std::optional<QString> vacuumDatabase(const QString &path);

}
