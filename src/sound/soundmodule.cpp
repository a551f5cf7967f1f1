#include "sound/soundmodule.h"

#include "sound/filmreader.h"
#include "sound/soundplayer.h"
#include "sound/voicerecorder.h"

namespace confab {

AbstractSoundPlayer *SoundModule::makePlayer(QObject *parent)
{
    return new SoundPlayer(parent);
}

AbstractVoiceRecorder *SoundModule::makeRecorder(QObject *parent)
{
    return new VoiceRecorder(parent);
}

FilmFacts SoundModule::readFilm(const QString &path)
{
    const FilmContents contents = readFilmFile(path);
    return {contents.size, contents.duration, contents.poster};
}

}
