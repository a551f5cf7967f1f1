#include "sound/voicerecorder.h"

#include <QAudioDevice>
#include <QFile>
#include <QMediaDevices>

#include <cstring>

namespace confab {

namespace {

constexpr int kSampleRate = 48'000;

QList<float> toSamples(const QByteArray &bytes)
{
    QList<float> samples(bytes.size() / 2);
    for (qsizetype i = 0; i < samples.size(); ++i) {
        qint16 sample = 0;
        std::memcpy(&sample, bytes.constData() + 2 * i, 2);
        samples[i] = float(sample) / 32768.0F;
    }
    return samples;
}

}

VoiceRecorder::VoiceRecorder(QObject *parent)
    : AbstractVoiceRecorder(parent)
{
    m_pool.setMaxThreadCount(1);
}

VoiceRecorder::~VoiceRecorder()
{
    cancel();
    m_pool.waitForDone();
}

void VoiceRecorder::start(const QString &path)
{
    cancel();
    const QAudioDevice microphone = QMediaDevices::defaultAudioInput();
    QAudioFormat format;
    format.setSampleRate(kSampleRate);
    format.setChannelCount(1);
    format.setSampleFormat(QAudioFormat::Int16);
    if (microphone.isNull()) {
        emit failed(tr("No microphone was found. Plug one in, or choose one in the sound settings "
                       "of your desktop."));
        return;
    }
    m_note = std::make_shared<Note>();
    m_note->path = path;
    m_samples = 0;
    m_rest.clear();
    m_pool.start([note = m_note] { note->failed = !note->note.open(note->path, kSampleRate); });
    m_source = std::make_unique<QAudioSource>(microphone, format);
    m_device = m_source->start();
    if (!m_device || m_source->error() != QAudio::NoError) {
        fail(tr("The microphone can't be used. Another program may hold it, or your desktop may "
                "not allow it."));
        return;
    }
    connect(m_device, &QIODevice::readyRead, this, &VoiceRecorder::read);
}

void VoiceRecorder::read()
{
    takeWaiting();
    if (duration() >= kMostMs)
        finish();
}

void VoiceRecorder::takeWaiting()
{
    m_rest += m_device->readAll();
    const QByteArray bytes = m_rest.left(m_rest.size() & ~qsizetype(1));
    m_rest.remove(0, bytes.size());
    const QList<float> samples = toSamples(bytes);
    if (samples.isEmpty())
        return;
    m_samples += samples.size();
    m_pool.start(
        [note = m_note, samples] { note->failed = note->failed || !note->note.add(samples); });
    emit levelChanged(VoiceNote::levelOf(samples));
    emit durationChanged(duration());
}

int VoiceRecorder::duration() const
{
    return int(m_samples * 1000 / kSampleRate);
}

void VoiceRecorder::stopSource()
{
    if (!m_source)
        return;
    if (m_device)
        m_device->disconnect(this);
    m_source->stop();
    m_device = nullptr;
    m_source.release()->deleteLater(); // it may be on the stack
}

void VoiceRecorder::finish()
{
    if (!m_source)
        return;
    takeWaiting(); // stopping throws away what was said last
    stopSource();
    m_pool.start([this, note = std::exchange(m_note, nullptr)] {
        const bool whole = !note->failed && note->note.finish();
        const VoiceRecording recording{note->path, note->note.duration(), note->note.bars()};
        QMetaObject::invokeMethod(
            this,
            [this, whole, recording] {
                if (whole) {
                    emit finished(recording);
                    return;
                }
                QFile::remove(recording.path);
                emit failed(tr("The recording could not be written. Check that the disk is not "
                               "full."));
            },
            Qt::QueuedConnection);
    });
}

void VoiceRecorder::cancel()
{
    stopSource();
    if (!m_note)
        return;
    m_pool.start([note = std::exchange(m_note, nullptr)] { QFile::remove(note->path); });
}

void VoiceRecorder::fail(const QString &sentence)
{
    cancel();
    emit failed(sentence);
}

}
