#pragma once

#include "wire/drafty/entity.h"

#include <QtGlobal>

namespace confab::wire {

/// What a part of a Drafty text is.
enum class SpanKind : quint8 {
    Bold,
    Italic,
    Strike,
    Code, ///< over line breaks too: a block of code
    Highlight,
    Hidden, ///< not to be shown
    Row, ///< buttons in one row
    Quote,
    // From here on with an Entity of the same name.
    Link,
    Mention,
    Hashtag,
    Button,
    Form,
    Image, ///< from here to Call: one Drafty::kMedium in the text
    Video,
    Audio,
    File,
    Contact,
    Call,
    Unknown,
};

constexpr bool hasEntity(SpanKind kind)
{
    return kind >= SpanKind::Link;
}

constexpr bool isMedium(SpanKind kind)
{
    return kind >= SpanKind::Image && kind <= SpanKind::Call;
}

/// The kind of span that carries this. A FormReply is attached only: Unknown.
SpanKind spanKind(const Entity &entity);

/// A part of a text, in UTF-16 code units as QString and QTextLayout count.
struct Span {
    qsizetype begin = 0;
    qsizetype length = 0;
    SpanKind kind = SpanKind::Bold;
    int entity = -1; ///< place in Drafty::entities(); -1 for kinds that have none

    qsizetype end() const { return begin + length; }
    bool contains(const Span &other) const { return begin <= other.begin && other.end() <= end(); }
    bool operator==(const Span &) const = default;
};

}
