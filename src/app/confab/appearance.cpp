#include "app/confab/appearance.h"

#include <QSettings>

namespace confab {

namespace {

const auto kThemeKey = QStringLiteral("appearance/theme");
const auto kTextKey = QStringLiteral("appearance/textPercent");
const auto kDensityKey = QStringLiteral("appearance/density");
const auto kCompactWord = QStringLiteral("compact");

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
    const bool compact = settings.value(kDensityKey).toString() == kCompactWord;
    return {themeOf(settings.value(kThemeKey).toString()), settings.value(kTextKey, 100).toInt(),
        compact ? Density::Compact : Density::Roomy};
}

void keepAppearance(QSettings &settings, const AppearanceSettings &appearance)
{
    settings.setValue(kThemeKey, themeWord(appearance.mode));
    settings.setValue(kTextKey, appearance.textPercent);
    settings.setValue(kDensityKey,
        appearance.density == Density::Compact ? kCompactWord : QStringLiteral("roomy"));
}

}
