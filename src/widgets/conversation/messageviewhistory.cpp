// Where the view is in the whole history, and what of it has to be brought.
#include "widgets/conversation/messageview.h"

#include <QAccessible>
#include <QScrollBar>

namespace confab {

namespace {

constexpr int kStepLines = 3;
/// More is asked for when fewer rows than this stand above or below the screen.
constexpr int kHistoryMargin = 30;
/// Nobody who reads at the end needs more rows.
constexpr int kMostFollowed = 4000;

}

void MessageView::rowsArrived(int first, int last)
{
    forgetRequests();
    const bool atEnd = last == m_rows.count() - 1;
    const bool written = atEnd && m_rows.seqAt(last) == 0;
    if (written && first == last && !m_unplaced)
        m_window.pin();
    std::optional<Seq> firstNew; // of others
    for (int row = last; atEnd && !m_unplaced && row >= first; --row) {
        if (!m_rows.isOwn(row))
            firstNew = m_rows.seqAt(row);
    }
    const bool watched = isVisible() && isActiveWindow() && m_window.isPinned();
    if (firstNew && !watched && !m_rows.firstUnread())
        m_rows.setFirstUnread(*firstNew);
    if (m_window.placed().empty()) { // the first rows belong to the first frame
        m_window.invalidate();
        updateRows();
    } else {
        scheduleUpdate();
    }
    if (firstNew)
        announce(last);
}

void MessageView::announce(int row)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(this, QAccessible::Alert);
    event.setChild(row);
    QAccessible::updateAccessibility(&event);
}

/// A conversation opens at its first unread message, if that is not on the last screen anyway.
void MessageView::placeFirst()
{
    m_unplaced = false;
    const Topic *topic = m_rows.model()->topic();
    const int loaded = topic->timeline().messageCount();
    for (int row = loaded - 1; m_rows.firstUnread() && row >= 0; --row) {
        if (!m_rows.startsUnread(row))
            continue;
        if (!m_window.placedRow(row) || m_window.placedRow(row)->top < 0)
            m_window.placeAtTop(row, 0);
        return;
    }
}

void MessageView::updateScrollBar()
{
    m_ownScroll = true;
    const int page = qMax(1, m_window.unitsOnScreen());
    QScrollBar *bar = verticalScrollBar();
    bar->setPageStep(page);
    bar->setSingleStep(RowWindow::kUnits);
    bar->setRange(0, qMax(0, m_rows.places() * RowWindow::kUnits - page));
    // While the person holds the thumb, or what it was dragged to is on its way, it stays.
    if (!m_placeAsked && !bar->isSliderDown())
        bar->setValue(m_window.isPinned() ? bar->maximum() : m_window.topUnits());
    m_ownScroll = false;
}

void MessageView::moveToUnits(int units)
{
    if (m_ownScroll)
        return;
    m_pointer.reset();
    m_placeAsked = false;
    const Seq seq = m_rows.count() > 0 ? m_rows.seqAtPlace(units / RowWindow::kUnits) : 0;
    if (units >= verticalScrollBar()->maximum()) {
        m_window.pin();
    } else if (seq > 0 && !m_rows.isLoaded(seq)) {
        // What is on screen stays there until what is asked for has come.
        m_placeAsked = true;
        emit placeRequested(seq);
        return;
    } else {
        m_window.scrollToUnits(units);
    }
    showFloatingDate();
    viewport()->update();
    afterMove();
}

void MessageView::showPlace(Seq seq)
{
    m_placeAsked = false;
    const int row = m_rows.rowAtPlace(m_rows.placeOfSeq(seq));
    if (row < 0)
        return;
    updateRows();
    m_unplaced = false;
    m_window.placeAtTop(row, 0);
    showFloatingDate();
    viewport()->update();
    afterMove();
}

void MessageView::scrollToStart()
{
    moveToUnits(0);
}

/// Clicks beside the thumb move by pixels, not by rows.
void MessageView::takeScrollAction(int action)
{
    const int line = m_style.bodyLine * kStepLines;
    const int page = viewport()->height() - line;
    int dy = 0;
    switch (action) {
    case QAbstractSlider::SliderSingleStepAdd:
        dy = line;
        break;
    case QAbstractSlider::SliderSingleStepSub:
        dy = -line;
        break;
    case QAbstractSlider::SliderPageStepAdd:
        dy = page;
        break;
    case QAbstractSlider::SliderPageStepSub:
        dy = -page;
        break;
    default:
        return;
    }
    scrollBy(dy);
    m_ownScroll = true;
    verticalScrollBar()->setSliderPosition(verticalScrollBar()->value());
    m_ownScroll = false;
}

