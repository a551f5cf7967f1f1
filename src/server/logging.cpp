#include "server/logging.h"

namespace confab::server {

Q_LOGGING_CATEGORY(serverLog, "confab.server", QtInfoMsg)

}
