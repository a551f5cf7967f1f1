#pragma once

#include <QImage>
#include <QVideoFrame>

namespace confab {

/// A frame as an image. Qt's own way goes through the graphics card, which only the GUI thread may
/// use; this one is for worker threads. Null for kinds of frames that it does not know.
QImage imageOf(QVideoFrame frame);

}
