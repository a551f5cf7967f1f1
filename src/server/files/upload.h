#pragma once

#include "server/files/files.h"
#include "server/files/multipart.h"

#include <QHash>

#include <memory>
#include <optional>

namespace confab::server {

/// The body of one upload as it comes: the part `file` goes to disk at once, the small fields
/// beside it are kept (protocol.md §9.4). Hub's thread; files outlives it.
class Upload : public Multipart::Handler
{
public:
    Upload(Files &files, const QByteArray &boundary);

    /// Nothing, or why it can't go on.
    std::optional<FileError> feed(const QByteArray &bytes);
    /// Whether the form came to its end and held a file.
    bool isComplete() const { return m_form.state() == Multipart::State::Complete && m_file; }
    const QHash<QByteArray, QByteArray> &fields() const { return m_fields; }
    std::unique_ptr<IncomingFile> takeFile() { return std::move(m_file); }

private:
    bool partBegan(const Multipart::Part &part) override;
    bool partData(const QByteArray &bytes) override;
    bool partEnded() override;

    Files &m_files;
    Multipart m_form;
    QByteArray m_field; ///< that is being read; empty within the file
    QHash<QByteArray, QByteArray> m_fields;
    std::unique_ptr<IncomingFile> m_file;
    std::optional<FileError> m_error;
};

}
