#pragma once

#include <QList>
#include <QStringView>

namespace confab {

struct TextSpan {
    int start = 0;
    int length = 0;
    bool operator==(const TextSpan &) const = default;
};

/// The emoji of a text, neighbours as one: whole sequences with joiners, skin tones, key caps, flags and
/// style selectors. They need the emoji font as a whole, where Qt 6.4 would take parts from the text's
/// (desktop.md finding 3), and a size of their own.
QList<TextSpan> emojiSpans(QStringView text);

/// A style selector that Qt 6.4 paints wrongly: inside a joined sequence it splits the glyph, before a
/// key cap as well (desktop.md finding 3).
bool isHarmfulStyle(QStringView text, qsizetype at);
/// An emoji without those.
QString paintableEmoji(const QString &emoji);

/// Whether a text is one emoji and nothing else.
bool isSingleEmoji(QStringView text);

}
