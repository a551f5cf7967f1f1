#include "widgets/composer/textmarks.h"

#include "widgets/composer/fixedparts.h"
#include "wire/drafty/linemarks.h"

#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>

namespace confab {

namespace {

/// A stretch of one line that gets or loses its marks.
class LineMarks
{
public:
    LineMarks(const QTextCursor &selection, wire::SpanKind kind)
        : m_cursor(selection)
        , m_kind(kind)
        , m_mark(wire::markOf(kind))
        , m_begin(selection.selectionStart())
        , m_end(selection.selectionEnd())
    {
        while (m_begin < m_end && at(m_begin).isSpace())
            ++m_begin;
        while (m_end > m_begin && at(m_end - 1).isSpace())
            --m_end;
    }

    bool isEmpty() const { return m_begin == m_end; }

    bool isMarked() const { return hasMarksAround() || hasMarksInside() || !fixedWith().isEmpty(); }

    void wrap()
    {
        insert(m_end, m_mark);
        insert(m_begin, m_mark);
        ++m_begin;
        ++m_end;
        if (!acts())
            fix();
    }

    void unwrap()
    {
        if (hasMarksAround()) {
            remove(m_end);
            remove(--m_begin);
            --m_end;
        } else if (hasMarksInside()) {
            remove(--m_end);
            remove(m_begin);
            --m_end;
        } else {
            for (const wire::MarkedText::Fixed &part : fixedWith()) {
                select(m_begin + int(part.begin), m_begin + int(part.end()));
                clearFixed(m_cursor);
            }
        }
    }

    /// Both marks without words, the caret between them.
    void open()
    {
        insert(m_begin, QString(m_mark) + m_mark);
        m_begin = ++m_end;
    }

    QTextCursor words()
    {
        select(m_begin, m_end);
        return m_cursor;
    }

private:
    QChar at(int position) const { return m_cursor.document()->characterAt(position); }
    QTextBlock block() const { return m_cursor.document()->findBlock(m_begin); }

    bool hasMarksAround() const
    {
        const QTextBlock line = block();
        return m_begin > line.position() && m_end < line.position() + line.length() - 1
            && at(m_begin - 1) == m_mark && at(m_end) == m_mark;
    }

    bool hasMarksInside() const
    {
        return m_end - m_begin > 2 && at(m_begin) == m_mark && at(m_end - 1) == m_mark;
    }

    /// Fixed parts here that are of this kind as a whole.
    QList<wire::MarkedText::Fixed> fixedWith() const
    {
        QList<wire::MarkedText::Fixed> parts = fixedParts(*m_cursor.document(), m_begin, m_end);
        parts.removeIf([this](const wire::MarkedText::Fixed &part) {
            const QList<wire::Span> &spans = part.content.spans();
            return std::none_of(spans.begin(), spans.end(), [&](const wire::Span &span) {
                return span.kind == m_kind && span.length == part.content.text().size();
            });
        });
        return parts;
    }

    /// Whether the parser takes the two marks as a pair.
    bool acts() const
    {
        const QTextBlock line = block();
        const qsizetype open = m_begin - 1 - line.position();
        const qsizetype close = m_end - line.position();
        return wire::findMarks(line.text()).contains(wire::MarkPair{m_kind, open, close});
    }

    void fix()
    {
        select(m_begin, m_end);
        const QString text = m_cursor.selectedText();
        const auto fixed = fixedParts(*m_cursor.document(), m_begin, m_end);
        const wire::Drafty words = m_kind == wire::SpanKind::Code
            ? wire::Drafty(text)
            : wire::parseMarkup({text, fixed, {}});
        select(m_begin - 1, m_end + 1);
        insertFixed(m_cursor, words.wrapped(m_kind));
        m_begin -= 1;
        m_end = m_begin + int(words.text().size());
    }

    void select(int begin, int end)
    {
        m_cursor.setPosition(begin);
        m_cursor.setPosition(end, QTextCursor::KeepAnchor);
    }

    void insert(int position, const QString &text)
    {
        m_cursor.setPosition(position);
        m_cursor.insertText(text, QTextCharFormat());
    }

    void remove(int position)
    {
        m_cursor.setPosition(position);
        m_cursor.deleteChar();
    }

