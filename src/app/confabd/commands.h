#pragma once

#include "app/confabd/daemonoptions.h"

namespace confab {

/// Does what one of the commands asks for, with results on standard output and what went wrong on
/// standard error. Returns the exit status. Blocks; no event loop is needed.
int runCommand(const DaemonOptions &options);

/// One line for people or scripts, at once.
void printLine(const QString &line);
void printError(const QString &sentence);

}
