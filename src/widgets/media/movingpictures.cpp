#include "widgets/media/movingpictures.h"

#include "widgets/media/picturedecoder.h"

#include <QBuffer>
#include <QFile>
#include <QImageReader>
#include <QTimer>

namespace confab {

namespace {

constexpr qint64 kMostPixels = 2'000'000; // a frame of a picture that moves
constexpr int kLeastDelay = 20; // ms; some files say 0

}

struct MovingPictures::Source {
    PictureRequest request;
    QFile file;
    QByteArray bytes; ///< of a picture inside its message
    QBuffer buffer;
    std::unique_ptr<QImageReader> reader;

    QImage next()
    {
        if (!reader && !open())
            return {};
        QImage image = reader->read();
        if (image.isNull()) { // past the last one
            if (!open())
                return {};
            image = reader->read();
        }
        if (image.isNull())
            return image;
        const QSize &size = request.size;
        if (image.width() > size.width() || image.height() > size.height())
            image = image.scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        return withRoundCorners(image, request.radius);
    }

private:
    QIODevice *device()
    {
        if (!request.path.isEmpty()) {
            file.close();
            file.setFileName(request.path);
            return &file;
        }
        if (bytes.isEmpty())
            bytes = QByteArray::fromBase64(request.base64.toLatin1());
        buffer.close();
        buffer.setBuffer(&bytes);
        return &buffer;
    }

    bool open()
    {
        reader.reset();
        QIODevice *opened = device();
        if (!opened->open(QIODevice::ReadOnly))
            return false;
        const wire::ImageHeader header = headerOf(*opened);
        if (!header.mayMove || qint64(header.width) * header.height > kMostPixels)
            return false;
        reader = std::make_unique<QImageReader>(opened);
        return prepareReader(*reader, header, {});
    }
};

MovingPictures::MovingPictures(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowPriority);
}

MovingPictures::~MovingPictures()
{
    m_pool.waitForDone();
}

const QPixmap *MovingPictures::frame(const PictureRequest &request)
{
    const QString &id = request.id;
    const QSize &size = request.size;
    auto movie = m_movies.find(id);
    if (movie == m_movies.end() || movie->size != size) {
        if (movie == m_movies.end() && m_movies.size() >= kMostAtOnce)
            forgetUnseen();
        if (movie == m_movies.end() && m_movies.size() >= kMostAtOnce)
            return nullptr; // the first frame of it is shown
        movie = m_movies.insert(id, Movie());
        movie->source = std::make_shared<Source>();
        movie->source->request = request;
        movie->size = size;
        movie->due = true;
    }
    movie->painted = true;
    if (movie->due && !movie->decoding)
        decode(id, *movie);
    return movie->frame.isNull() ? nullptr : &movie->frame;
}

void MovingPictures::clear()
{
    m_movies.clear();
}

void MovingPictures::forgetUnseen()
{
    for (auto movie = m_movies.begin(); movie != m_movies.end();) {
        if (movie->due && !movie->painted && !movie->decoding)
            movie = m_movies.erase(movie);
        else
            ++movie;
    }
}

void MovingPictures::decode(const QString &id, Movie &movie)
{
    if (movie.still)
        return;
    movie.due = false;
    movie.decoding = true;
    m_pool.start([this, id, source = movie.source] {
        const QImage image = source->next();
        const bool moves = source->reader && source->reader->imageCount() != 1;
        const int delay
            = image.isNull() || !moves ? -1 : qMax(kLeastDelay, source->reader->nextImageDelay());
        QMetaObject::invokeMethod(
            this, [this, id, source, image, delay] { take(id, source, image, delay); },
            Qt::QueuedConnection);
    });
}

void MovingPictures::take(
    const QString &id, const std::shared_ptr<Source> &source, const QImage &image, int delay)
{
    const auto movie = m_movies.find(id);
    if (movie == m_movies.end() || movie->source != source)
        return;
    movie->decoding = false;
    if (delay < 0 || image.isNull()) {
        movie->still = true;
        movie->frame = QPixmap();
        return;
    }
    movie->frame = QPixmap::fromImage(image);
    movie->painted = false;
    ++m_shown;
    emit changed(id);
    QTimer::singleShot(delay, this, [this, id, source] {
        const auto due = m_movies.find(id);
        if (due == m_movies.end() || due->source != source)
            return;
        due->due = true;
        if (due->painted)
            decode(id, *due);
    });
}

}
