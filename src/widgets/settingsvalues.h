#pragma once

#include "widgets/theme.h"

#include <QString>
#include <QStringList>

#include <chrono>

namespace confab {

/// What the settings of the whole program are.
struct AppearanceSettings {
    ThemeMode mode = ThemeMode::System;
    int textPercent = 100;
    Density density = Density::Roomy;
    bool operator==(const AppearanceSettings &) const = default;
};

/// What helps while writing, in all chats.
struct WritingSettings {
    QStringList languages; ///< of spelling, by Dictionary::language; none: spelling is off
    bool linkPreviews = true;
    bool operator==(const WritingSettings &) const = default;
};

/// What the settings of one account's connection are.
struct ServerSettings {
    QString address; ///< as typed
    QString apiKey; ///< empty: the public default key
    std::chrono::seconds keepAliveInterval{25};
    std::chrono::seconds keepAliveDeadline{10};
    bool reconnect = true;
    bool operator==(const ServerSettings &) const = default;
};

}
