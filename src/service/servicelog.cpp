#include "service/servicelog.h"

namespace confab {

Q_LOGGING_CATEGORY(lcService, "confab.service", QtInfoMsg)

}
