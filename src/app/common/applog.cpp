#include "app/common/applog.h"

namespace confab {

Q_LOGGING_CATEGORY(lcApp, "confab.app", QtInfoMsg)

}
