#include "app/confab/application.h"
#include "app/confab/diagnostics.h"
#include "store/archive/database.h"

#include <QApplication>
#include <QCommandLineParser>

#include <fontconfig/fontconfig.h>

#include <cstdio>
#include <optional>
#include <sys/stat.h>
#include <thread>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

constexpr int kProfileUnusable = 3;

struct Options {
    QString profile;
    QString dataDir;
    bool diagnostics = false;
    QString link; ///< empty: none
};

Options readOptions(const QApplication &application)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("confab", text); };
    QCommandLineParser parser;
    parser.setApplicationDescription(tr("Confab: a light chat client with a server of its own."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption profile(QStringLiteral("profile"),
        tr("Profile to use: a name, or a folder. Profiles share nothing but the local server."),
        QStringLiteral("NAME|DIR"), QStringLiteral("default"));
    const QCommandLineOption dataDir(QStringLiteral("data-dir"),
        tr("Folder that holds all profiles and the local server's data."), QStringLiteral("DIR"));
    const QCommandLineOption diagnostics(QStringLiteral("diagnostics"),
        tr("Log what the program does and counts, and when the window did not answer."));
    parser.addOptions({profile, dataDir, diagnostics});
    parser.addPositionalArgument(QStringLiteral("LINK"),
        tr("A message to show, as “Copy link to message” writes it."), QStringLiteral("[LINK]"));
    parser.process(application);
    return {parser.value(profile), parser.value(dataDir), parser.isSet(diagnostics),
        parser.positionalArguments().value(0)};
}

/// glibc keeps what is free at the end of each thread's heap, up to a bound that it raises to twice
/// the largest block ever freed: after a picture several MiB in each, which malloc_trim() leaves.
void boundFreeMemory()
{
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 256 * 1024);
#endif
}

}

int main(int argc, char *argv[])
{
    umask(077); // before any file is made (reliability.md T34)
    boundFreeMemory();
    confab::Database::allocatePagesSingly();
    // A seventh of the start is fontconfig reading its files, which nothing needs before the first
    // text: it goes beside the talk with the display (measured by tests/bench/startup.py).
    const std::jthread fonts([] { FcInit(); });
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("confab"));
    QApplication::setApplicationDisplayName(QStringLiteral("Confab"));
    QApplication::setApplicationVersion(QStringLiteral(CONFAB_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.confab.Confab"));

    const Options options = readOptions(application);
    confab::DataFolders folders = confab::DataFolders::standard();
    if (!options.dataDir.isEmpty())
        folders.root = options.dataDir;
    const QString folder = folders.profile(options.profile);
    auto profile = confab::Profile::open(folder);
    if (!profile) {
        const bool reached = confab::InstanceLock::askToShow(folder, options.link);
        if (reached && !options.link.isEmpty())
            return 0; // it is opened there
        std::fprintf(stderr, "confab: %s\n", qPrintable(profile.error()));
        if (reached)
            std::fprintf(stderr, "confab: its window has been brought to the front.\n");
        return kProfileUnusable;
    }
    confab::Application confab(std::move(profile).value(), folders);
    std::optional<confab::Diagnostics> diagnostics;
    if (options.diagnostics)
        diagnostics.emplace(confab.messages());
    confab.start();
    if (!options.link.isEmpty())
        confab.openLink(options.link);
    return application.exec();
}
