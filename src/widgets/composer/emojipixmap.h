#pragma once

#include "widgets/theme.h"

#include <QPixmap>

namespace confab {

/// An emoji in the middle of a square, both in device-independent pixels.
QPixmap emojiPixmap(const QString &emoji, int glyph, int box, const Theme &theme, qreal ratio);

}
