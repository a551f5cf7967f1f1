#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>

namespace confab {

/// A voice note while it is made: takes samples, writes AAC in MPEG-4, which iOS, Android and web
/// play, and remembers how loud it was. One thread at a time; blocks on the disk.
class VoiceNote
{
public:
    VoiceNote();
    ~VoiceNote();

    bool open(const QString &path, int sampleRate);
    /// One channel, -1 to 1.
    bool add(const QList<float> &samples);
    bool finish(); ///< the file is whole only after this

    int duration() const; ///< ms
    /// At most kBars, the loudness of each stretch from 0 to 100.
    QByteArray bars() const;
    static qreal levelOf(const QList<float> &samples); ///< 0 to 1, as loud as it sounds

    static constexpr int kBars = 96;

private:
    struct Writer;
    bool encode(bool isLast);

    std::unique_ptr<Writer> m_writer;
    QList<float> m_waiting; ///< less than a frame of the codec
    QList<quint8> m_levels; ///< of each tenth of a second
    QList<float> m_tenth;
    int m_sampleRate = 0;
    qint64 m_samples = 0;
};

}
