#include "widgets/media/picturecache.h"

#include "widgets/media/picturedecoder.h"

#include <QBuffer>
#include <QFile>
#include <QImage>

namespace confab {

namespace {

/// More than are on two screens: who scrolls past asks again when they come back.
constexpr qsizetype kMostWaiting = 48;

QImage decode(const PictureRequest &request)
{
    QImage image;
    if (request.path.isEmpty()) {
        QByteArray bytes = QByteArray::fromBase64(request.base64.toLatin1());
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::ReadOnly);
        image = decodePicture(buffer, request.size);
    } else {
        QFile file(request.path);
        if (file.open(QIODevice::ReadOnly))
            image = decodePicture(file, request.size);
    }
    if (image.isNull())
        return image;
    if (request.isFilling) // soft by its growing, which is what it is: a hint of what comes
        image = image.scaled(request.size, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    return withRoundCorners(image, request.radius);
}

}

PictureCache::PictureCache(QObject *parent)
    : QObject(parent)
    , m_pixmaps(kBytes)
{
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowPriority);
}

PictureCache::~PictureCache()
{
    m_waiting.clear();
    m_pool.waitForDone();
}

const QPixmap *PictureCache::find(const PictureRequest &request)
{
    const Key key{request.id, request.size};
    if (const QPixmap *pixmap = m_pixmaps.object(key))
        return pixmap;
    if (request.size.isEmpty() || m_broken.contains(request.id) || m_known.contains(key))
        return nullptr;
    if (m_waiting.size() >= kMostWaiting) {
        const PictureRequest oldest = m_waiting.takeFirst();
        m_known.remove({oldest.id, oldest.size});
    }
    m_known.insert(key);
    m_waiting.append(request);
    decodeNext();
    return nullptr;
}

void PictureCache::clear()
{
    m_pixmaps.clear();
    m_broken.clear();
}

void PictureCache::decodeNext()
{
    if (m_busy || m_waiting.isEmpty())
        return;
    m_busy = true;
    m_pool.start([this, request = m_waiting.takeLast()] {
        QImage image = decode(request);
        QMetaObject::invokeMethod(
            this, [this, request, image] { take(request, image); }, Qt::QueuedConnection);
    });
}

void PictureCache::take(const PictureRequest &request, const QImage &image)
{
    m_busy = false;
    ++m_decoded;
    const Key key{request.id, request.size};
    m_known.remove(key);
    if (image.isNull()) {
        m_broken.insert(request.id);
        emit failed(request.id);
    } else {
        auto *pixmap = new QPixmap(QPixmap::fromImage(image));
        m_pixmaps.insert(key, pixmap, image.sizeInBytes());
        emit ready(request.id);
    }
    decodeNext();
}

}
