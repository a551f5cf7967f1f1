#pragma once

#include "app/confabctl/abstractcommand.h"

#include <memory>

namespace confab {

/// The command that the options name.
std::unique_ptr<AbstractCommand> makeCommand(const CommandContext &context);

}
