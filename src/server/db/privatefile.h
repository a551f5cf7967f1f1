#pragma once

#include <QString>

// Files that only their owner may read (reliability.md T34). Any thread; false if it can't be done.
namespace confab::server {

/// The folder, with mode 0700 if it has to be made.
bool makePrivateDir(const QString &path);
/// An empty file with mode 0600, or the present one with its mode corrected.
bool makePrivateFile(const QString &path);

}
