#include "app/confabd/commands.h"
#include "app/confabd/daemon.h"
#include "app/confabd/daemonoptions.h"
#include "app/confabd/logformat.h"

#include <QCoreApplication>

#include <cstdlib>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace {

using confab::DaemonOptions;
using Action = DaemonOptions::Action;

constexpr int kWrongArguments = 2;

/// A connection is a file, and the usual soft limit is 1,024 of them.
void raiseFileLimit()
{
    rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

/// Memory holds keys and passwords: no core file, and no other program of this user looks in (T38).
void keepMemoryPrivate()
{
    const rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#ifdef QT_NO_DEBUG
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

int serve(const DaemonOptions &options)
{
    keepMemoryPrivate();
    raiseFileLimit();
    confab::Daemon daemon(options.server,
        [] { return confab::parseDaemonOptions(QCoreApplication::arguments()); });
    daemon.start();
    return QCoreApplication::exec();
}

}

int main(int argc, char *argv[])
{
    umask(077);
    // With GLib's loop 10,000 idle clients cost nine times as much (reliability.md §0, 10).
    qputenv("QT_NO_GLIB", "1");
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("confabd"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CONFAB_VERSION));
    confab::installLogFormat();

    const auto options = confab::parseDaemonOptions(QCoreApplication::arguments());
    if (!options) {
        confab::printError(options.error());
        return kWrongArguments;
    }
    if (options->action == Action::Help) {
        confab::printLine(confab::daemonHelp().trimmed());
        return EXIT_SUCCESS;
    }
    if (options->action == Action::Version) {
        confab::printLine(QStringLiteral("confabd " CONFAB_VERSION));
        return EXIT_SUCCESS;
    }
    for (const QString &problem : options->problems)
        confab::printError(problem);
    if (!options->problems.isEmpty())
        return EXIT_FAILURE;
    return options->action == Action::Serve ? serve(*options) : confab::runCommand(*options);
}
