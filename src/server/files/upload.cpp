#include "server/files/upload.h"

namespace confab::server {

namespace {

constexpr qsizetype kMaxField = 4 * 1024;

}

Upload::Upload(Files &files, const QByteArray &boundary)
    : m_files(files)
    , m_form(boundary, *this)
{
}

std::optional<FileError> Upload::feed(const QByteArray &bytes)
{
    switch (m_form.feed(bytes)) {
    case Multipart::State::Reading:
    case Multipart::State::Complete:
        return std::nullopt;
    case Multipart::State::Malformed:
        return FileError::Malformed;
    case Multipart::State::Refused:
        return m_error.value_or(FileError::Malformed);
    }
    return std::nullopt;
}

bool Upload::partBegan(const Multipart::Part &part)
{
    const bool isFile = part.isFile || part.name == "file";
    m_field = isFile ? QByteArray() : part.name;
    if (!isFile)
        return true;
    if (m_file) // one at a time
        return false;
    m_file = m_files.receive();
    return true;
}

bool Upload::partData(const QByteArray &bytes)
{
    if (m_field.isEmpty()) {
        m_error = m_file->write(bytes);
        return !m_error;
    }
    QByteArray &value = m_fields[m_field];
    value += bytes;
    return value.size() <= kMaxField;
}

bool Upload::partEnded()
{
    return true;
}

}
