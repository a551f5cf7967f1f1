#include "store/storelog.h"

namespace confab {

Q_LOGGING_CATEGORY(lcStore, "confab.store")

}
