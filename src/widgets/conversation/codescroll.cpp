#include "widgets/conversation/codescroll.h"

#include <algorithm>
#include <cmath>

namespace confab {

namespace {

constexpr qreal kAir = 24; // beside what is revealed

}

CodeScroll::CodeScroll(const MessageRows &rows)
    : m_rows(rows)
{
}

void CodeScroll::clear()
{
    m_offsets.clear();
}

void CodeScroll::followRows()
{
    if (m_offsets.isEmpty())
        return;
    QHash<RowKey, CodeOffsets> followed;
    for (auto it = m_offsets.cbegin(); it != m_offsets.cend(); ++it) {
        if (const int row = m_rows.rowOf(it.key()); row >= 0)
            followed.insert(m_rows.keyAt(row), it.value());
    }
    m_offsets = followed;
}

CodeOffsets CodeScroll::offsetsOf(const MessageLayout &layout) const
{
    if (m_offsets.isEmpty())
        return {};
    CodeOffsets offsets = m_offsets.value(layout.item().key);
    for (const PartLayout &part : layout.parts()) {
        if (const auto found = offsets.find(part.part()); found != offsets.end())
            *found = qMin(*found, part.panel().overflow());
    }
    return offsets;
}

bool CodeScroll::scrollBy(const MessageLayout &layout, const PartLayout &code, qreal dx)
{
    return scrollTo(layout, code, offsetsOf(layout).value(code.part()) + dx);
}

bool CodeScroll::scrollTo(const MessageLayout &layout, const PartLayout &code, qreal offset)
{
    const qreal before = offsetsOf(layout).value(code.part());
    const qreal after = std::round(qBound(0.0, offset, code.panel().overflow()));
    if (after == before)
        return false;
    m_offsets[layout.item().key].insert(code.part(), after);
    return true;
}

bool CodeScroll::scrollAllBy(const MessageLayout &layout, qreal dx)
{
    bool moved = false;
    for (const PartLayout &part : layout.parts())
        moved = (part.panel().overflow() > 0 && scrollBy(layout, part, dx)) || moved;
    return moved;
}

bool CodeScroll::reveal(const MessageLayout &layout, int position)
{
    const auto code
        = std::find_if(layout.parts().begin(), layout.parts().end(), [&](const PartLayout &part) {
              return part.panel().overflow() > 0 && position >= part.start()
                  && position <= part.end();
          });
    if (code == layout.parts().end())
        return false;
    const qreal offset = offsetsOf(layout).value(code->part());
    const qreal x = code->xOf(position);
    const qreal left = code->rect().left() + kAir;
    const qreal right = code->rect().right() - kAir;
    if (x - offset < left)
        return scrollTo(layout, *code, x - left);
    return x - offset > right && scrollTo(layout, *code, x - right);
}

}
