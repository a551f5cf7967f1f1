#pragma once

#include <QLoggingCategory>

namespace confab {

/// Log category of this layer: facts about files and rows, never what they say.
Q_DECLARE_LOGGING_CATEGORY(lcStore)

}
