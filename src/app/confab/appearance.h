#pragma once

#include "widgets/settingsvalues.h"

class QSettings;

namespace confab {

// How the windows look is a setting of the whole profile.
AppearanceSettings keptAppearance(const QSettings &settings);
void keepAppearance(QSettings &settings, const AppearanceSettings &appearance);

}
