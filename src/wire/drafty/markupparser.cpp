#include "wire/drafty/linemarks.h"
#include "wire/drafty/linkfinder.h"
#include "wire/drafty/markup.h"

#include <algorithm>

namespace confab::wire {

namespace {

/// Finds spans and marks in the text as typed, then takes the marks out.
class MarkupParser
{
public:
    explicit MarkupParser(const MarkedText &typed)
        : m_typed(typed)
        , m_masked(typed.text)
        , m_isMark(typed.text.size(), false)
    {
        for (const MarkedText::Fixed &fixed : typed.fixed)
            addFixed(fixed);
    }

    Drafty parse()
    {
        readLines();
        takeMarksOut();
        findNames();
        for (const MarkedText::Fixed &fixed : std::as_const(m_fixed))
            addContent(fixed);
        return Drafty::fromParts(m_text, m_spans, m_entities, m_typed.attachments);
    }

private:
    void addFixed(const MarkedText::Fixed &fixed)
    {
        const QString &words = fixed.content.text();
        const bool follows = m_fixed.isEmpty() || m_fixed.last().end() <= fixed.begin;
        const bool fits = fixed.begin >= 0 && follows
            && QStringView(m_typed.text).mid(fixed.begin).startsWith(words);
        if (!fits || words.isEmpty())
            return;
        m_fixed += fixed;
        mask(m_masked, fixed.begin, fixed.end());
    }

    /// One word without letters: no mark, address or line break is found in it.
    static void mask(QString &text, qsizetype begin, qsizetype end)
    {
        std::fill(text.begin() + begin, text.begin() + end, Drafty::kMedium);
    }

    qsizetype lineEnd(qsizetype begin) const
    {
        const qsizetype end = m_masked.indexOf(u'\n', begin);
        return end < 0 ? m_masked.size() : end;
    }

    void readLines()
    {
        for (qsizetype begin = 0; begin < m_masked.size();) {
            const qsizetype end = lineEnd(begin);
            const QStringView line = QStringView(m_masked).mid(begin, end - begin);
            const qsizetype codeEnd = isFence(line) ? findClosingFence(end + 1) : -1;
            if (codeEnd < 0)
                readLine(line, begin);
            begin = codeEnd < 0 ? end + 1 : readCode(begin, end + 1, codeEnd);
        }
    }

    /// Where the line that ends the code from here begins; -1 if there is none, or no code.
    qsizetype findClosingFence(qsizetype from)
    {
        if (from >= m_noFenceFrom)
            return -1;
        for (qsizetype begin = from; begin < m_masked.size(); begin = lineEnd(begin) + 1) {
            if (isClosingFence(QStringView(m_masked).mid(begin, lineEnd(begin) - begin)))
                return begin > from + 1 ? begin : -1;
        }
        m_noFenceFrom = std::min(m_noFenceFrom, from);
        return -1;
    }

    /// Returns where what follows the block begins.
    qsizetype readCode(qsizetype openFence, qsizetype begin, qsizetype closeFence)
    {
        const qsizetype end = closeFence - 1; // without the line break before the fence
        const qsizetype next = lineEnd(closeFence);
        m_spans += Span{begin, end - begin, SpanKind::Code, -1};
        setMarks(openFence, begin);
        setMarks(end, next);
        return next + 1;
    }

    void readLine(QStringView line, qsizetype begin)
    {
        for (const MarkPair &pair : findMarks(line)) {
            const qsizetype open = begin + pair.open;
            const qsizetype close = begin + pair.close;
            m_spans += Span{open + 1, close - open - 1, pair.kind, -1};
            setMarks(open, open + 1);
            setMarks(close, close + 1);
        }
    }

    void setMarks(qsizetype begin, qsizetype end)
    {
        std::fill(m_isMark.begin() + begin, m_isMark.begin() + end, true);
    }

    void takeMarksOut()
    {
        QList<qsizetype> places(m_typed.text.size() + 1, 0);
        QString masked;
        for (qsizetype i = 0; i < m_typed.text.size(); ++i) {
            places[i] = m_text.size();
            if (m_isMark.at(i))
                continue;
            m_text += m_typed.text.at(i);
            masked += m_masked.at(i);
        }
        places.last() = m_text.size();
        m_masked = masked;
        for (Span &span : m_spans) {
            const qsizetype end = places.at(span.end());
            span.begin = places.at(span.begin);
            span.length = end - span.begin;
        }
        for (MarkedText::Fixed &fixed : m_fixed)
            fixed.begin = places.at(fixed.begin);
    }

    /// Not in code. Line by line, so that one ends where its line does.
    void findNames()
    {
        for (const Span &span : std::as_const(m_spans)) {
            if (span.kind == SpanKind::Code)
                mask(m_masked, span.begin, span.end());
        }
        const QList<FoundEntity> names = findEntities(m_masked);
        for (const FoundEntity &found : names) {
            m_spans += Span{found.begin, found.length, spanKind(found.entity),
                static_cast<int>(m_entities.size())};
            m_entities += found.entity;
        }
    }

    void addContent(const MarkedText::Fixed &fixed)
    {
        const int first = static_cast<int>(m_entities.size());
        for (Span span : fixed.content.spans()) {
            span.begin += fixed.begin;
            if (span.entity >= 0)
                span.entity += first;
            m_spans += span;
        }
        m_entities += fixed.content.entities();
    }

    const MarkedText &m_typed;
    QString m_masked; ///< the text with kMedium for all that is not typed or code
    QList<bool> m_isMark;
    qsizetype m_noFenceFrom = std::numeric_limits<qsizetype>::max();
    QList<MarkedText::Fixed> m_fixed;
    QString m_text; ///< without marks
    QList<Span> m_spans;
    QList<Entity> m_entities;
};

}

Drafty parseMarkup(const MarkedText &typed)
{
    return MarkupParser(typed).parse();
}

Drafty parseMarkup(const QString &typed)
{
    return parseMarkup(MarkedText{typed, {}, {}});
}

}
