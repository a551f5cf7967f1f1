#pragma once

#include "wire/drafty/entity.h"

#include <QByteArray>

namespace confab::wire {

/// The body of an answer to `GET /v0/urlpreview` (docs/extensions.md), whose picture has the size
/// that the page gave it. Empty if it is none or has no title.
LinkPreview readUrlPreview(const QByteArray &body);

}
