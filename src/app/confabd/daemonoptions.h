#pragma once

#include "server/serveroptions.h"
#include "wire/result.h"

#include <QStringList>

namespace confab {

/// What the command line of confabd asks for.
struct DaemonOptions {
    enum class Action { Serve, Help, Version };
    Action action = Action::Serve;
    server::ServerOptions server;
};

/// `arguments` begins with the program's name, as QCoreApplication::arguments(). The error is a
/// sentence for people.
wire::Result<DaemonOptions, QString> parseDaemonOptions(const QStringList &arguments);

/// The text of `--help`.
QString daemonHelp();

}
