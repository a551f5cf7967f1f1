#include "widgets/media/voiceplayer.h"

#include "widgets/media/abstractsound.h"

namespace confab {

VoicePlayer::VoicePlayer(QObject *parent)
    : QObject(parent)
{
}

VoicePlayer::~VoicePlayer() = default;

void VoicePlayer::setPlayer(AbstractSoundPlayer *player)
{
    m_player = player;
    player->setParent(this);
    connect(player, &AbstractSoundPlayer::positionChanged, this, [this](int position) {
        m_position = position;
        emit changed();
    });
    connect(player, &AbstractSoundPlayer::durationChanged, this, [this](int duration) {
        if (duration > 0)
            m_duration = duration;
    });
    connect(player, &AbstractSoundPlayer::ended, this, [this] {
        const QString id = m_id;
        m_playing = false;
        m_position = 0;
        m_id.clear();
        emit changed();
        emit ended(id);
    });
    connect(player, &AbstractSoundPlayer::failed, this, [this](const QString &sentence) {
        stop();
        emit failed(sentence);
    });
}

bool VoicePlayer::prepare()
{
    if (m_player)
        return true;
    AbstractSound *module = soundModule();
    if (!module) {
        emit failed(noSoundSentence());
        return false;
    }
    setPlayer(module->makePlayer(this));
    return true;
}

void VoicePlayer::toggle(const QString &id, const QString &path, int duration)
{
    if (!prepare())
        return;
    if (!isCurrent(id)) {
        m_id = id;
        m_duration = duration;
        m_position = 0;
        m_player->load(path);
        m_playing = false;
    }
    m_playing = !m_playing;
    m_player->setRate(m_rate);
    if (m_playing)
        m_player->play();
    else
        m_player->pause();
    emit changed();
}

void VoicePlayer::seek(const QString &id, qreal fraction)
{
    if (!isCurrent(id))
        return;
    m_position = int(qBound(0.0, fraction, 1.0) * m_duration);
    m_player->seek(m_position);
    emit changed();
}

void VoicePlayer::stop()
{
    if (m_id.isEmpty())
        return;
    m_player->pause();
    m_id.clear();
    m_playing = false;
    m_position = 0;
    emit changed();
}

void VoicePlayer::cycleRate()
{
    m_rate = m_rate < 1.25 ? 1.5 : m_rate < 1.75 ? 2 : 1;
    if (m_player)
        m_player->setRate(m_rate);
    emit changed();
}

qreal VoicePlayer::progress() const
{
    return m_duration > 0 ? qBound(0.0, qreal(m_position) / m_duration, 1.0) : 0;
}

}
