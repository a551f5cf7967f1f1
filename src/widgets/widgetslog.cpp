#include "widgets/widgetslog.h"

namespace confab {

Q_LOGGING_CATEGORY(lcWidgets, "confab.widgets")

}
