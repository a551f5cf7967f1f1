#include "server/db/folderlock.h"

#include "server/db/privatefile.h"

#include <QCoreApplication>
#include <QDir>

namespace confab::server {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("FolderLock", text);
}

}

FolderLock::FolderLock(const QString &path)
    : m_file(path)
{
    // Only a process that is gone makes it stale, however long it has been held.
    m_file.setStaleLockTime(0);
}

wire::Result<std::unique_ptr<FolderLock>, QString> FolderLock::take(const QString &dataDir)
{
    const QString shown = QDir::toNativeSeparators(dataDir);
    if (!makePrivateDir(dataDir))
        return tr("The data folder %1 cannot be made. Check its permissions, or choose another "
                  "folder.")
            .arg(shown);
    std::unique_ptr<FolderLock> lock(
        new FolderLock(QDir(dataDir).filePath(QStringLiteral("server.lock"))));
    if (lock->m_file.tryLock(0))
        return lock;
    qint64 process = 0;
    QString host;
    QString holder; // empty of a server, whose memory nobody may look into
    if (lock->m_file.error() == QLockFile::LockFailedError
        && lock->m_file.getLockInfo(&process, &host, &holder)) {
        return tr("The data folder %1 is in use by %2 (process %3). Stop it first, or choose "
                  "another folder.")
            .arg(shown, holder.isEmpty() ? QStringLiteral("confabd") : holder)
            .arg(process);
    }
    return tr("The data folder %1 cannot be written. Check its permissions, or choose another "
              "folder.")
        .arg(shown);
}

}
