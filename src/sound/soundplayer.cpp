#include "sound/soundplayer.h"

#include "sound/filmframe.h"

#include <QAudioDevice>
#include <QMediaDevices>
#include <QUrl>
#include <QVideoFrame>

namespace confab {

SoundPlayer::SoundPlayer(QObject *parent)
    : AbstractSoundPlayer(parent)
{
    m_pool.setMaxThreadCount(1);
    m_player.setVideoOutput(&m_sink);
    connect(&m_player, &QMediaPlayer::positionChanged, this,
        [this](qint64 position) { emit positionChanged(int(position)); });
    connect(&m_player, &QMediaPlayer::durationChanged, this,
        [this](qint64 duration) { emit durationChanged(int(duration)); });
    connect(&m_player, &QMediaPlayer::mediaStatusChanged, this,
        [this](QMediaPlayer::MediaStatus status) {
            if (status == QMediaPlayer::EndOfMedia)
                emit ended();
        });
    connect(&m_player, &QMediaPlayer::errorOccurred, this, &SoundPlayer::takeError);
    connect(&m_sink, &QVideoSink::videoFrameChanged, this, &SoundPlayer::takeFrame);
}

SoundPlayer::~SoundPlayer()
{
    m_player.stop();
    m_pool.waitForDone();
}

/// A file that is played without a device to hear it ends Qt 6.4's player in a crash, so there is
/// either a device or no output.
void SoundPlayer::load(const QString &path)
{
    const QAudioDevice loudspeaker = QMediaDevices::defaultAudioOutput();
    m_canBeHeard = !loudspeaker.isNull();
    if (m_canBeHeard)
        m_output.setDevice(loudspeaker);
    m_player.setAudioOutput(m_canBeHeard ? &m_output : nullptr);
    m_player.setSource(QUrl::fromLocalFile(path));
}

/// A film without sound is still a film.
void SoundPlayer::play()
{
    if (m_canBeHeard || m_player.hasVideo() || !m_player.hasAudio())
        m_player.play();
    else
        emit failed(
            tr("There is nothing here to hear it with. Plug in loudspeakers or headphones, or "
               "choose them in the sound settings of your desktop."));
}

void SoundPlayer::takeFrame(const QVideoFrame &frame)
{
    if (m_busy || !frame.isValid())
        return;
    m_busy = true;
    m_pool.start([this, frame] {
        const QImage image = imageOf(frame);
        QMetaObject::invokeMethod(
            this,
            [this, image] {
                m_busy = false;
                if (!image.isNull())
                    emit frameChanged(image);
            },
            Qt::QueuedConnection);
    });
}

void SoundPlayer::takeError(QMediaPlayer::Error error, const QString &)
{
    if (error == QMediaPlayer::NoError)
        return;
    emit failed(error == QMediaPlayer::FormatError
            ? tr("This kind of sound or film can't be played here. Save it and open it with "
                 "another program.")
            : tr("This can't be played. The file may be damaged."));
}

}
