#include "widgets/media/abstractsound.h"

#include <QCoreApplication>
#include <QDir>
#include <QPluginLoader>
#include <QThreadPool>

namespace confab {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(confab::Sound)
};

AbstractSound *load()
{
    // Qt's own default plays nothing on a plain Debian (desktop.md finding 4).
    if (qEnvironmentVariableIsEmpty("QT_MEDIA_BACKEND"))
        qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    const QDir programs(QCoreApplication::applicationDirPath());
    for (const QString &folder :
        {QStringLiteral("../lib/confab"), QStringLiteral(CONFAB_MODULES)}) {
        QPluginLoader loader(programs.absoluteFilePath(folder + QStringLiteral("/confab_sound")));
        if (auto *sound = qobject_cast<AbstractSound *>(loader.instance()))
            return sound;
    }
    return nullptr;
}

}

AbstractSound *soundModule()
{
    static AbstractSound *const kModule = load();
    return kModule;
}

void prepareSoundModule()
{
    static const bool kBegun = QThreadPool::globalInstance()->tryStart([] { soundModule(); });
    Q_UNUSED(kBegun)
}

QString noSoundSentence()
{
    return Words::tr("Sound and film can't be played: the package confab-sound is not installed.");
}

}
