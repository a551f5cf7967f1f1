#pragma once

#include <QLoggingCategory>

namespace confab {

/// Log category of this layer: facts about connections, never what was said over them.
Q_DECLARE_LOGGING_CATEGORY(lcSocket)

}
