#pragma once

#include <QLoggingCategory>

namespace confab {

Q_DECLARE_LOGGING_CATEGORY(lcApp)

}
