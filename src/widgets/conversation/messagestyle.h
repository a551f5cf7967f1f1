#pragma once

#include "widgets/theme.h"

#include <QFont>

namespace confab {

/// Fonts and measures of the message rows, taken from the theme once. Colours are not among them, so
/// that a change of colours needs no layout.
struct MessageStyle {
    explicit MessageStyle(const Theme &theme);
    bool operator==(const MessageStyle &) const = default;

    QFont body;
    QFont sender;
    QFont meta;
    QFont strongMeta; ///< date pill, unread divider
    QFont small; ///< reason of a failure
    QFont action; ///< Retry, Delete, Show all
    QFont emoji; ///< for what has to be drawn by the emoji font alone
    int bodyLine;
    int senderLine;
    int metaLine;
    int smallLine;
    int pillHeight;
    int actionHeight;
};

}
