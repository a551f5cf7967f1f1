#include "widgets/media/picturedecoder.h"

#include <QIODevice>
#include <QImageReader>
#include <QPainter>
#include <QPainterPath>
#include <QtEndian>

namespace confab {

namespace {

constexpr qint64 kHeadBytes = 1024 * 1024;
constexpr int kAllocationMiB = 64;

QByteArray formatName(wire::ImageFormat format)
{
    switch (format) {
    case wire::ImageFormat::Png:
        return "png";
    case wire::ImageFormat::Jpeg:
        return "jpeg";
    case wire::ImageFormat::Gif:
        return "gif";
    case wire::ImageFormat::Webp:
        return "webp";
    case wire::ImageFormat::None:
        break;
    }
    return {};
}

/// Room for a chunk is made before it is read: one that promises more than there is could take 2 GiB.
bool chunksFit(QIODevice &device)
{
    constexpr qint64 kFrame = 12; // length, name and checksum
    const qint64 size = device.size();
    for (qint64 at = 8; at + kFrame <= size;) {
        if (!device.seek(at))
            return false;
        const QByteArray head = device.read(8);
        const qint64 length = head.size() < 8 ? size : qint64(qFromBigEndian<quint32>(head.constData()));
        if (length > size - at - kFrame)
            return false;
        if (head.endsWith("IEND"))
            return true;
        at += kFrame + length;
    }
    return false;
}

bool liesOnItsSide(const QImageReader &reader)
{
    return reader.transformation().testFlag(QImageIOHandler::TransformationRotate90);
}

}

wire::ImageHeader headerOf(QIODevice &device)
{
    device.seek(0);
    const wire::ImageHeader header = wire::readImageHeader(device.peek(kHeadBytes));
    const bool isWhole = header.format != wire::ImageFormat::Png || chunksFit(device);
    device.seek(0);
    return isWhole ? header : wire::ImageHeader();
}

bool prepareReader(QImageReader &reader, const wire::ImageHeader &header, const QSize &most)
{
    if (!wire::isDecodable(header))
        return false;
    QImageReader::setAllocationLimit(kAllocationMiB);
    reader.setAutoDetectImageFormat(false);
    reader.setDecideFormatFromContent(false);
    reader.setFormat(formatName(header.format));
    reader.setAutoTransform(true);
    const QSize size(header.width, header.height);
    const QSize room = liesOnItsSide(reader) ? most.transposed() : most;
    if (!most.isEmpty() && (size.width() > room.width() || size.height() > room.height()))
        reader.setScaledSize(size.scaled(room, Qt::KeepAspectRatio).expandedTo({1, 1}));
    return true;
}

QSize shownSize(const wire::ImageHeader &header, QIODevice &device)
{
    device.seek(0);
    QImageReader reader(&device);
    if (!prepareReader(reader, header, {}))
        return {};
    const QSize size(header.width, header.height);
    return liesOnItsSide(reader) ? size.transposed() : size;
}

QImage decodePicture(QIODevice &device, const QSize &most)
{
    const wire::ImageHeader header = headerOf(device);
    QImageReader reader(&device);
    if (!prepareReader(reader, header, most))
        return {};
    const QImage image = reader.read();
    return image.isNull() ? image : image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

QImage withRoundCorners(const QImage &image, qreal radius)
{
    if (radius <= 0 || image.isNull())
        return image;
    QImage result(image.size(), QImage::Format_ARGB32_Premultiplied);
    result.fill(Qt::transparent);
    QPainter painter(&result);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath path;
    path.addRoundedRect(QRectF(QPointF(), QSizeF(image.size())), radius, radius);
    painter.fillPath(path, QBrush(image));
    return result;
}

}
