#pragma once

#include <QLoggingCategory>

namespace confab::server {

/// Everything the server logs: what happened and where from, never a secret, a token or message text.
Q_DECLARE_LOGGING_CATEGORY(serverLog)

}
