#include "daemonoptions.h"
#include "terminationsignals.h"

#include "server/server.h"

#include <QCoreApplication>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>
#include <sys/stat.h>

namespace {

using namespace std::chrono_literals;

constexpr int kFailed = 1;
constexpr int kWrongArguments = 2;

/// A drain that takes longer is given up, since whoever stops services kills them soon after.
constexpr auto kDrainLimit = 4500ms;

void print(std::FILE *stream, const QString &line)
{
    std::fputs(qUtf8Printable(line + u'\n'), stream);
    std::fflush(stream);
}

/// A connection is a file, and the usual soft limit is 1,024 of them.
void raiseFileLimit()
{
    rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

int serve(const confab::server::ServerOptions &options)
{
    using confab::server::Server;
    confab::TerminationSignals termination;
    Server server(options);

    QObject::connect(&server, &Server::started, &server, [](const QUrl &url) {
        // Never translated: scripts read it.
        print(stdout, QStringLiteral("Listening on ") + url.toString());
    });
    QObject::connect(&server, &Server::failed, &server, [](const QString &sentence) {
        print(stderr, sentence);
        QCoreApplication::exit(kFailed);
    });
    QObject::connect(
        &server, &Server::stopped, &server, [] { QCoreApplication::exit(EXIT_SUCCESS); });
    QObject::connect(&termination, &confab::TerminationSignals::received, &server, [&server] {
        QTimer::singleShot(kDrainLimit, &server, [] { QCoreApplication::exit(EXIT_SUCCESS); });
        server.stop();
    });
    QMetaObject::invokeMethod(&server, &Server::start, Qt::QueuedConnection);
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
    qSetMessagePattern(QStringLiteral(
        "%{time yyyy-MM-ddThh:mm:ss.zzz} %{type} %{category}: %{message}"));

    using Action = confab::DaemonOptions::Action;
    const auto options = confab::parseDaemonOptions(QCoreApplication::arguments());
    if (!options) {
        print(stderr, options.error());
        return kWrongArguments;
    }
    switch (options->action) {
    case Action::Help:
        print(stdout, confab::daemonHelp().trimmed());
        return EXIT_SUCCESS;
    case Action::Version:
        print(stdout, QStringLiteral("confabd " CONFAB_VERSION));
        return EXIT_SUCCESS;
    case Action::Serve:
        break;
    }
    raiseFileLimit();
    return serve(options->server);
}
