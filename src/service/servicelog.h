#pragma once

#include <QLoggingCategory>

namespace confab {

/// Log category of this layer: phases, codes and counts, never secrets or message text.
Q_DECLARE_LOGGING_CATEGORY(lcService)

}