    QTextCursor m_cursor;
    wire::SpanKind m_kind;
    QChar m_mark;
    int m_begin;
    int m_end;
};

bool isOverLines(const QTextCursor &cursor)
{
    const QTextDocument &document = *cursor.document();
    return document.findBlock(cursor.selectionStart()) != document.findBlock(cursor.selectionEnd());
}

/// The selection extended to whole lines.
QTextCursor wholeLines(const QTextCursor &selection)
{
    QTextCursor lines = selection;
    lines.setPosition(selection.selectionStart());
    lines.movePosition(QTextCursor::StartOfBlock);
    QTextCursor last = selection;
    last.setPosition(selection.selectionEnd());
    last.movePosition(QTextCursor::EndOfBlock);
    lines.setPosition(last.position(), QTextCursor::KeepAnchor);
    return lines;
}

QTextCursor toggleFences(const QTextCursor &selection)
{
    QTextCursor lines = wholeLines(selection);
    QStringList text = lines.selectedText().split(QChar::ParagraphSeparator);
    const bool isFenced
        = text.size() > 2 && wire::isFence(text.first()) && wire::isClosingFence(text.last());
    if (isFenced)
        text = text.mid(1, text.size() - 2);
    else
        text = QStringList{QStringLiteral("```")} + text + QStringList{QStringLiteral("```")};
    const int begin = lines.selectionStart();
    lines.insertText(text.join(u'\n'), QTextCharFormat());
    const int end = lines.position();
    lines.setPosition(begin);
    lines.setPosition(end, QTextCursor::KeepAnchor);
    return lines;
}

QTextCursor toggleLines(const QTextCursor &selection, wire::SpanKind kind)
{
    QTextCursor whole = selection;
    QList<QTextCursor> lines;
    const QTextDocument &document = *selection.document();
    for (QTextBlock block = document.findBlock(selection.selectionStart());
         block.isValid() && block.position() <= selection.selectionEnd(); block = block.next()) {
        QTextCursor line(block);
        line.setPosition(qMax(block.position(), selection.selectionStart()));
        line.setPosition(qMin(block.position() + block.length() - 1, selection.selectionEnd()),
            QTextCursor::KeepAnchor);
        if (!LineMarks(line, kind).isEmpty())
            lines.append(line);
    }
    const bool areMarked = std::all_of(lines.begin(), lines.end(),
        [kind](const QTextCursor &line) { return LineMarks(line, kind).isMarked(); });
    for (const QTextCursor &line : std::as_const(lines)) {
        LineMarks marks(line, kind);
        if (areMarked)
            marks.unwrap();
        else if (!marks.isMarked())
            marks.wrap();
    }
    return whole;
}

QTextCursor toggleLine(const QTextCursor &selection, wire::SpanKind kind)
{
    LineMarks marks(selection, kind);
    if (marks.isEmpty())
        marks.open();
    else if (marks.isMarked())
        marks.unwrap();
    else
        marks.wrap();
    return marks.words();
}

/// The word that the caret is in or at the end of; nothing selected where there is none.
void selectWord(QTextCursor &cursor)
{
    QTextCursor word = cursor;
    word.select(QTextCursor::WordUnderCursor);
    const QString text = word.selectedText();
    if (std::any_of(text.begin(), text.end(), [](QChar c) { return c.isLetterOrNumber(); }))
        cursor = word;
}

}

QTextCursor toggleMark(QTextCursor cursor, wire::SpanKind kind)
{
    if (!cursor.hasSelection())
        selectWord(cursor);
    cursor.beginEditBlock();
    QTextCursor result;
    if (!isOverLines(cursor))
        result = toggleLine(cursor, kind);
    else if (kind == wire::SpanKind::Code)
        result = toggleFences(cursor);
    else
        result = toggleLines(cursor, kind);
    cursor.endEditBlock();
    return result;
}

bool linkSelection(QTextCursor cursor, const QString &url)
{
    const QString words = cursor.selectedText();
    if (words.trimmed().isEmpty() || isOverLines(cursor))
        return false;
    const auto fixed
        = fixedParts(*cursor.document(), cursor.selectionStart(), cursor.selectionEnd());
    if (!fixed.isEmpty())
        return false;
    insertFixed(cursor, wire::Drafty::fromEntity(words, wire::Link{url, {}}));
    return true;
}

}
