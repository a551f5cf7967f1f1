#pragma once

#include "wire/drafty/span.h"
#include "wire/jsonblob.h"

#include <QList>
#include <QString>

namespace confab::wire {

/// A text with styles, links, media and quotes: what people write to each other (protocol.md §8).
/// A value, cheap to copy; belongs to any thread.
///
/// Always in one normal form, whatever it was made from, so that equal documents compare as equal
/// and nobody who reads one has to check it:
/// - line breaks are '\n'; a medium is one kMedium, covered by its span; nothing else is;
/// - no control characters but '\n' and '\t';
/// - spans nest, none is empty, they begin and end between grapheme clusters; they are sorted as a
///   tree is walked: by where they begin, outer before inner;
/// - at most kMaxText code units, kMaxSpans spans, kMaxEntities entities, kMaxDepth levels. What is
///   beyond that, crosses another span or lies outside the text has no effect on the words.
class Drafty
{
public:
    static constexpr QChar kMedium = QChar::ObjectReplacementCharacter;
    static constexpr qsizetype kMaxText = 128 * 1024;
    static constexpr qsizetype kMaxSpans = 1000;
    static constexpr qsizetype kMaxEntities = 200;
    static constexpr qsizetype kMaxDepth = 16;
    static constexpr qsizetype kMaxBreaks = 10'000;

    Drafty() = default;
    explicit Drafty(const QString &text);
    /// Text with spans in any order; span.entity counts in entities. `onClusters`: they are known to begin
    /// and end between grapheme clusters of this text as it is sent.
    static Drafty fromParts(const QString &text, const QList<Span> &spans,
        const QList<Entity> &entities, const QList<Entity> &attachments = {},
        bool onClusters = false);
    /// Words that are a link, mention, hashtag, button or form; or a medium, whose words don't
    /// count.
    static Drafty fromEntity(const QString &words, const Entity &entity);

    /// The content of a message; anything that is none is empty. The work is bounded and linear.
    static Drafty fromContent(const JsonBlob &content);
    /// A bare string if there are only words, else an object, for which head.mime is kMime.
    JsonBlob toContent() const;
    static QString mime();

    bool isEmpty() const { return m_text.isEmpty() && m_attachments.isEmpty(); }
    /// Nothing but words.
    bool isPlain() const { return m_spans.isEmpty() && m_attachments.isEmpty(); }
    const QString &text() const { return m_text; }
    const QList<Span> &spans() const { return m_spans; }
    const QList<Entity> &entities() const { return m_entities; }
    /// Files that belong to the message as a whole, and the reply to a form.
    const QList<Entity> &attachments() const { return m_attachments; }

    /// What a span carries; nullptr if it is of another kind.
    template <typename T>
    const T *as(const Span &span) const
    {
        return span.entity < 0 ? nullptr : std::get_if<T>(&m_entities.at(span.entity));
    }
    bool has(SpanKind kind) const;

    /// Calls enter(span) and leave(span) as a tree is walked.
    template <typename Enter, typename Leave>
    void walk(Enter enter, Leave leave) const
    {
        QList<Span> open;
        for (const Span &span : m_spans) {
            while (!open.isEmpty() && open.last().end() <= span.begin)
                leave(open.takeLast());
            enter(span);
            open += span;
        }
        while (!open.isEmpty())
            leave(open.takeLast());
    }

    // Building. Each makes a new document in normal form.
    Drafty operator+(const Drafty &other) const;
    Drafty &operator+=(const Drafty &other) { return *this = *this + other; }
    Drafty inserted(qsizetype at, const Drafty &other) const;
    Drafty removed(qsizetype begin, qsizetype length) const;
    /// Without the text that any of these covers; their kinds don't matter.
    Drafty removed(const QList<Span> &ranges) const;
    /// The part of the text, with what of the spans is in it; without the attachments.
    Drafty mid(qsizetype begin, qsizetype length = -1) const;
    /// With one more span around a part of the text.
    Drafty wrapped(SpanKind kind, qsizetype begin = 0, qsizetype length = -1) const;
    Drafty wrapped(const Entity &entity, qsizetype begin = 0, qsizetype length = -1) const;
    Drafty withAttachment(const Entity &entity) const;
    Drafty withoutAttachments() const;
    /// Without spaces and line breaks at both ends of the text.
    Drafty trimmed() const;
    /// Without the words that are hidden: what is to be shown.
    Drafty visible() const;

    bool operator==(const Drafty &) const = default;

private:
    QString m_text;
    QList<Span> m_spans;
    QList<Entity> m_entities; ///< in order of first use, each once
    QList<Entity> m_attachments;
};

}
