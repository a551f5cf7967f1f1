#include "wire/drafty/normalform.h"

#include "wire/cleantext.h"
#include "wire/drafty/drafty.h"
#include "wire/drafty/entityfields.h"
#include "wire/drafty/graphemes.h"

#include <algorithm>

namespace confab::wire {

namespace {

/// The control characters are those of ASCII and Latin-1; asked of every character of every text.
bool isClean(QChar c)
{
    const char16_t unit = c.unicode();
    const bool isControl = unit < 0x20 || (unit >= 0x7F && unit < 0xA0);
    return isControl ? unit == u'\n' || unit == u'\t' : !c.isSurrogate();
}

/// As nearly all are, those with emoji too.
bool isCleanText(const QString &text)
{
    const QChar *at = text.constData();
    const QChar *end = at + text.size();
    while (at != end) {
        const bool isPair = at->isHighSurrogate() && at + 1 != end && at[1].isLowSurrogate();
        if (!isPair && !isClean(*at))
            return false;
        at += isPair ? 2 : 1;
    }
    return true;
}

bool carriesNothing(const Entity &entity)
{
    const Link *link = std::get_if<Link>(&entity);
    const Unknown *unknown = std::get_if<Unknown>(&entity);
    return (link && link->url.isEmpty()) || (unknown && unknown->type.isEmpty());
}

/// The steps of normalised(), each on what the one before has left.
class Normaliser
{
public:
    explicit Normaliser(DraftyParts parts)
        : m_parts(std::move(parts))
    {
    }

    DraftyParts run(bool onClusters)
    {
        cleanEntities();
        clip();
        if (!onClusters)
            snap();
        nest();
        renumber();
        blankStrayMedia();
        m_parts.attachments.resize(
            std::min(m_parts.attachments.size(), Drafty::kMaxEntities - m_parts.entities.size()));
        return std::move(m_parts);
    }

private:
    void cleanEntities()
    {
        for (Entity &entity : m_parts.entities)
            entity = cleanEntity(std::move(entity));
        for (Entity &entity : m_parts.attachments)
            entity = cleanEntity(std::move(entity));
        m_parts.attachments.removeIf([](const Entity &entity) { return carriesNothing(entity); });
    }

    /// The predicate may change what it keeps.
    template <typename Predicate>
    void keepWhere(Predicate keeps)
    {
        QList<Span> kept;
        kept.reserve(m_parts.spans.size());
        for (Span span : std::as_const(m_parts.spans)) {
            if (keeps(span))
                kept += span;
        }
        m_parts.spans = kept;
    }

    /// Whether the span is one at all, seen by itself; ties its kind to its entity.
    bool settle(Span &span) const
    {
        if (!hasEntity(span.kind)) {
            span.entity = -1;
            return span.length > 0;
        }
        if (span.entity < 0 || span.entity >= m_parts.entities.size() || span.length <= 0)
            return false;
        const Entity &entity = m_parts.entities.at(span.entity);
        span.kind = spanKind(entity);
        if (isMedium(span.kind))
            return span.length == 1 && m_parts.text.at(span.begin) == Drafty::kMedium;
        return !carriesNothing(entity) && !std::holds_alternative<FormReply>(entity);
    }

    void clip()
    {
        const qsizetype size = m_parts.text.size();
        for (Span &span : m_parts.spans) {
            const qsizetype end = std::clamp<qsizetype>(span.end(), 0, size);
            span.begin = std::clamp<qsizetype>(span.begin, 0, size);
            span.length = end - span.begin;
        }
        keepWhere([this](Span &span) { return settle(span); });
    }

    void snap()
    {
        if (m_parts.spans.isEmpty())
            return;
        const QString sent = wireText(m_parts.text);
        const Graphemes graphemes(sent);
        if (graphemes.count() == sent.size())
            return;
        for (Span &span : m_parts.spans) {
            if (isMedium(span.kind))
                continue;
            const qsizetype end = graphemes.position(graphemes.index(span.end()));
            span.begin = graphemes.position(graphemes.index(span.begin));
            span.length = end - span.begin;
        }
        keepWhere([](const Span &span) { return span.length > 0; });
    }

