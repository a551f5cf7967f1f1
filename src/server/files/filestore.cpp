#include "server/files/filestore.h"

#include "server/files/fileid.h"
#include "server/logevent.h"

#include <QDir>
#include <QStorageInfo>

#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace confab::server {

namespace {

constexpr QFileDevice::Permissions kOwnerOnly
    = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;

bool makePrivateFolder(const QString &path)
{
    return QDir().mkpath(path) && QFile::setPermissions(path, kOwnerOnly);
}

/// The bytes of the file, then its name in the folder.
bool synchronizeHandle(int handle, const QByteArray &folder)
{
    const bool written = handle >= 0 && ::fsync(handle) == 0;
    if (handle >= 0)
        ::close(handle);
    const int folderHandle = ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool named = folderHandle >= 0 && ::fsync(folderHandle) == 0;
    if (folderHandle >= 0)
        ::close(folderHandle);
    return written && named;
}

}

FileStore::FileStore(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_pendingFolder(QDir(folder).filePath(QStringLiteral("pending")))
{
    m_pool.setMaxThreadCount(1);
}

FileStore::~FileStore()
{
    m_pool.clear();
    m_pool.waitForDone();
}

std::optional<QString> FileStore::open()
{
    if (makePrivateFolder(m_folder) && makePrivateFolder(m_pendingFolder))
        return std::nullopt;
    return tr(
        "The folder %1 for uploaded files cannot be written. Check its permissions, or choose "
        "another data folder.")
        .arg(QDir::toNativeSeparators(m_folder));
}

qint64 FileStore::freeBytes() const
{
    return QStorageInfo(m_folder).bytesAvailable();
}

std::unique_ptr<IncomingFile> FileStore::receive(qint64 maxSize) const
{
    return std::make_unique<IncomingFile>(m_pendingFolder, maxSize);
}

void FileStore::synchronize(
    std::unique_ptr<IncomingFile> file, const QObject *context, std::function<void(bool)> done)
{
    // What the caller captured stays on this thread; only the number of the job crosses.
    m_waiting.insert(++m_lastJob, {context, std::move(done)});
    m_pool.start([this, job = m_lastJob, handle = file->release(),
                     folder = QFile::encodeName(m_pendingFolder)] {
        const bool ok = synchronizeHandle(handle, folder);
        QMetaObject::invokeMethod(this, [this, job, ok] { deliver(job, ok); });
    });
}

void FileStore::deliver(quint64 job, bool ok)
{
    const Waiting waiting = m_waiting.take(job);
    if (waiting.context)
        waiting.done(ok);
}

bool FileStore::accept(const QString &id) const
{
    if (QFile::rename(pendingPath(id), path(id)))
        return true;
    LogEvent::warning("upload-failed")
        .with("reason", QStringLiteral("cannot be moved to its place"));
    return false;
}

void FileStore::retire(const QString &id) const
{
    QFile::rename(path(id), pendingPath(id));
}

void FileStore::removePending(const QString &id) const
{
    QFile::remove(pendingPath(id));
}

QStringList FileStore::pending() const
{
    return QDir(m_pendingFolder).entryList(QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot);
}

std::unique_ptr<QFile> FileStore::read(const QString &id) const
{
    Q_ASSERT(isFileId(id));
    auto file = std::make_unique<QFile>(path(id));
    return file->open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? std::move(file) : nullptr;
}

QString FileStore::path(const QString &id) const
{
    return QDir(m_folder).filePath(id);
}

QString FileStore::pendingPath(const QString &id) const
{
    return QDir(m_pendingFolder).filePath(id);
}

}
