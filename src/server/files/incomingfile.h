#pragma once

#include "server/files/fileerror.h"
#include "server/files/filetype.h"

#include <QFile>
#include <QString>

#include <optional>

namespace confab::server {

/// A file that is being received: written as it comes, never held in memory. It is removed again
/// unless somebody keeps it. Hub's thread.
class IncomingFile
{
public:
    /// Makes folder/ID with mode 0600.
    IncomingFile(const QString &folder, qint64 maxSize);
    ~IncomingFile();
    IncomingFile(const IncomingFile &) = delete;
    IncomingFile &operator=(const IncomingFile &) = delete;

    const QString &id() const { return m_id; }
    qint64 size() const { return m_size; }
    FileType type() const { return sniffFileType(m_head); }

    /// Nothing, or why it can't go on; then nothing more is written.
    std::optional<FileError> write(const QByteArray &bytes);
    /// Everything was written. The file stays from here on; the handle, to be synchronised and
    /// closed by the caller.
    int release();

private:
    const QString m_id;
    const qint64 m_maxSize;
    QFile m_file;
    QByteArray m_head;
    qint64 m_size = 0;
    bool m_released = false;
};

}
