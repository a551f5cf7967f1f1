#include "widgets/media/medialibrary.h"

#include "widgets/media/voiceplayer.h"

namespace confab {

MediaLibrary::MediaLibrary(QObject *parent)
    : QObject(parent)
    , m_voice(new VoicePlayer(this))
{
    connect(&m_files, &MediaFiles::changed, this, &MediaLibrary::changed);
    connect(&m_pictures, &PictureCache::ready, this, &MediaLibrary::changed);
    connect(&m_pictures, &PictureCache::failed, this, &MediaLibrary::changed);
    connect(&m_moving, &MovingPictures::changed, this, &MediaLibrary::changed);
    connect(m_voice, &VoicePlayer::changed, this, &MediaLibrary::changed);
}

MediaLibrary::~MediaLibrary() = default;

QString MediaLibrary::idOf(const wire::MediaSource &source)
{
    if (!source.ref.isEmpty())
        return source.ref;
    return QStringLiteral("inline:%1:%2").arg(source.base64.size()).arg(qHash(source.base64));
}

const QPixmap *MediaLibrary::picture(
    const wire::MediaSource &source, const QString &id, const QSize &size, int radius)
{
    if (source.ref.isEmpty())
        return source.base64.isEmpty()
            ? nullptr
            : shownOf({id, {}, source.base64, size, radius, false}, source.mime);
    m_files.want(source.ref, kAutomaticPicture);
    const MediaFile &file = m_files.file(source.ref);
    if (file.state == MediaFile::State::Ready) {
        if (const QPixmap *whole = shownOf({id, file.path, {}, size, radius, false}, source.mime))
            return whole;
    }
    return source.base64.isEmpty()
        ? nullptr
        : m_pictures.find({id + QStringLiteral("#preview"), {}, source.base64, size, radius, true});
}

/// The frame of now where it moves, else the picture.
const QPixmap *MediaLibrary::shownOf(const PictureRequest &request, const QString &mime)
{
    const bool mayMove = mime == QLatin1String("image/gif") || mime == QLatin1String("image/webp");
    const QPixmap *frame = mayMove ? m_moving.frame(request) : nullptr;
    return frame ? frame : m_pictures.find(request);
}

void MediaLibrary::clear()
{
    m_voice->stop();
    m_files.clear();
    m_pictures.clear();
    m_moving.clear();
}

}
