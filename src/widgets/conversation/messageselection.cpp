#include "widgets/conversation/messageselection.h"

#include <QTextBoundaryFinder>

namespace confab {

MessageSelection::MessageSelection(const MessageRows &rows)
    : m_rows(rows)
{
}

void MessageSelection::clear()
{
    m_from = {};
    m_to = {};
}

void MessageSelection::start(const TextPosition &position)
{
    select(position, position);
}

void MessageSelection::extend(const TextPosition &position)
{
    m_to = position;
}

void MessageSelection::select(const TextPosition &from, const TextPosition &to)
{
    m_from = from;
    m_to = to;
}

void MessageSelection::selectAll()
{
    const int count = m_rows.count();
    if (count > 0)
        select({m_rows.keyAt(0), 0}, {m_rows.keyAt(count - 1), kToEnd});
}

int MessageSelection::extendByRow(int focused, int step)
{
    const bool fresh = isEmpty();
    const int from = fresh ? focused : m_rows.rowOf(m_from.key);
    int to = fresh ? focused : m_rows.rowOf(m_to.key);
    if (from < 0 || to < 0)
        return -1;
    if (!fresh)
        to = qBound(0, to + step, m_rows.count() - 1);
    const bool down = to > from || (to == from && step > 0);
    select({m_rows.keyAt(from), down ? 0 : kToEnd}, {m_rows.keyAt(to), down ? kToEnd : 0});
    return to;
}

int MessageSelection::extendByCharacter(int focused, int step, bool byWord)
{
    if (isEmpty())
        start({m_rows.keyAt(focused), step > 0 ? 0 : kToEnd});
    int row = m_rows.rowOf(m_to.key);
    if (row < 0)
        return -1;
    const QString text = shownText(row, {0, m_to.character}).text();
    const int length = int(text.size());
    QTextBoundaryFinder finder(
        byWord ? QTextBoundaryFinder::Word : QTextBoundaryFinder::Grapheme, text);
    finder.setPosition(qMin(m_to.character, length));
    qsizetype at = step > 0 ? finder.toNextBoundary() : finder.toPreviousBoundary();
    if (at < 0) {
        row = qBound(0, row + step, m_rows.count() - 1);
        const bool moved = m_rows.keyAt(row) != m_to.key;
        at = moved == (step > 0) ? 0 : kToEnd;
    }
    extend({m_rows.keyAt(row), int(at)});
    return row;
}

/// Places do not move when rows come and go, so an end may be out of memory meanwhile.
MessageSelection::Span MessageSelection::span() const
{
    const int from = m_rows.placeOf(m_from.key);
    const int to = m_rows.placeOf(m_to.key);
    if (from < 0 || to < 0)
        return {};
    const bool forward = from < to || (from == to && m_from.character <= m_to.character);
    if (forward)
        return {from, to, m_from.character, m_to.character};
    return {to, from, m_to.character, m_from.character};
}

bool MessageSelection::isEmpty() const
{
    const Span all = span();
    return all.firstPlace < 0 || (all.firstPlace == all.lastPlace && all.first == all.last);
}

MessageSelection::Range MessageSelection::rangeOf(int row) const
{
    return isEmpty() ? Range() : rangeAtPlace(m_rows.placeOf(row));
}

MessageSelection::Range MessageSelection::rangeAtPlace(int place) const
{
    const Span all = span();
    if (all.firstPlace < 0 || place < all.firstPlace || place > all.lastPlace)
        return {};
    return {place == all.firstPlace ? all.first : 0, place == all.lastPlace ? all.last : kToEnd};
}

MessageText MessageSelection::shownText(int row, const Range &range) const
{
    const bool whole = m_rows.isExpanded(m_rows.keyAt(row)) || range.end == kToEnd;
    return MessageText::ofMessage(m_rows.contentAt(row), m_rows.textAt(row), whole);
}

MessageSelection::RowSpan MessageSelection::loadedRows() const
{
    const Span all = span();
    if (all.firstPlace < 0 || isEmpty())
        return {};
    RowSpan rows{m_rows.rowAtPlace(all.firstPlace), m_rows.rowAtPlace(all.lastPlace)};
    if (rows.last >= 0 && m_rows.placeOf(rows.last) > all.lastPlace)
        --rows.last; // that end is gone
    return rows.first < 0 ? RowSpan() : rows;
}

QString MessageSelection::text() const
{
    const RowSpan rows = loadedRows();
    QStringList lines;
    for (int row = rows.first; row <= rows.last; ++row) {
        const Range range = rangeOf(row);
        const MessageText shown = shownText(row, range);
        // Media alone have no text to select from; their words stand for them.
        const QString part =
            shown.text().isEmpty() ? m_rows.textAt(row) : shown.source(range.start, range.end);
        lines.append(rows.first == rows.last ? part : m_rows.labelAt(row) + part);
    }
    return lines.join(u'\n');
}

QString MessageSelection::html() const
{
    const RowSpan rows = loadedRows();
    QString html;
    for (int row = rows.first; row <= rows.last; ++row) {
        const Range range = rangeOf(row);
        const MessageText shown = shownText(row, range);
        const QString part = shown.text().isEmpty() ? m_rows.textAt(row).toHtmlEscaped()
                                                    : shown.html(range.start, range.end);
        const QString before
            = rows.first == rows.last ? QString() : m_rows.labelAt(row).toHtmlEscaped();
        html += QStringLiteral("<p>%1%2</p>").arg(before, part);
    }
    return html;
}

QString MessageSelection::messageText(int row) const
{
    return m_rows.textAt(row);
}

}
