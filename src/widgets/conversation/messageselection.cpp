#include "widgets/conversation/messageselection.h"

#include "widgets/conversation/conversationtext.h"

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

MessageSelection::Span MessageSelection::span() const
{
    const int from = m_rows.rowOf(m_from.key);
    const int to = m_rows.rowOf(m_to.key);
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
    return all.firstRow < 0 || (all.firstRow == all.lastRow && all.first == all.last);
}

MessageSelection::Range MessageSelection::rangeOf(int row) const
{
    const Span all = span();
    if (all.firstRow < 0 || row < all.firstRow || row > all.lastRow)
        return {};
    return {row == all.firstRow ? all.first : 0, row == all.lastRow ? all.last : kToEnd};
}

QString MessageSelection::label(int row) const
{
    const QDateTime time =
        m_rows.model()->data(m_rows.model()->index(row), MessageListModel::TimeRole).toDateTime();
    return QStringLiteral("[%1] %2: ").arg(timeText(time), m_rows.senderAt(row));
}

MessageText MessageSelection::shownText(int row, const Range &range) const
{
    const bool whole = m_rows.isExpanded(m_rows.keyAt(row)) || range.end == kToEnd;
    return MessageText::ofMessage(m_rows.contentAt(row), m_rows.textAt(row), whole);
}

QString MessageSelection::text() const
{
    const Span all = span();
    QStringList lines;
    for (int row = all.firstRow; row >= 0 && row <= all.lastRow; ++row) {
        const Range range = rangeOf(row);
        const MessageText shown = shownText(row, range);
        // Media alone have no text to select from; their words stand for them.
        const QString part =
            shown.text().isEmpty() ? m_rows.textAt(row) : shown.source(range.start, range.end);
        lines.append(all.firstRow == all.lastRow ? part : label(row) + part);
    }
    return lines.join(u'\n');
}

QString MessageSelection::html() const
{
    const Span all = span();
    QString html;
    for (int row = all.firstRow; row >= 0 && row <= all.lastRow; ++row) {
        const Range range = rangeOf(row);
        const MessageText shown = shownText(row, range);
        const QString part = shown.text().isEmpty() ? m_rows.textAt(row).toHtmlEscaped()
                                                    : shown.html(range.start, range.end);
        const QString before = all.firstRow == all.lastRow ? QString() : label(row).toHtmlEscaped();
        html += QStringLiteral("<p>%1%2</p>").arg(before, part);
    }
    return html;
}

QString MessageSelection::messageText(int row) const
{
    return m_rows.textAt(row);
}

}
