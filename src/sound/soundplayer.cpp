#include "sound/soundplayer.h"

#include <QUrl>
#include <QVideoFrame>

namespace confab {

SoundPlayer::SoundPlayer(QObject *parent)
    : AbstractSoundPlayer(parent)
{
    m_pool.setMaxThreadCount(1);
    m_player.setAudioOutput(&m_output);
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

void SoundPlayer::load(const QString &path)
{
    m_player.setSource(QUrl::fromLocalFile(path));
}

void SoundPlayer::takeFrame(const QVideoFrame &frame)
{
    if (m_busy || !frame.isValid())
        return;
    m_busy = true;
    m_pool.start([this, frame] {
        const QImage image = frame.toImage();
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
