#include "widgets/conversation/compactcolumns.h"

namespace confab {

namespace {

constexpr qreal kSide = 16;
constexpr qreal kTick = 20;

}

CompactColumns::CompactColumns(const MessageStyle &style, int width)
    : nameAbove(width < kNarrow)
    , bar(kSide)
    , time(bar + kBar + kPadding)
    , timeEnd(time + style.timeColumn)
    , name(timeEnd + kGutter)
    , nameWidth(style.nameColumn)
    , text(nameAbove ? name : name + nameWidth + kGutter)
    , textWidth(0)
    , tickEnd(width - kSide - kPadding)
{
    textWidth = qMax(1.0, tickEnd - kTick - kGutter - text);
    if (nameAbove)
        nameWidth = textWidth;
}

}
