#include "socket/socketlog.h"

namespace confab {

Q_LOGGING_CATEGORY(lcSocket, "confab.socket", QtInfoMsg)

}
