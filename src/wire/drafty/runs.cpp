#include "wire/drafty/runs.h"

#include <algorithm>

namespace confab::wire {

namespace {

TextStyles styleOf(SpanKind kind)
{
    switch (kind) {
    case SpanKind::Bold:
        return TextStyle::Bold;
    case SpanKind::Italic:
        return TextStyle::Italic;
    case SpanKind::Strike:
        return TextStyle::Strike;
    case SpanKind::Code:
        return TextStyle::Code;
    case SpanKind::Highlight:
        return TextStyle::Highlight;
    case SpanKind::Link:
        return TextStyle::Link;
    case SpanKind::Mention:
        return TextStyle::Mention;
    case SpanKind::Hashtag:
        return TextStyle::Hashtag;
    case SpanKind::Hidden:
    case SpanKind::Row:
    case SpanKind::Quote:
    case SpanKind::Button:
    case SpanKind::Form:
    case SpanKind::Image:
    case SpanKind::Video:
    case SpanKind::Audio:
    case SpanKind::File:
    case SpanKind::Contact:
    case SpanKind::Call:
    case SpanKind::Unknown:
        break;
    }
    return {};
}

}

QList<TextRun> textRuns(const Drafty &drafty, qsizetype begin, qsizetype length)
{
    const qsizetype size = drafty.text().size();
    const qsizetype end = length < 0 || length > size - begin ? size : begin + length;
    QList<TextRun> runs;
    QList<TextRun> open; // styles of a level hold those of all levels around it
    qsizetype done = begin;
    const auto runTo = [&](qsizetype to) {
        to = std::min(to, end);
        if (to <= done)
            return;
        if (!open.isEmpty() && open.last().styles)
            runs += TextRun{done - begin, to - done, open.last().styles, open.last().entity};
        done = to;
    };
    drafty.walk(
        [&](const Span &span) {
            runTo(span.begin);
            TextRun level = open.isEmpty() ? TextRun() : open.last();
            const TextStyles style = styleOf(span.kind);
            level.styles |= style;
            if (style && span.entity >= 0)
                level.entity = span.entity;
            open += level;
        },
        [&](const Span &span) {
            runTo(span.end());
            open.removeLast();
        });
    return runs;
}

}
