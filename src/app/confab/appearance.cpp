#include "app/confab/appearance.h"

#include <QSettings>

namespace confab {

namespace {

const auto kThemeKey = QStringLiteral("appearance/theme");
const auto kTextKey = QStringLiteral("appearance/textPercent");

QString themeWord(ThemeMode mode)
{
    switch (mode) {
    case ThemeMode::Light:
        return QStringLiteral("light");
    case ThemeMode::Dark:
        return QStringLiteral("dark");
    case ThemeMode::System:
        return QStringLiteral("system");
    }
    return {};
}

ThemeMode themeOf(const QString &word)
{
    if (word == QLatin1String("light"))
        return ThemeMode::Light;
    return word == QLatin1String("dark") ? ThemeMode::Dark : ThemeMode::System;
}

}

AppearanceSettings keptAppearance(const QSettings &settings)
{
    return {themeOf(settings.value(kThemeKey).toString()), settings.value(kTextKey, 100).toInt()};
}

void keepAppearance(QSettings &settings, const AppearanceSettings &appearance)
{
    settings.setValue(kThemeKey, themeWord(appearance.mode));
    settings.setValue(kTextKey, appearance.textPercent);
}

}
