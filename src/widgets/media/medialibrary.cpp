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
            : m_pictures.find({id, {}, source.base64, size, radius, false});
    m_files.want(source.ref, kAutomaticPicture);
    const MediaFile &file = m_files.file(source.ref);
    if (file.state == MediaFile::State::Ready) {
        if (const QPixmap *frame = m_moving.frame(id, file.path, size, radius))
            return frame;
        if (const QPixmap *whole = m_pictures.find({id, file.path, {}, size, radius, false}))
            return whole;
    }
    return source.base64.isEmpty()
        ? nullptr
        : m_pictures.find({id + QStringLiteral("#preview"), {}, source.base64, size, radius, true});
}

void MediaLibrary::clear()
{
    m_voice->stop();
    m_files.clear();
    m_pictures.clear();
    m_moving.clear();
}

}
