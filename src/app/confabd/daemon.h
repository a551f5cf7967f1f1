#pragma once

#include "app/confabd/daemonoptions.h"
#include "app/confabd/processsignals.h"
#include "server/server.h"

#include <QObject>

#include <functional>

namespace confab {

/// The server as a service: prints where it listens, tells systemd how it is, drains on SIGTERM and
/// SIGINT, reads its configuration again on SIGHUP, and ends the event loop with the exit status.
/// Main thread.
class Daemon : public QObject
{
    Q_OBJECT

public:
    using Reread = std::function<wire::Result<DaemonOptions, QString>()>;

    /// `reread` is what SIGHUP calls: command line and file together, again.
    Daemon(const server::ServerOptions &options, Reread reread);

    void start();

private:
    void reload();
    void drain();

    const Reread m_reread;
    ProcessSignals m_signals; // before the server starts its threads
    server::Server m_server;
};

}
