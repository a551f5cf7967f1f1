#pragma once

#include "widgets/media/mediafiles.h"
#include "widgets/media/movingpictures.h"
#include "widgets/media/picturecache.h"
#include "wire/drafty/entity.h"

#include <QObject>

namespace confab {

class VoicePlayer;

/// What painters ask about the media of messages: files, pixels, and what is being played. One for
/// each window. GUI thread.
class MediaLibrary : public QObject
{
    Q_OBJECT

public:
    explicit MediaLibrary(QObject *parent = nullptr);
    ~MediaLibrary() override;

    MediaFiles &files() { return m_files; }
    PictureCache &pictures() { return m_pictures; }
    VoicePlayer &voice() { return *m_voice; }

    /// The bytes by which a medium is known: its reference, or a hash of what is in the message.
    static QString idOf(const wire::MediaSource &source);

    /// Best that there is of a picture now: itself, a soft preview, or nullptr. `id` is
    /// idOf(source). What is missing is asked for.
    const QPixmap *picture(
        const wire::MediaSource &source, const QString &id, const QSize &size, int radius);
    bool isBroken(const QString &id) const { return m_pictures.isBroken(id); }
    void clear(); ///< another account

    static constexpr qint64 kAutomaticPicture = 4 * 1024 * 1024;
    static constexpr qint64 kAutomaticVoice = 1024 * 1024;

signals:
    void changed(); ///< something that is painted may look different; no size changes

private:
    const QPixmap *shownOf(const PictureRequest &request, const QString &mime);

    MediaFiles m_files;
    PictureCache m_pictures;
    MovingPictures m_moving;
    VoicePlayer *m_voice;
};

}
