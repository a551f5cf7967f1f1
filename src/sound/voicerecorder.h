#pragma once

#include "sound/voicenote.h"
#include "widgets/media/abstractsound.h"

#include <QAudioSource>
#include <QThreadPool>

#include <memory>

namespace confab {

/// Records from the computer's microphone. Encoding and writing happen on a thread of their own.
class VoiceRecorder final : public AbstractVoiceRecorder
{
    Q_OBJECT

public:
    explicit VoiceRecorder(QObject *parent);
    ~VoiceRecorder() override;

    void start(const QString &path) override;
    void finish() override;
    void cancel() override;

private:
    /// What both threads know; used by one job at a time.
    struct Note {
        VoiceNote note;
        QString path;
        bool failed = false;
    };

    void read();
    void takeWaiting();
    int duration() const; ///< ms
    void stopSource();
    void fail(const QString &sentence);

    std::unique_ptr<QAudioSource> m_source;
    QIODevice *m_device = nullptr; ///< of the source
    std::shared_ptr<Note> m_note;
    QThreadPool m_pool;
    QByteArray m_rest; ///< less than a sample
    qint64 m_samples = 0;
};

}
