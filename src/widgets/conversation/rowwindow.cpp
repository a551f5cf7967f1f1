#include "widgets/conversation/rowwindow.h"

#include <algorithm>

namespace confab {

namespace {

constexpr int kSpareLayouts = 8;

}

RowWindow::RowWindow(const MessageRows &rows, const MessageStyle &style)
    : m_rows(rows)
    , m_style(style)
{
}

void RowWindow::setSize(const QSize &size)
{
    if (size.width() != m_size.width())
        m_layouts.clear();
    m_size = size;
}

void RowWindow::setStyle(const MessageStyle &style)
{
    m_style = style;
    m_layouts.clear();
}

void RowWindow::reset()
{
    m_layouts.clear();
    m_placed.clear();
    m_anchor = {};
    m_pinned = true;
}

std::shared_ptr<const MessageLayout> RowWindow::layoutOf(int row)
{
    Kept &kept = m_layouts[m_rows.keyAt(row)];
    if (kept.layout && kept.generation == m_generation)
        return kept.layout;
    const MessageItem item = m_rows.itemAt(row);
    if (!kept.layout || kept.layout->item() != item) {
        kept.layout = std::make_shared<const MessageLayout>(item, m_style, m_size.width());
        ++m_layoutsMade;
        m_textsLaidOut += quint64(kept.layout->texts());
    }
    kept.generation = m_generation;
    return kept.layout;
}

RowWindow::PlacedRow RowWindow::place(int row, int top)
{
    return {row, top, layoutOf(row)};
}

void RowWindow::extendDown()
{
    while (m_placed.back().bottom() < m_size.height() && m_placed.back().row + 1 < m_rows.count()
        && !m_rows.isCutAbove(m_placed.back().row + 1))
        m_placed.push_back(place(m_placed.back().row + 1, m_placed.back().bottom()));
}

void RowWindow::extendUp()
{
    std::vector<PlacedRow> above;
    int row = m_placed.front().row;
    int top = m_placed.front().top;
    while (top > 0 && row > 0 && !m_rows.isCutAbove(row)) {
        PlacedRow next = place(--row, 0);
        top -= next.layout->height();
        next.top = top;
        above.push_back(std::move(next));
    }
    m_placed.insert(m_placed.begin(), std::make_move_iterator(above.rbegin()),
        std::make_move_iterator(above.rend()));
}

void RowWindow::placeFromBottom()
{
    m_placed.clear();
    PlacedRow last = place(m_rows.count() - 1, 0);
    last.top = m_size.height() - MessageLayout::kFoot - last.layout->height();
    m_placed.push_back(std::move(last));
    extendUp();
}

void RowWindow::placeFromAnchor(int row)
{
    m_placed.clear();
    PlacedRow held = place(row, 0);
    held.top = m_anchorY - held.layout->textTop();
    m_placed.push_back(std::move(held));
    extendDown();
    extendUp();
    if (m_placed.back().bottom() < m_size.height() && m_placed.back().row + 1 < m_rows.count()) {
        shift(m_size.height() - m_placed.back().bottom()); // what follows is not loaded
        extendUp();
    }
    if (m_placed.front().top > 0) {
        shift(-m_placed.front().top);
        extendDown();
    }
    const bool reachesEnd = m_placed.back().row == m_rows.count() - 1;
    if (reachesEnd && m_placed.back().bottom() + MessageLayout::kFoot <= m_size.height()) {
        m_pinned = true;
        placeFromBottom();
    }
}

void RowWindow::shift(int dy)
{
    for (PlacedRow &placed : m_placed)
        placed.top += dy;
    m_anchorY += dy;
}

bool RowWindow::update()
{
    const std::vector<PlacedRow> before = m_placed;
    if (m_rows.count() == 0 || m_size.isEmpty()) {
        m_placed.clear();
        return !before.empty();
    }
    const int anchor = m_pinned ? -1 : m_rows.rowOf(m_anchor);
    if (anchor < 0) {
        m_pinned = true;
        placeFromBottom();
    } else {
        m_anchor = m_rows.keyAt(anchor);
        placeFromAnchor(anchor);
    }
    const auto isOutside = [this](const PlacedRow &placed) {
        return placed.bottom() <= 0 || placed.top >= m_size.height();
    };
    m_placed.erase(std::remove_if(m_placed.begin(), m_placed.end(), isOutside), m_placed.end());
    trim();
    return m_placed != before;
}

/// Forgets layouts more than a screen away; looks only when there are many.
void RowWindow::trim()
{
    const int screen = int(m_placed.size());
    if (screen == 0 || m_layouts.size() <= 3 * screen + kSpareLayouts)
        return;
    const int first = m_placed.front().row - screen;
    const int last = m_placed.back().row + screen;
    m_layouts.removeIf([this, first, last](QHash<RowKey, Kept>::iterator kept) {
        const int row = m_rows.rowOf(kept.key());
        return row < first || row > last;
    });
}

/// The topmost row whose text begins on screen holds the view.
void RowWindow::holdTop()
{
    if (m_placed.empty())
        return;
    auto held = std::find_if(m_placed.begin(), m_placed.end(), [this](const PlacedRow &placed) {
        const int text = placed.top + placed.layout->textTop();
        return text >= 0 && text < m_size.height();
    });
    if (held == m_placed.end())
        held = m_placed.begin();
    m_anchor = held->layout->item().key;
    m_anchorY = held->top + held->layout->textTop();
}

void RowWindow::leaveRows(int first, int last)
{
    const int anchor = m_pinned ? -1 : m_rows.rowOf(m_anchor);
    if (anchor < first || anchor > last)
        return;
    // What comes next is read next, so that stays where it is; rows above fill the gap.
    auto stays = std::find_if(m_placed.begin(), m_placed.end(),
        [last](const PlacedRow &placed) { return placed.row > last; });
    if (stays == m_placed.end()) {
        stays = std::find_if(m_placed.begin(), m_placed.end(),
            [first](const PlacedRow &placed) { return placed.row < first; });
    }
    if (stays == m_placed.end())
        return;
    m_anchor = stays->layout->item().key;
    m_anchorY = stays->top + stays->layout->textTop();
}

void RowWindow::scrollBy(int dy)
{
    update();
    if (m_placed.empty() || dy == 0)
        return;
    holdTop();
    m_pinned = false;
    m_anchorY -= dy;
    update();
    if (!m_pinned)
        holdTop();
}

std::vector<std::shared_ptr<const MessageLayout>> RowWindow::prepare(int direction, int most)
{
    std::vector<std::shared_ptr<const MessageLayout>> made;
    if (m_placed.empty())
        return made;
    const int edge = direction < 0 ? m_placed.front().row : m_placed.back().row;
    const int screen = int(m_placed.size());
    for (int step = 1; step <= screen && int(made.size()) < most; ++step) {
        const int row = edge + direction * step;
        if (row < 0 || row >= m_rows.count() || m_rows.isCutAbove(direction < 0 ? row + 1 : row))
            break;
        const auto kept = m_layouts.constFind(m_rows.keyAt(row));
        if (kept == m_layouts.constEnd() || kept->generation != m_generation)
            made.push_back(layoutOf(row));
    }
    return made;
}

bool RowWindow::prepareEnd()
{
    const quint64 before = m_layoutsMade;
    int row = m_rows.count();
    int room = m_pinned ? m_size.height() : 0;
    while (room > 0 && row > 0 && m_layoutsMade == before) {
        room -= layoutOf(--row)->height();
        if (m_rows.isCutAbove(row))
            break;
    }
    return m_layoutsMade > before;
}

void RowWindow::scrollToUnits(int units)
{
    const int row = m_rows.rowAtPlace(units / kUnits);
    if (row < 0)
        return;
    const int inside = m_rows.placeOf(row) == units / kUnits ? units % kUnits : 0;
    placeAtTop(row, 0);
    if (const PlacedRow *placed = placedRow(row); placed && !m_pinned)
        scrollBy(placed->top + placed->layout->height() * inside / kUnits);
}

void RowWindow::pin()
{
    m_pinned = true;
    update();
}

void RowWindow::placeAtTop(int row, int margin)
{
    m_pinned = false;
    m_anchor = m_rows.keyAt(row);
    m_anchorY = margin + layoutOf(row)->textTop();
    update();
    if (!m_pinned)
        holdTop();
}

void RowWindow::reveal(int row)
{
    update();
    const PlacedRow *placed = placedRow(row);
    const int room = m_size.height() - MessageLayout::kFoot;
    const int height = placed ? placed->layout->height() : layoutOf(row)->height();
    if (placed && placed->top >= 0 && placed->bottom() <= room)
        return;
    const bool above = placed ? placed->top < 0 : !m_placed.empty() && row < m_placed.front().row;
    placeAtTop(row, above || height > room ? 0 : room - height);
}

const RowWindow::PlacedRow *RowWindow::placedRow(int row) const
{
    if (m_placed.empty() || row < m_placed.front().row || row > m_placed.back().row)
        return nullptr;
    return &m_placed.at(size_t(row - m_placed.front().row));
}

const RowWindow::PlacedRow *RowWindow::rowAt(int y) const
{
    for (const PlacedRow &placed : m_placed) {
        if (y < placed.bottom())
            return &placed;
    }
    return m_placed.empty() ? nullptr : &m_placed.back();
}

int RowWindow::topUnits() const
{
    if (m_placed.empty())
        return 0;
    const PlacedRow &top = m_placed.front();
    const int inside = qBound(0, -top.top, top.layout->height());
    return m_rows.placeOf(top.row) * kUnits + inside * kUnits / qMax(1, top.layout->height());
}

int RowWindow::unitsOnScreen() const
{
    int units = 0;
    for (const PlacedRow &placed : m_placed) {
        const int height = qMax(1, placed.layout->height());
        const int seen = qMin(placed.bottom(), m_size.height()) - qMax(placed.top, 0);
        units += qBound(0, seen, height) * kUnits / height;
    }
    return units;
}

}
