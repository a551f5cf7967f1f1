#pragma once

#include "wire/drafty/drafty.h"

#include <QFlags>

namespace confab::wire {

enum class TextStyle {
    Bold = 1,
    Italic = 2,
    Strike = 4,
    Code = 8,
    Highlight = 16,
    Link = 32,
    Mention = 64,
    Hashtag = 128,
};
Q_DECLARE_FLAGS(TextStyles, TextStyle)
Q_DECLARE_OPERATORS_FOR_FLAGS(TextStyles)

/// A stretch of text that looks the same throughout.
struct TextRun {
    qsizetype begin = 0;
    qsizetype length = 0;
    TextStyles styles;
    int entity = -1; ///< of the link, mention or hashtag, in Drafty::entities(); -1 if none
    bool operator==(const TextRun &) const = default;
};

/// The stretches of a range of the text that have a style at all, left to right, none over another:
/// as QTextLayout takes formats. Offsets count from the range's begin.
QList<TextRun> textRuns(const Drafty &drafty, qsizetype begin = 0, qsizetype length = -1);

}
