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
    QFont quoteName;
    QFont meta;
    QFont strongMeta; ///< date pill, unread divider
    QFont small; ///< reason of a failure
    QFont action; ///< Retry, Delete, Show all
    QFont code;
    QFont emoji; ///< within text: as tall as the line's letters look
    QFont reaction; ///< emoji of the chips
    QFont largeEmoji; ///< a message of one emoji
    bool compact; ///< rows in columns instead of bubbles
    int bodyLine;
    int senderLine;
    int metaLine;
    int smallLine;
    int codeLine;
    int largeEmojiLine;
    int pillHeight;
    int actionHeight;
    int timeColumn; ///< compact density: width of the times
    int nameColumn;
};

}
