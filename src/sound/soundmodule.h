#pragma once

#include "widgets/media/abstractsound.h"

namespace confab {

/// The way into the module.
class SoundModule final : public QObject, public AbstractSound
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "io.github.confab.Sound/1")
    Q_INTERFACES(confab::AbstractSound)

public:
    AbstractSoundPlayer *makePlayer(QObject *parent) override;
    AbstractVoiceRecorder *makeRecorder(QObject *parent) override;
    FilmFacts readFilm(const QString &path) override;
};

}
