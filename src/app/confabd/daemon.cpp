#include "app/confabd/daemon.h"

#include "app/confabd/commands.h"
#include "app/confabd/servicenotice.h"
#include "server/logevent.h"

#include <QCoreApplication>
#include <QTimer>

#include <chrono>
#include <cstdlib>
#include <utility>

namespace confab {

namespace {

using namespace std::chrono_literals;
using server::LogEvent;
using server::Server;

/// A drain that takes longer is given up, since whoever stops services kills them soon after.
constexpr auto kDrainLimit = 4500ms;

}

Daemon::Daemon(const server::ServerOptions &options, Reread reread)
    : m_reread(std::move(reread))
    , m_server(options)
{
    connect(&m_server, &Server::started, this, [](const QUrl &url) {
        // Never translated: scripts read it.
        printLine(QStringLiteral("Listening on ") + url.toString());
        notifyServiceManager("READY=1\nSTATUS=Listening on " + url.toEncoded());
    });
    connect(&m_server, &Server::failed, this, [](const QString &sentence) {
        printError(sentence);
        QCoreApplication::exit(EXIT_FAILURE);
    });
    connect(&m_server, &Server::stopped, this, [] { QCoreApplication::exit(EXIT_SUCCESS); });
    connect(&m_signals, &ProcessSignals::terminationRequested, this, &Daemon::drain);
    connect(&m_signals, &ProcessSignals::reloadRequested, this, &Daemon::reload);
}

void Daemon::start()
{
    QMetaObject::invokeMethod(&m_server, &Server::start, Qt::QueuedConnection);
}

void Daemon::drain()
{
    notifyServiceManager("STOPPING=1");
    QTimer::singleShot(kDrainLimit, this, [] { QCoreApplication::exit(EXIT_SUCCESS); });
    m_server.stop();
}

void Daemon::reload()
{
    notifyServiceManager("RELOADING=1");
    const auto options = m_reread();
    const QStringList problems = options ? options->problems : QStringList(options.error());
    if (problems.isEmpty()) {
        m_server.setRegistration(options->server.registration);
        LogEvent::info("configuration-read");
    }
    for (const QString &problem : problems)
        LogEvent::warning("configuration-refused").with("reason", problem);
    notifyServiceManager("READY=1");
}

}
