#include "widgets/conversation/selectioncopy.h"

namespace confab {

SelectionCopy::SelectionCopy(const MessageSelection &selection, const MessageRows &rows)
    : m_selection(selection)
    , m_rows(rows)
    , m_first(rows.seqAtPlace(selection.firstPlace()))
    , m_low(rows.seqAtPlace(selection.lastPlace()) + 1)
{
    if (m_low == 1) // ends among those that have no number yet
        m_low = rows.model()->topic()->timeline().lastSeq() + 1;
    if (m_first == 0)
        m_first = m_low;
    for (int row = rows.count() - 1; row >= 0 && rows.seqAt(row) == 0; --row)
        addLine(rows.placeOf(row), rows.labelAt(row),
            MessageText::ofMessage(rows.contentAt(row), rows.textAt(row), true), rows.textAt(row));
}

void SelectionCopy::addLine(
    int place, const QString &label, const MessageText &shown, const QString &words)
{
    const MessageSelection::Range range = m_selection.rangeAtPlace(place);
    if (range.end <= range.start)
        return;
    // Media alone have no text to select from; their words stand for them.
    const bool hasText = !shown.text().isEmpty();
    m_lines.insert(place,
        {label, hasText ? shown.source(range.start, range.end) : words,
            hasText ? shown.html(range.start, range.end) : words.toHtmlEscaped()});
}

void SelectionCopy::addRows(Seq low)
{
    const int first = m_rows.rowAtPlace(m_rows.placeOfSeq(low));
    for (int row = first; row >= 0 && row < m_rows.count(); ++row) {
        const Seq seq = m_rows.seqAt(row);
        if (seq == 0 || seq >= m_low)
            break;
        addLine(m_rows.placeOf(row), m_rows.labelAt(row),
            MessageText::ofMessage(m_rows.contentAt(row), m_rows.textAt(row), true), m_rows.textAt(row));
    }
}

Seq SelectionCopy::advance()
{
    while (m_low > m_first && m_rows.isLoaded(m_low - 1)) {
        const Seq low = qMax(m_first, m_rows.loadedFrom(m_low - 1));
        addRows(low);
        m_low = low;
    }
    return m_low > m_first ? m_low : 0;
}

void SelectionCopy::add(const QList<Message> &page)
{
    Timeline versions; // brings edits to what they belong to
    versions.insert(page);
    for (int row = 0; row < versions.count(); ++row) {
        const Message &message = versions.message(row);
        if (message.seq < m_first || message.seq >= m_low)
            continue;
        addLine(m_rows.placeOfSeq(message.seq), m_rows.labelOf(message),
            MessageText::ofMessage(message.content, message.text, true), message.text);
    }
    const Seq lowest = versions.firstSeq();
    m_low = lowest > 0 && lowest < m_low ? qMax(lowest, m_first) : m_first;
}

QString SelectionCopy::text() const
{
    QStringList lines;
    for (const Line &line : m_lines)
        lines.append(m_lines.size() == 1 ? line.text : line.label + line.text);
    return lines.join(u'\n');
}

QString SelectionCopy::html() const
{
    QString html;
    for (const Line &line : m_lines) {
        const QString label = m_lines.size() == 1 ? QString() : line.label.toHtmlEscaped();
        html += QStringLiteral("<p>%1%2</p>").arg(label, line.html);
    }
    return html;
}

}