void MessageView::forgetRequests()
{
    m_olderAsked = false;
    m_newerAsked = false;
}

void MessageView::requestHistory()
{
    const Topic *topic = m_rows.model() ? m_rows.model()->topic() : nullptr;
    if (!topic || topic->isLoading() || !isVisible())
        return;
    requestOlder(*topic);
    requestNewer(*topic);
}

void MessageView::requestOlder(const Topic &topic)
{
    const int top = m_window.placed().empty() ? 0 : m_window.placed().front().row;
    const int edge = qMax(0, top - kHistoryMargin);
    const Seq seq = top < m_rows.count() ? m_rows.seqAt(top) : 0;
    const Seq low = topic.timeline().known().rangeAt(seq).low;
    const bool endsAbove = edge == 0 || m_rows.seqAt(edge) < low;
    const bool atStart = edge == 0 && topic.isAtStart() && low <= topic.timeline().firstSeq();
    if (m_olderAsked || !endsAbove || atStart || low == 1)
        return;
    m_olderAsked = true;
    emit olderRequested(seq);
    if (!topic.isLoading() && seq > 0)
        joinParts(seq);
}

/// Nothing of what lies between can be had now, so its two sides meet.
void MessageView::joinParts(Seq seq)
{
    m_rows.join(seq);
    scheduleUpdate();
}

void MessageView::requestNewer(const Topic &topic)
{
    const int newest = topic.timeline().messageCount() - 1;
    if (m_window.isPinned() && newest >= kMostFollowed && !m_newerAsked) {
        m_newerAsked = true;
        emit newerRequested(m_rows.seqAt(newest));
        return;
    }
    const int bottom = m_window.placed().empty() ? -1 : m_window.placed().back().row;
    const int edge = qMin(newest, bottom + kHistoryMargin);
    if (m_newerAsked || bottom < 0 || edge <= bottom)
        return;
    const Seq seq = m_rows.seqAt(bottom);
    if (m_rows.seqAt(edge) < topic.timeline().known().rangeAt(seq).hi)
        return;
    m_newerAsked = true;
    emit newerRequested(seq);
    const int next = m_rows.rowAtPlace(m_rows.placeOfSeq(topic.timeline().known().rangeAt(seq).hi));
    if (!topic.isLoading() && next >= 0 && m_rows.seqAt(next) > seq)
        joinParts(m_rows.seqAt(next));
}

void MessageView::updateSeen()
{
    Seq newest = 0;
    for (const RowWindow::PlacedRow &placed : m_window.placed()) {
        const bool readable = placed.bottom() <= viewport()->height() || placed.top <= 0;
        if (readable)
            newest = qMax(newest, placed.layout->item().key.seq);
    }
    m_seenWatch.setVisible(newest, isVisible() && isActiveWindow() && !window()->isMinimized());
}

void MessageView::scrollToEnd()
{
    m_window.pin();
    viewport()->update();
    afterMove();
}

void MessageView::showFound(int row)
{
    updateRows();
    if (!m_place && !m_window.placed().empty()) {
        const RowWindow::PlacedRow &top = m_window.placed().front();
        m_place = Place{m_rows.keyAt(top.row), top.top, m_window.isPinned()};
    }
    m_unplaced = false;
    m_window.placeAtTop(row, viewport()->height() / 3);
    m_found = m_rows.keyAt(row);
    m_foundTimer.start();
    m_window.update();
    if (const RowWindow::PlacedRow *placed = m_window.placedRow(row)) {
        const QList<TextRange> marks = m_marker.marks(placed->layout->text().text());
        if (!marks.isEmpty())
            revealInCode(row, marks.first().begin);
    }
    viewport()->update();
    afterMove();
}

void MessageView::returnToPlace()
{
    const std::optional<Place> place = std::exchange(m_place, std::nullopt);
    m_foundTimer.stop();
    if (!place)
        return;
    const int row = m_rows.rowOf(place->row);
    if (place->pinned || row < 0) {
        scrollToEnd();
        return;
    }
    m_window.placeAtTop(row, place->top);
    viewport()->update();
    afterMove();
}

void MessageView::goToQuoted(int row)
{
    const Seq quoted = row < 0 ? 0 : m_rows.replyTo(row);
    if (quoted > 0)
        emit messageRequested(quoted);
}

void MessageView::goToUnread()
{
    const Seq seq = m_rows.firstUnread();
    if (seq == 0)
        return;
    const int row = m_rows.isLoaded(seq) ? m_rows.rowAtPlace(m_rows.placeOfSeq(seq)) : -1;
    emit messageRequested(row < 0 ? seq : m_rows.seqAt(row));
}

}
