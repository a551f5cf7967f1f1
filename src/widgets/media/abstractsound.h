#pragma once

#include <QByteArray>
#include <QImage>
#include <QObject>
#include <QSize>
#include <QString>
#include <QtPlugin>

// What plays and records. It stands in a module of its own, which is loaded when it is first
// needed, so that a program that only shows messages carries no codecs.
namespace confab {

/// Plays one file of sound or film. GUI thread.
class AbstractSoundPlayer : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void load(const QString &path) = 0; ///< stands at its start
    virtual void play() = 0;
    virtual void pause() = 0;
    virtual void seek(int position) = 0; ///< ms
    virtual void setRate(qreal rate) = 0;

signals:
    void positionChanged(int position); ///< ms, some times a second
    void durationChanged(int duration); ///< ms, once it is known
    void ended();
    void failed(const QString &sentence);
    void frameChanged(const QImage &frame); ///< of a film
};

/// What was recorded.
struct VoiceRecording {
    QString path;
    int duration = 0; ///< ms
    QByteArray bars; ///< 0 to 100 each, as the official clients have them
};

/// Records one voice note into a file, AAC in MPEG-4. GUI thread.
class AbstractVoiceRecorder : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void start(const QString &path) = 0;
    virtual void finish() = 0; ///< finished() or failed() follows
    virtual void cancel() = 0; ///< leaves no file

    static constexpr int kMostMs = 10 * 60 * 1000;

signals:
    void levelChanged(qreal level); ///< 0 to 1, some times a second
    void durationChanged(int duration); ///< ms
    void finished(const confab::VoiceRecording &recording);
    void failed(const QString &sentence);
};

/// What a film is, and a picture of it.
struct FilmFacts {
    QSize size;
    int duration = 0; ///< ms
    QImage poster;
    bool isFilm() const { return !size.isEmpty(); }
};

class AbstractSound
{
public:
    virtual ~AbstractSound() = default;
    virtual AbstractSoundPlayer *makePlayer(QObject *parent) = 0;
    virtual AbstractVoiceRecorder *makeRecorder(QObject *parent) = 0;
    /// Blocks; any thread.
    virtual FilmFacts readFilm(const QString &path) = 0;
};

/// The module; nullptr if it is not installed. Loads it at the first call; any thread.
AbstractSound *soundModule();
/// Somebody is about to need it: loads it beside the GUI thread, which 160 libraries keep busy for 70 ms.
void prepareSoundModule();
/// Why there is none, and what to do.
QString noSoundSentence();

}

Q_DECLARE_INTERFACE(confab::AbstractSound, "io.github.confab.Sound/1")
