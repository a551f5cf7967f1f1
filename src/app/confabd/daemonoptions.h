#pragma once

#include "server/serveroptions.h"
#include "wire/result.h"

#include <QString>
#include <QStringList>

namespace confab {

/// What the command line of confabd asks for.
struct DaemonOptions {
    enum class Action {
        Serve, CheckConfig, Help, Version,
        UserAdd, UserPassword, UserList, UserDisable, UserEnable, UserRemove,
        Invite, Backup, Restore, Export, Import, Vacuum
    };
    Action action = Action::Serve;
    QString argument; ///< login, file or folder, where the action has one
    QString displayName; ///< UserAdd
    int uses = 1; ///< Invite
    int days = 7; ///< Invite
    bool force = false; ///< Restore, Import
    QString configFile; ///< empty: none
    server::ServerOptions server; ///< of the file, then of the command line
    QStringList problems; ///< sentences about the file and about what does not fit together
};

/// `arguments` begins with the program's name, as QCoreApplication::arguments(). The error is a
/// sentence for people about the command line; what is wrong with a configuration file is in
/// `problems`.
wire::Result<DaemonOptions, QString> parseDaemonOptions(const QStringList &arguments);

/// The text of `--help`.
QString daemonHelp();

}
