// What the view paints, and when.
#include "widgets/conversation/messageview.h"

#include "widgets/conversation/conversationtext.h"
#include "widgets/conversation/hoveractions.h"
#include "widgets/conversation/textlines.h"

#include <QPainter>

namespace confab {

namespace {

constexpr int kFloatingDateTop = 8;

}

QString MessageView::floatingDate() const
{
    if (!m_dateTimer.isActive() || m_window.placed().empty())
        return {};
    const int foot = kFloatingDateTop + m_style.pillHeight;
    const RowWindow::PlacedRow *top = m_window.rowAt(foot);
    const QRectF pill = top->layout->pillRect();
    const bool pillBelow = !pill.isEmpty() && top->top + pill.bottom() > 0;
    return pillBelow ? QString() : dayText(m_rows.dayAt(top->row));
}

QDate MessageView::dayOnTop() const
{
    return m_window.placed().empty() ? QDate() : m_rows.dayAt(m_window.placed().front().row);
}

void MessageView::showFloatingDate()
{
    m_dateTimer.start();
}

void MessageView::paintEvent(QPaintEvent *event)
{
    if (m_updateTimer.isActive()) {
        const bool isWhole = event->rect().contains(viewport()->rect());
        if (layOutRows() && !isWhole)
            viewport()->update(); // the rest of it
        afterMove();
    }
    ++m_paints;
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.colors().panel);
    MessagePainter rowPainter(painter, m_theme, m_style, m_media);
    for (const RowWindow::PlacedRow &placed : m_window.placed()) {
        if (placed.top <= event->rect().bottom() && placed.bottom() >= event->rect().top())
            rowPainter.paint(*placed.layout, QPointF(0, placed.top), stateOf(placed));
    }
    const QString date = floatingDate();
    if (!date.isEmpty()) {
        if (!m_dateLine || m_dateLine->text() != date) {
            m_dateLine = makeLine(date, m_style.strongMeta, m_style.emoji, viewport()->width(),
                m_style.pillHeight);
        }
        rowPainter.paintFloatingDate(*m_dateLine, viewport()->width(), kFloatingDateTop);
    }
    const Topic *topic = m_rows.model() ? m_rows.model()->topic() : nullptr;
    const bool atTop = m_window.placed().empty() || m_window.placed().front().row == 0;
    if (topic && topic->isLoading() && atTop)
        painter.fillRect(0, 0, viewport()->width(), 2, m_theme.colors().accentText);
}

RowState MessageView::stateOf(const RowWindow::PlacedRow &placed) const
{
    const MessageSelection::Range range = m_selection.rangeOf(placed.row);
    const int length = int(placed.layout->text().text().size());
    const RowKey &key = placed.layout->item().key;
    RowState state;
    state.selectionStart = qMin(range.start, length);
    state.selectionEnd = qMin(range.end, length);
    state.focused = hasFocus() && key == m_focus;
    state.found = m_foundTimer.isActive() && key == m_found;
    state.hovered = m_hover->isVisible() && key == m_hoverRow;
    if (key == m_hoverRow && m_pointer)
        state.hoveredCode = m_hoverCode;
    state.offsets = m_code.offsetsOf(*placed.layout);
    if (m_choice.isActive() && key.seq > 0)
        state.chosen = m_choice.contains(key.seq);
    state.marks = m_marker.marks(placed.layout->text().text());
    return state;
}

}
