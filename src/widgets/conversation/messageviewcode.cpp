// Code blocks wider than their bubble, scrolled sideways by wheel, thumb and keys, and by what is
// selected.
#include "widgets/conversation/messageview.h"

namespace confab {

namespace {

constexpr int kKeyLines = 2;

}

void MessageView::repaintRow(const RowWindow::PlacedRow &placed)
{
    viewport()->update(0, placed.top, viewport()->width(), placed.layout->height());
}

/// False where there is none that could be scrolled.
bool MessageView::scrollCodeAt(const QPoint &position, int dx)
{
    const Hit hit = hitAt(position);
    const PartLayout *code = hit.placed ? hit.placed->layout->codeAt(hit.point) : nullptr;
    if (!code || code->panel().overflow() == 0)
        return false;
    setHovered(position);
    if (m_code.scrollBy(*hit.placed->layout, *code, dx))
        repaintRow(*hit.placed);
    return true;
}

bool MessageView::scrollFocusedCode(int direction)
{
    const RowWindow::PlacedRow *placed = m_window.placedRow(focusedRow());
    if (!placed || !m_code.scrollAllBy(*placed->layout, direction * kKeyLines * m_style.bodyLine))
        return false;
    repaintRow(*placed);
    return true;
}

void MessageView::revealInCode(int row, int character)
{
    const RowWindow::PlacedRow *placed = m_window.placedRow(row);
    if (placed && m_code.reveal(*placed->layout, character))
        repaintRow(*placed);
}

/// What the button is pressed in: its lines, or its scroll bar. Beside the thumb, that comes to the
/// pointer.
void MessageView::holdCode(const Hit &hit)
{
    m_held.reset();
    const PartLayout *code = hit.placed ? hit.placed->layout->codeAt(hit.point) : nullptr;
    if (!code || code->panel().overflow() == 0)
        return;
    m_held = HeldCode{hit.placed->layout->item().key, code->part(), std::nullopt};
    if (!code->panel().isBarAt(hit.point))
        return;
    const QRectF thumb = code->panel().thumb(hit.offsets.value(code->part()));
    const qreal into = hit.point.x() - thumb.left();
    m_held->thumb = into >= 0 && into <= thumb.width() ? into : thumb.width() / 2;
    dragThumb(hit.point.x());
}

MessageView::Hit MessageView::heldRow() const
{
    const RowWindow::PlacedRow *placed
        = m_held ? m_window.placedRow(m_rows.rowOf(m_held->row)) : nullptr;
    const bool isThere = placed && m_held->part < int(placed->layout->parts().size());
    return isThere ? Hit{placed, {}, m_code.offsetsOf(*placed->layout)} : Hit();
}

void MessageView::dragThumb(qreal x)
{
    const Hit hit = heldRow();
    if (!hit.placed)
        return;
    const PartLayout &code = hit.placed->layout->parts().at(size_t(m_held->part));
    if (m_code.scrollTo(*hit.placed->layout, code, code.panel().offsetOfThumb(x - *m_held->thumb)))
        repaintRow(*hit.placed);
}

/// How far the pointer is beside the lines in which the selection began; 0 where it is not.
int MessageView::beyondHeldCode(const QPoint &position) const
{
    const Hit hit = heldRow();
    if (!hit.placed)
        return 0;
    const PartLayout &code = hit.placed->layout->parts().at(size_t(m_held->part));
    const QRect panel = code.rect().translated(0, hit.placed->top).toAlignedRect();
    if (position.y() < panel.top() || position.y() > panel.bottom())
        return 0;
    return qMin(0, position.x() - panel.left()) + qMax(0, position.x() - panel.right());
}

void MessageView::scrollHeldCode(int dx)
{
    const Hit hit = heldRow();
    if (!hit.placed || dx == 0)
        return;
    const PartLayout &code = hit.placed->layout->parts().at(size_t(m_held->part));
    if (m_code.scrollBy(*hit.placed->layout, code, dx))
        repaintRow(*hit.placed);
}

}
