#include "wire/cleantext.h"
#include "wire/drafty/drafty.h"
#include "wire/drafty/entityfields.h"
#include "wire/drafty/graphemes.h"
#include "wire/drafty/normalform.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <optional>

// Drafty::fromContent and Drafty::toContent: `txt`, `fmt` and `ent` of protocol.md §8, whose
// offsets count grapheme clusters.
namespace confab::wire {

using namespace Qt::Literals::StringLiterals;

namespace {

struct KindWord {
    QLatin1String word;
    SpanKind kind;
};
constexpr KindWord kKindWords[] = {
    {"ST"_L1, SpanKind::Bold},
    {"EM"_L1, SpanKind::Italic},
    {"DL"_L1, SpanKind::Strike},
    {"CO"_L1, SpanKind::Code},
    {"HL"_L1, SpanKind::Highlight},
    {"HD"_L1, SpanKind::Hidden},
    {"RW"_L1, SpanKind::Row},
    {"QQ"_L1, SpanKind::Quote},
};

std::optional<SpanKind> styleOf(const QString &type)
{
    for (const KindWord &entry : kKindWords) {
        if (type == entry.word)
            return entry.kind;
    }
    return std::nullopt;
}

QLatin1String wordOf(SpanKind kind)
{
    for (const KindWord &entry : kKindWords) {
        if (kind == entry.kind)
            return entry.word;
    }
    return {};
}

/// A whole number, 0 if absent; -2, which means nothing anywhere here, for anything else.
qsizetype offset(const QJsonObject &object, QLatin1String key)
{
    const QJsonValue value = object.value(key);
    return value.isUndefined() || value.isNull() ? 0 : value.toInt(-2);
}

/// Reads one document. Line breaks and media take the place of a blank; where there is none they
/// are put in before the words they cover, so that no words are lost.
class DraftyReader
{
public:
    explicit DraftyReader(const QJsonObject &drafty)
        : m_raw(rawText(drafty))
        , m_entityValues(drafty.value("ent"_L1).toArray())
        , m_formats(drafty.value("fmt"_L1).toArray())
        , m_graphemes(m_raw)
    {
    }

    Drafty read()
    {
        if (m_formats.isEmpty() && m_entityValues.size() == 1)
            m_formats.append(QJsonObject()); // a lone entity needs no format
        const qsizetype limit = Drafty::kMaxSpans + Drafty::kMaxBreaks;
        const qsizetype count = std::min(m_formats.size(), limit);
        for (qsizetype i = 0; i < count; ++i)
            readFormat(m_formats.at(i).toObject());
        const bool isAsSent = m_taken.isEmpty() && m_inserts.isEmpty() && !m_raw.contains(u'\n');
        place();
        return Drafty::fromParts(m_raw, m_spans, m_entities, m_attachments, isAsSent);
    }

private:
    /// A line break or medium on its way into the text.
    struct Insert {
        qsizetype at;
        QChar c;
        qsizetype span; ///< that covers it, or -1
    };

    static QString rawText(const QJsonObject &drafty)
    {
        QString text = cutText(drafty.value("txt"_L1).toString(), Drafty::kMaxText);
        return text.replace(Drafty::kMedium, u' ');
    }

    void readFormat(const QJsonObject &format)
    {
        const qsizetype at = offset(format, "at"_L1);
        const qsizetype length = offset(format, "len"_L1);
        if (at < -1 || length < 0 || at > m_graphemes.count())
            return;
        const qsizetype begin = m_graphemes.position(std::max<qsizetype>(at, 0));
        const qsizetype end = at < 0 ? begin : m_graphemes.position(at + length);
        const QString type = format.value("tp"_L1).toString();
        if (type == "BR"_L1)
            return at < 0 ? void() : addBreak(begin, end);
        if (++m_read > Drafty::kMaxSpans)
            return;
        if (const auto kind = styleOf(type)) {
            m_spans += Span{begin, end - begin, *kind, -1};
            return;
        }
        const int entity = type.isEmpty() ? entityAt(format) : bareEntity(type);
        if (entity < 0)
            return;
        if (at < 0 || std::holds_alternative<FormReply>(m_entities.at(entity)))
            m_attachments += m_entities.at(entity);
        else
            addSpan(begin, end, entity);
    }

