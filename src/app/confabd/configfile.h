#pragma once

#include "server/serveroptions.h"

#include <QString>
#include <QStringList>

namespace confab {

/// Reads a configuration file into the options: one “name = value” a line, names as on the command
/// line without the dashes, lines that begin with # are comments. Every problem is a sentence that
/// begins with the file and the number of the line; what is wrong is not taken over.
QStringList readConfigFile(const QString &path, server::ServerOptions &options);

}
