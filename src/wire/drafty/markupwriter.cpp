#include "wire/drafty/linemarks.h"
#include "wire/drafty/linkfinder.h"
#include "wire/drafty/markup.h"

#include <algorithm>

namespace confab::wire {

namespace {

void append(MarkedText &text, const MarkedText &more)
{
    for (MarkedText::Fixed fixed : more.fixed) {
        fixed.begin += text.text.size();
        text.fixed += fixed;
    }
    text.text += more.text;
}

MarkedText asFixed(const Drafty &part)
{
    return {part.text(), {MarkedText::Fixed{0, part}}, {}};
}

/// A span and what is in it, without what is around it.
Drafty branch(const Drafty &part, qsizetype root)
{
    const Span &outer = part.spans().at(root);
    QList<Span> spans;
    for (qsizetype i = root; i < part.spans().size() && part.spans().at(i).begin < outer.end();
         ++i) {
        Span span = part.spans().at(i);
        span.begin -= outer.begin;
        spans += span;
    }
    return Drafty::fromParts(part.text().mid(outer.begin, outer.length), spans, part.entities());
}

/// Writes a line, or lines that one span holds together, with marks.
class PartWriter
{
public:
    explicit PartWriter(const Drafty &part)
        : m_part(part)
        , m_found(findEntities(part.text()))
    {
    }

    MarkedText write()
    {
        const QList<Span> &spans = m_part.spans();
        for (qsizetype i = 0; i < spans.size(); ++i) {
            const Span &span = spans.at(i);
            if (span.begin < m_done)
                continue; // in something fixed
            closeUpTo(span.begin);
            writeWords(span.begin);
            if (!markOf(span.kind).isNull())
                open(span);
            else if (!isFound(span))
                writeFixed(i);
        }
        closeUpTo(m_part.text().size());
        writeWords(m_part.text().size());
        return m_written;
    }

private:
    bool isFound(const Span &span) const
    {
        return span.entity >= 0
            && m_found.contains(
                FoundEntity{span.begin, span.length, m_part.entities().at(span.entity)});
    }

    void open(const Span &span)
    {
        m_written.text += markOf(span.kind);
        m_open += span;
    }

    void closeUpTo(qsizetype at)
    {
        while (!m_open.isEmpty() && m_open.last().end() <= at) {
            const Span span = m_open.takeLast();
            writeWords(span.end());
            m_written.text += markOf(span.kind);
        }
    }

    void writeWords(qsizetype end)
    {
        m_written.text += QStringView(m_part.text()).mid(m_done, std::max(end, m_done) - m_done);
        m_done = std::max(end, m_done);
    }

    void writeFixed(qsizetype root)
    {
        append(m_written, asFixed(branch(m_part, root)));
        m_done = m_part.spans().at(root).end();
    }

    const Drafty &m_part;
    QList<FoundEntity> m_found;
    MarkedText m_written;
    qsizetype m_done = 0;
    QList<Span> m_open;
};

bool isCodeBlock(const Drafty &part)
{
    return part.spans().size() == 1 && part.spans().first().kind == SpanKind::Code
        && part.spans().first().length == part.text().size() && part.text().contains(u'\n');
}

MarkedText writePart(const Drafty &part)
{
    // A fence in plain words could open or close a block with another line.
    if (isFence(part.text()))
        return asFixed(part);
    MarkedText written;
    if (isCodeBlock(part))
        written.text = QStringLiteral("```\n") + part.text() + QStringLiteral("\n```");
    else
        written = PartWriter(part).write();
    return parseMarkup(written) == part ? written : asFixed(part);
}

/// Where the lines from here that belong together end: behind the first line break in no span.
qsizetype partEnd(const Drafty &drafty, qsizetype begin, qsizetype &nextSpan)
{
    const QList<Span> &spans = drafty.spans();
    qsizetype end = drafty.text().indexOf(u'\n', begin);
    for (; end >= 0 && nextSpan < spans.size() && spans.at(nextSpan).begin <= end; ++nextSpan) {
        if (spans.at(nextSpan).end() > end)
            end = drafty.text().indexOf(u'\n', spans.at(nextSpan).end());
    }
    return end < 0 ? drafty.text().size() : end;
}

}

MarkedText formatMarkup(const Drafty &drafty)
{
    MarkedText result{{}, {}, drafty.attachments()};
    qsizetype nextSpan = 0;
    for (qsizetype begin = 0; begin <= drafty.text().size();) {
        const qsizetype end = partEnd(drafty, begin, nextSpan);
        if (begin > 0)
            result.text += u'\n';
        append(result, writePart(drafty.mid(begin, end - begin)));
        begin = end + 1;
    }
    return result;
}

}