    /// The place in m_entities of what the format refers to; -1 if there is no such thing.
    int entityAt(const QJsonObject &format)
    {
        const qsizetype key = offset(format, "key"_L1);
        if (key < 0 || key >= std::min(m_entityValues.size(), Drafty::kMaxEntities))
            return -1;
        const auto known = m_places.constFind(key);
        if (known != m_places.constEnd())
            return *known;
        const QJsonObject object = m_entityValues.at(key).toObject();
        const QString type = object.value("tp"_L1).toString();
        const int place = type.isEmpty() ? -1 : add(readEntity(type, object.value("data"_L1)));
        m_places.insert(key, place);
        return place;
    }

    int bareEntity(const QString &type)
    {
        const auto known = m_bare.constFind(type);
        if (known != m_bare.constEnd())
            return *known;
        const int place = add(readEntity(type, {}));
        m_bare.insert(type, place);
        return place;
    }

    int add(Entity entity)
    {
        if (m_entities.size() >= Drafty::kMaxEntities)
            return -1;
        m_entities += std::move(entity);
        return static_cast<int>(m_entities.size() - 1);
    }

    void addSpan(qsizetype begin, qsizetype end, int entity)
    {
        const SpanKind kind = spanKind(m_entities.at(entity));
        m_spans += Span{begin, end - begin, kind, entity};
        if (!isMedium(kind))
            return;
        const qsizetype blank = findBlank(begin, end);
        const qsizetype span = m_spans.size() - 1;
        if (blank < 0) {
            m_inserts += Insert{begin, Drafty::kMedium, span};
            return;
        }
        m_taken.insert(blank, Drafty::kMedium);
        m_spans[span].begin = blank;
        m_spans[span].length = 1;
    }

    void addBreak(qsizetype begin, qsizetype end)
    {
        if (m_breaks.contains(begin))
            return;
        m_breaks.insert(begin);
        qsizetype blank = findBlank(begin, end);
        if (blank < 0) {
            m_inserts += Insert{begin, u'\n', -1};
            return;
        }
        if (m_raw.at(blank) == u'\r' && QStringView(m_raw).mid(blank + 1).startsWith(u'\n'))
            ++blank; // of CR LF, LF stays
        m_taken.insert(blank, u'\n');
    }

    /// A blank that nothing has taken yet; -1 if there is none near. Looks at one cluster's worth.
    qsizetype findBlank(qsizetype begin, qsizetype end) const
    {
        constexpr qsizetype kFarEnough = 16;
        for (qsizetype i = begin; i < std::min(end, begin + kFarEnough); ++i) {
            if (m_raw.at(i).isSpace() && !m_taken.contains(i))
                return i;
        }
        return -1;
    }

    void place()
    {
        for (auto taken = m_taken.begin(); taken != m_taken.end(); ++taken)
            m_raw[taken.key()] = taken.value();
        if (m_inserts.isEmpty())
            return;
        std::stable_sort(m_inserts.begin(), m_inserts.end(),
            [](const Insert &a, const Insert &b) { return a.at < b.at; });
        moveSpans();
        QString text;
        text.reserve(m_raw.size() + m_inserts.size());
        qsizetype done = 0;
        for (const Insert &insert : std::as_const(m_inserts)) {
            text += QStringView(m_raw).mid(done, insert.at - done);
            done = insert.at;
            if (insert.span >= 0)
                m_spans[insert.span] = mediumSpan(text.size(), m_spans.at(insert.span).entity);
            text += insert.c;
        }
        text += QStringView(m_raw).mid(done);
        m_raw = text;
    }

    Span mediumSpan(qsizetype at, int entity) const
    {
        return {at, 1, spanKind(m_entities.at(entity)), entity};
    }

    /// What is put in where a span begins stays outside of it.
    void moveSpans()
    {
        const auto isUpTo = [](qsizetype at, const Insert &insert) { return at < insert.at; };
        const auto isBefore = [](const Insert &insert, qsizetype at) { return insert.at < at; };
        for (Span &span : m_spans) {
            const auto begin
                = std::upper_bound(m_inserts.begin(), m_inserts.end(), span.begin, isUpTo);
            const auto end
                = std::lower_bound(m_inserts.begin(), m_inserts.end(), span.end(), isBefore);
            const qsizetype newEnd = span.end() + (end - m_inserts.begin());
            span.begin += begin - m_inserts.begin();
            span.length = newEnd - span.begin;
        }
    }

