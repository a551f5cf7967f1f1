#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace confab::server {

/// What a file is, by its first bytes. Never by its name or by what the client says: a browser that
/// opens it must not run it in this server's name (reliability.md T28).
struct FileType {
    QByteArray mime;
    QString suffix; ///< with its dot; empty for unknown content
    bool isShown = false; ///< images, sound and video that a browser may show in place; the rest is
                          ///< only ever saved

    bool operator==(const FileType &) const = default;
};

/// So many first bytes are enough for sniffFileType().
inline constexpr qsizetype kSniffedBytes = 512;

/// Anything unknown, text and markup included, is application/octet-stream.
FileType sniffFileType(const QByteArray &head);

/// The type by its MIME name, as sniffFileType() gave it; what is not one of them is unknown
/// content.
FileType fileTypeNamed(const QByteArray &mime);

}
