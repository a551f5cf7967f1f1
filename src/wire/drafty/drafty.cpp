#include "wire/drafty/drafty.h"

#include "wire/drafty/normalform.h"

#include <algorithm>
#include <iterator>

namespace confab::wire {

namespace {

qsizetype clampedEnd(const QString &text, qsizetype begin, qsizetype length)
{
    return length < 0 || length > text.size() - begin ? text.size() : begin + length;
}

/// Which code units of a text some ranges cover, and how many of them stand before a place.
class Coverage
{
public:
    Coverage(qsizetype size, const QList<Span> &ranges)
        : m_before(size + 1, 0)
    {
        QList<qsizetype> depthChanges(size + 1, 0);
        for (const Span &range : ranges) {
            const qsizetype begin = std::clamp<qsizetype>(range.begin, 0, size);
            ++depthChanges[begin];
            --depthChanges[std::clamp<qsizetype>(range.end(), begin, size)];
        }
        qsizetype depth = 0;
        for (qsizetype i = 0; i < size; ++i) {
            depth += depthChanges.at(i);
            m_before[i + 1] = m_before.at(i) + (depth > 0 ? 1 : 0);
        }
    }
    bool covers(qsizetype at) const { return m_before.at(at + 1) > m_before.at(at); }
    qsizetype before(qsizetype at) const { return m_before.at(at); }

private:
    QList<qsizetype> m_before;
};

/// Adds spans that refer to entities of another list, which are added too.
void addSpans(
    DraftyParts &parts, const QList<Span> &spans, const QList<Entity> &entities, qsizetype shift)
{
    const int first = static_cast<int>(parts.entities.size());
    for (Span span : spans) {
        span.begin += shift;
        if (span.entity >= 0)
            span.entity += first;
        parts.spans += span;
    }
    parts.entities += entities;
}

}

Drafty::Drafty(const QString &text)
    : m_text(CleanedText(text).text())
{
    m_text.replace(kMedium, u' ');
}

Drafty Drafty::fromParts(const QString &text, const QList<Span> &spans,
    const QList<Entity> &entities, const QList<Entity> &attachments, bool onClusters)
{
    const CleanedText cleaned(text);
    QList<Span> moved = spans;
    for (Span &span : moved) {
        const qsizetype end = cleaned.position(span.end());
        span.begin = cleaned.position(span.begin);
        span.length = end - span.begin;
    }
    DraftyParts parts = normalised({cleaned.text(), moved, entities, attachments},
        onClusters && cleaned.text().size() == text.size());
    Drafty result;
    result.m_text = std::move(parts.text);
    result.m_spans = std::move(parts.spans);
    result.m_entities = std::move(parts.entities);
    result.m_attachments = std::move(parts.attachments);
    return result;
}

Drafty Drafty::fromEntity(const QString &words, const Entity &entity)
{
    const SpanKind kind = spanKind(entity);
    const QString text = isMedium(kind) ? QString(kMedium) : words;
    return fromParts(text, {Span{0, text.size(), kind, 0}}, {entity});
}

QString Drafty::mime()
{
    return QStringLiteral("text/x-drafty");
}

bool Drafty::has(SpanKind kind) const
{
    return std::any_of(
        m_spans.begin(), m_spans.end(), [kind](const Span &span) { return span.kind == kind; });
}

Drafty Drafty::operator+(const Drafty &other) const
{
    return inserted(m_text.size(), other);
}

Drafty Drafty::inserted(qsizetype at, const Drafty &other) const
{
    const qsizetype place = std::clamp<qsizetype>(at, 0, m_text.size());
    const qsizetype size = other.m_text.size();
    DraftyParts parts{m_text, {}, m_entities, m_attachments + other.m_attachments};
    parts.text.insert(place, other.m_text);
    for (Span span : m_spans) {
        if (span.begin >= place)
            span.begin += size;
        else if (span.end() > place)
            span.length += size;
        parts.spans += span;
    }
    addSpans(parts, other.m_spans, other.m_entities, place);
    return fromParts(parts.text, parts.spans, parts.entities, parts.attachments);
}

Drafty Drafty::removed(qsizetype begin, qsizetype length) const
{
    return removed({Span{begin, length, SpanKind::Hidden, -1}});
}

Drafty Drafty::removed(const QList<Span> &ranges) const
{
    const Coverage covered(m_text.size(), ranges);
    QString text;
    text.reserve(m_text.size());
    for (qsizetype i = 0; i < m_text.size(); ++i) {
        if (!covered.covers(i))
            text += m_text.at(i);
    }
    QList<Span> spans = m_spans;
    for (Span &span : spans) {
        const qsizetype end = span.end() - covered.before(span.end());
        span.begin -= covered.before(span.begin);
        span.length = end - span.begin;
    }
    return fromParts(text, spans, m_entities, m_attachments);
}

Drafty Drafty::mid(qsizetype begin, qsizetype length) const
{
    const qsizetype from = std::clamp<qsizetype>(begin, 0, m_text.size());
    const qsizetype to = clampedEnd(m_text, from, length);
    QList<Span> spans;
    for (Span span : m_spans) {
        const qsizetype end = std::min(span.end(), to);
        span.begin = std::max(span.begin, from);
        span.length = end - span.begin;
        if (span.length <= 0)
            continue;
        span.begin -= from;
        spans += span;
    }
    return fromParts(m_text.mid(from, to - from), spans, m_entities);
}

Drafty Drafty::wrapped(SpanKind kind, qsizetype begin, qsizetype length) const
{
    const qsizetype end = clampedEnd(m_text, begin, length);
    QList<Span> spans = m_spans;
    spans.prepend(Span{begin, end - begin, kind, -1});
    return fromParts(m_text, spans, m_entities, m_attachments);
}

Drafty Drafty::wrapped(const Entity &entity, qsizetype begin, qsizetype length) const
{
    const qsizetype end = clampedEnd(m_text, begin, length);
    const int number = static_cast<int>(m_entities.size());
    QList<Span> spans = m_spans;
    spans.prepend(Span{begin, end - begin, spanKind(entity), number});
    return fromParts(m_text, spans, m_entities + QList<Entity>{entity}, m_attachments);
}

Drafty Drafty::withAttachment(const Entity &entity) const
{
    return fromParts(m_text, m_spans, m_entities, m_attachments + QList<Entity>{entity});
}

Drafty Drafty::withoutAttachments() const
{
    Drafty result = *this;
    result.m_attachments.clear();
    return result;
}

Drafty Drafty::trimmed() const
{
    qsizetype begin = 0;
    qsizetype end = m_text.size();
    while (begin < end && m_text.at(begin).isSpace())
        ++begin;
    while (end > begin && m_text.at(end - 1).isSpace())
        --end;
    Drafty result = mid(begin, end - begin);
    result.m_attachments = m_attachments;
    return result;
}

Drafty Drafty::visible() const
{
    if (!has(SpanKind::Hidden))
        return *this;
    QList<Span> hidden;
    std::copy_if(m_spans.begin(), m_spans.end(), std::back_inserter(hidden),
        [](const Span &span) { return span.kind == SpanKind::Hidden; });
    return removed(hidden);
}

}
