#pragma once

#include <QLoggingCategory>

namespace confab {

/// Log category of this layer: facts about what cannot be shown or read, never what people write.
Q_DECLARE_LOGGING_CATEGORY(lcWidgets)

}
