#pragma once

#include "widgets/media/abstractsound.h"

#include <QAudioOutput>
#include <QMediaPlayer>
#include <QThreadPool>
#include <QVideoSink>

namespace confab {

/// Plays with Qt Multimedia. Frames of a film are turned into images on a thread of their own;
/// those that come meanwhile are left out.
class SoundPlayer final : public AbstractSoundPlayer
{
    Q_OBJECT

public:
    explicit SoundPlayer(QObject *parent);
    ~SoundPlayer() override;

    void load(const QString &path) override;
    void play() override;
    void pause() override { m_player.pause(); }
    void seek(int position) override { m_player.setPosition(position); }
    void setRate(qreal rate) override { m_player.setPlaybackRate(rate); }

private:
    void takeFrame(const QVideoFrame &frame);
    void takeError(QMediaPlayer::Error error, const QString &detail);

    QMediaPlayer m_player;
    QAudioOutput m_output;
    QVideoSink m_sink;
    QThreadPool m_pool;
    bool m_busy = false;
    bool m_canBeHeard = false;
};

}
