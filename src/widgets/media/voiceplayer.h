#pragma once

#include <QObject>
#include <QString>

#include <functional>

namespace confab {

class AbstractSoundPlayer;

/// The one voice message that is played, or rests where it was left. What plays sound is loaded
/// when it is first wanted. GUI thread.
class VoicePlayer : public QObject
{
    Q_OBJECT

public:
    explicit VoicePlayer(QObject *parent = nullptr);
    ~VoicePlayer() override;

    /// For tests; the program's is loaded by need.
    void setPlayer(AbstractSoundPlayer *player);

    /// Plays or, if it is this one that plays, pauses. `duration` (ms) as the message says.
    void toggle(const QString &id, const QString &path, int duration);
    void seek(const QString &id, qreal fraction); ///< 0 to 1; nothing if it is not the current one
    void stop();
    void cycleRate(); ///< 1, 1.5, 2, 1

    bool isCurrent(const QString &id) const { return !id.isEmpty() && id == m_id; }
    bool isPlaying(const QString &id) const { return isCurrent(id) && m_playing; }
    int position() const { return m_position; } ///< ms, of the current one
    qreal progress() const; ///< 0 to 1
    qreal rate() const { return m_rate; }

signals:
    void changed();
    void ended(const QString &id); ///< played to its end: time for the next one
    void failed(const QString &sentence);

private:
    bool prepare();

    AbstractSoundPlayer *m_player = nullptr;
    QString m_id;
    int m_duration = 0;
    int m_position = 0;
    qreal m_rate = 1;
    bool m_playing = false;
};

}