    static bool comesBefore(const Span &a, const Span &b)
    {
        if (a.begin != b.begin)
            return a.begin < b.begin;
        if (a.length != b.length)
            return a.length > b.length;
        return !isMedium(a.kind) && isMedium(b.kind);
    }

    /// Keeps what nests; of two that cross, the one that begins first.
    void nest()
    {
        std::stable_sort(m_parts.spans.begin(), m_parts.spans.end(), comesBefore);
        QList<Span> kept;
        QList<qsizetype> ends;
        qsizetype lastMedium = -1;
        for (const Span &span : std::as_const(m_parts.spans)) {
            while (!ends.isEmpty() && ends.last() <= span.begin)
                ends.removeLast();
            const bool crosses = !ends.isEmpty() && span.end() > ends.last();
            const bool isSecond = isMedium(span.kind) && span.begin == lastMedium;
            if (crosses || isSecond || ends.size() >= Drafty::kMaxDepth
                || kept.size() >= Drafty::kMaxSpans)
                continue;
            if (isMedium(span.kind))
                lastMedium = span.begin;
            ends += span.end();
            kept += span;
        }
        m_parts.spans = kept;
    }

    void renumber()
    {
        QList<int> numbers(m_parts.entities.size(), -1);
        QList<Entity> used;
        keepWhere([&](Span &span) {
            if (span.entity < 0)
                return true;
            int &number = numbers[span.entity];
            if (number < 0)
                number = static_cast<int>(used.indexOf(m_parts.entities.at(span.entity)));
            if (number < 0 && used.size() >= Drafty::kMaxEntities)
                return false;
            if (number < 0) {
                number = static_cast<int>(used.size());
                used += m_parts.entities.at(span.entity);
            }
            span.entity = number;
            return true;
        });
        m_parts.entities = used;
    }

    void blankStrayMedia()
    {
        if (!m_parts.text.contains(Drafty::kMedium))
            return;
        QList<bool> isCovered(m_parts.text.size(), false);
        for (const Span &span : std::as_const(m_parts.spans)) {
            if (isMedium(span.kind))
                isCovered[span.begin] = true;
        }
        for (qsizetype i = 0; i < m_parts.text.size(); ++i) {
            if (m_parts.text.at(i) == Drafty::kMedium && !isCovered.at(i))
                m_parts.text[i] = u' ';
        }
    }

    DraftyParts m_parts;
};

}

CleanedText::CleanedText(QString raw)
    : m_text(cutText(std::move(raw), Drafty::kMaxText))
{
    if (!isCleanText(m_text))
        rebuild(std::exchange(m_text, QString()));
}

void CleanedText::rebuild(const QString &raw)
{
    m_text.reserve(raw.size());
    m_positions.reserve(raw.size() + 1);
    for (qsizetype i = 0; i < raw.size(); ++i) {
        const QChar c = raw.at(i);
        const bool hasNext = i + 1 < raw.size();
        m_positions += m_text.size();
        if (c.isHighSurrogate() && hasNext && raw.at(i + 1).isLowSurrogate()) {
            m_text += c;
            m_text += raw.at(++i);
            m_positions += m_text.size() - 1;
        } else if (c.isSurrogate()) {
            m_text += QChar(QChar::ReplacementCharacter);
        } else if (c == u'\r') {
            if (!hasNext || raw.at(i + 1) != u'\n')
                m_text += u'\n';
        } else if (isClean(c)) {
            m_text += c;
        }
    }
    m_positions += m_text.size();
}

qsizetype CleanedText::position(qsizetype raw) const
{
    if (m_positions.isEmpty())
        return std::clamp<qsizetype>(raw, 0, m_text.size());
    return m_positions.at(std::clamp<qsizetype>(raw, 0, m_positions.size() - 1));
}

DraftyParts normalised(DraftyParts parts, bool onClusters)
{
    return Normaliser(std::move(parts)).run(onClusters);
}

QString wireText(QString text)
{
    qsizetype breaks = 0;
    for (QChar &c : text) {
        if (c == Drafty::kMedium || (c == u'\n' && ++breaks <= Drafty::kMaxBreaks))
            c = u' ';
    }
    return text;
}

}