    QString m_raw;
    QJsonArray m_entityValues;
    QJsonArray m_formats;
    Graphemes m_graphemes;
    qsizetype m_read = 0;
    QHash<qsizetype, int> m_places; ///< of the values that were looked at
    QHash<QString, int> m_bare; ///< those that a format names itself, by type
    QHash<qsizetype, QChar> m_taken;
    QSet<qsizetype> m_breaks;
    QList<Insert> m_inserts;
    QList<Span> m_spans;
    QList<Entity> m_entities;
    QList<Entity> m_attachments;
};

/// Writes one document; offsets count the clusters of the text as it is sent.
class DraftyWriter
{
public:
    explicit DraftyWriter(const Drafty &drafty)
        : m_drafty(drafty)
        , m_sent(wireText(drafty.text()))
        , m_graphemes(m_sent)
    {
    }

    QJsonObject object()
    {
        writeFormats();
        for (const Entity &entity : m_drafty.attachments())
            m_formats.append(QJsonObject{
                {"at"_L1, -1}, {"len"_L1, 0}, {"key"_L1, addEntity(entity, entityData(entity))}});
        QJsonObject result{{"txt"_L1, m_sent}};
        if (!m_formats.isEmpty())
            result.insert("fmt"_L1, m_formats);
        if (!m_entities.isEmpty())
            result.insert("ent"_L1, m_entities);
        return result;
    }

private:
    /// Spans and line breaks, by where they begin.
    void writeFormats()
    {
        qsizetype next = nextBreak(0);
        for (const Span &span : m_drafty.spans()) {
            for (; next >= 0 && next < span.begin; next = nextBreak(next + 1))
                writeBreak(next);
            writeSpan(span);
        }
        for (; next >= 0; next = nextBreak(next + 1))
            writeBreak(next);
    }

    /// One that is sent as a blank; -1 if there is no more.
    qsizetype nextBreak(qsizetype from) const
    {
        qsizetype at = m_drafty.text().indexOf(u'\n', from);
        while (at >= 0 && m_sent.at(at) != u' ')
            at = m_drafty.text().indexOf(u'\n', at + 1);
        return at;
    }

    void writeBreak(qsizetype at)
    {
        m_formats.append(
            QJsonObject{{"at"_L1, m_graphemes.index(at)}, {"len"_L1, 1}, {"tp"_L1, "BR"_L1}});
    }

    void writeSpan(const Span &span)
    {
        const qsizetype at = m_graphemes.index(span.begin);
        const qsizetype length = isMedium(span.kind) ? 1 : m_graphemes.index(span.end()) - at;
        QJsonObject format{{"at"_L1, at}, {"len"_L1, length}};
        if (!hasEntity(span.kind)) {
            format.insert("tp"_L1, wordOf(span.kind));
        } else {
            const Entity &entity = m_drafty.entities().at(span.entity);
            const QJsonObject data = entityData(entity);
            const int key = data.isEmpty() ? -1 : entityKey(span.entity, entity, data);
            if (key < 0)
                format.insert("tp"_L1, entityType(entity));
            else
                format.insert("key"_L1, key);
        }
        m_formats.append(format);
    }

    int entityKey(int number, const Entity &entity, const QJsonObject &data)
    {
        const auto known = m_keys.constFind(number);
        if (known != m_keys.constEnd())
            return *known;
        const int key = addEntity(entity, data);
        m_keys.insert(number, key);
        return key;
    }

    int addEntity(const Entity &entity, const QJsonObject &data)
    {
        QJsonObject object{{"tp"_L1, entityType(entity)}};
        if (!data.isEmpty())
            object.insert("data"_L1, data);
        m_entities.append(object);
        return static_cast<int>(m_entities.size() - 1);
    }

    const Drafty &m_drafty;
    QString m_sent;
    Graphemes m_graphemes;
    QHash<int, int> m_keys; ///< by the entity's number in the document
    QJsonArray m_formats;
    QJsonArray m_entities;
};

}

Drafty Drafty::fromContent(const JsonBlob &content)
{
    if (content.value().isObject())
        return DraftyReader(content.value().toObject()).read();
    return Drafty(content.string());
}

JsonBlob Drafty::toContent() const
{
    if (isPlain() && !m_text.contains(u'\n'))
        return JsonBlob::fromString(m_text);
    return JsonBlob(DraftyWriter(*this).object());
}

}
