#pragma once

#include "server/serveroptions.h"

#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace confab {

/// One thing that can be set about the server, under the same name on the command line (--name value)
/// and in the configuration file (name = value).
struct Setting {
    enum class Kind { Value, List, Switch };

    QString name;
    Kind kind = Kind::Value; ///< List: may be repeated. Switch: no value on the command line, yes or
                             ///< no in the file
    QString valueName; ///< for the help text
    QString help;
    /// Takes over one value; otherwise a sentence without the name.
    std::function<std::optional<QString>(const QString &value, server::ServerOptions &options)> apply;
};

/// In the order of the help text.
const QList<Setting> &serverSettings();

}
