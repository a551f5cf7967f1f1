#pragma once

#include "widgets/conversation/messagestyle.h"

namespace confab {

/// Where the columns of a row stand in compact density (look.md §7): bar, time, name, text, tick.
/// In pixels from the row's left edge. Pure geometry.
struct CompactColumns {
    CompactColumns(const MessageStyle &style, int width);

    static constexpr qreal kBar = 3;
    static constexpr qreal kPadding = 8; ///< beside the columns
    static constexpr qreal kGutter = 12;
    static constexpr int kNarrow = 560; ///< below, the name stands above the text

    bool nameAbove;
    qreal bar; ///< left edges
    qreal time;
    qreal timeEnd;
    qreal name;
    qreal nameWidth;
    qreal text;
    qreal textWidth;
    qreal tickEnd; ///< right edge
};

}
