#pragma once

#include <QString>

namespace confab::server {

/// 128 random bits as 22 URL-safe characters: the name of a stored file on disk, in the database
/// and in its URL. Nothing that a client sends is ever part of a path (reliability.md T27).
QString randomFileId();
bool isFileId(QStringView text);

/// "/v0/file/s/ID.jpg" (protocol.md §9.4); the suffix is for those who save it.
QString fileUrl(const QString &id, const QString &suffix);
/// The id in such a URL, relative or absolute; empty for any other.
QString fileIdOfUrl(const QString &url);

}
