#include "server/files/incomingfile.h"

#include "server/files/fileid.h"
#include "server/logevent.h"

#include <QDir>

#include <fcntl.h>

namespace confab::server {

IncomingFile::IncomingFile(const QString &folder, qint64 maxSize)
    : m_id(randomFileId())
    , m_maxSize(maxSize)
    , m_file(QDir(folder).filePath(m_id))
{
    const auto mode = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    const auto how = QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered;
    if (!m_file.open(how, mode))
        LogEvent::warning("upload-failed").with("reason", m_file.errorString());
}

IncomingFile::~IncomingFile()
{
    if (!m_released)
        m_file.remove();
}

std::optional<FileError> IncomingFile::write(const QByteArray &bytes)
{
    if (m_size + bytes.size() > m_maxSize)
        return FileError::TooLarge;
    if (!m_file.isOpen())
        return FileError::Failed;
    if (m_file.write(bytes) != bytes.size()) {
        LogEvent::warning("upload-failed").with("reason", m_file.errorString());
        return m_file.error() == QFileDevice::ResourceError ? FileError::DiskFull
                                                            : FileError::Failed;
    }
    m_size += bytes.size();
    if (m_head.size() < kSniffedBytes)
        m_head += bytes.left(kSniffedBytes - m_head.size());
    return std::nullopt;
}

int IncomingFile::release()
{
    m_released = true;
    const int handle = m_file.isOpen() ? ::fcntl(m_file.handle(), F_DUPFD_CLOEXEC, 0) : -1;
    m_file.close();
    return handle;
}

}
