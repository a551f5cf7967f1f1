#pragma once

#include "wire/result.h"

#include <QLockFile>
#include <QString>

#include <memory>

namespace confab::server {

/// Keeps a data folder to one server, or one restore, at a time: the file server.lock in it. A lock
/// whose process is gone does not count. Any thread.
class FolderLock
{
public:
    /// Makes the folder, with mode 0700, if there is none. The error is a sentence that names who
    /// holds the lock.
    static wire::Result<std::unique_ptr<FolderLock>, QString> take(const QString &dataDir);

private:
    explicit FolderLock(const QString &path);

    QLockFile m_file;
};

}
