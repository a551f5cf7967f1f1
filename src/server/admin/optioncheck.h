#pragma once

#include "server/serveroptions.h"

#include <QStringList>

namespace confab::server {

/// What does not fit together, or can't be read from the disk: sentences for people. Any thread.
QStringList flawsOf(const ServerOptions &options);

}
