#pragma once

#include "wire/media/imageheader.h"

#include <QByteArray>
#include <QImage>
#include <QSize>

class QIODevice;
class QImageReader;

// Pictures of strangers, decoded within limits (reliability.md T12). Blocks: for worker threads.
namespace confab {

/// What a picture file says of itself, without decoding it. The device is left at its start.
wire::ImageHeader headerOf(QIODevice &device);

/// The size as it is shown: of those that lie on their side width and height change places.
QSize shownSize(const wire::ImageHeader &header, QIODevice &device);

/// At most `most` large, upright, never larger than it is; an empty `most` means as it is. Null if
/// it is none of the formats we take, too large, or broken.
QImage decodePicture(QIODevice &device, const QSize &most);

/// The same reader for one frame after another. False: none of ours.
bool prepareReader(QImageReader &reader, const wire::ImageHeader &header, const QSize &most);

/// With round corners, for painting as it is.
QImage withRoundCorners(const QImage &image, qreal radius);

}
