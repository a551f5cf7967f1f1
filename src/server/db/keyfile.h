#pragma once

#include "wire/result.h"

#include <QByteArray>
#include <QString>

namespace confab::server {

/// The 256-bit key in this file; made at random with mode 0600 if there is none (reliability.md
/// T31). A file with another size is refused, never replaced: a new key would sign everybody out.
/// The error is a sentence for people.
wire::Result<QByteArray, QString> loadOrMakeKey(const QString &path);

} // namespace confab::server
