#include "wire/drafty/preview.h"

#include "wire/drafty/graphemes.h"
#include "wire/drafty/labels.h"
#include "wire/drafty/normalform.h"

#include <algorithm>

namespace confab::wire {

namespace {

constexpr QChar kEllipsis(0x2026);
constexpr qsizetype kMaxPreviewBase64 = 64; // what the official library lets through
constexpr int kMaxPreviewFiles = 3;

/// Drops what a preview has no use for.
struct Lighten {
    qsizetype maxBase64;

    void drop(QString &base64) const
    {
        if (base64.size() > maxBase64)
            base64.clear();
    }
    void operator()(Image &image) const { drop(image.source.base64); }
    void operator()(Video &video) const
    {
        drop(video.source.base64);
        drop(video.poster.base64);
    }
    void operator()(Audio &audio) const
    {
        drop(audio.source.base64);
        drop(audio.waveform);
    }
    void operator()(File &file) const { drop(file.source.base64); }
    void operator()(Contact &contact) const
    {
        const QString name = contact.card.name;
        contact = {};
        contact.card.name = name;
    }
    void operator()(Call &call) const { call = {}; }
    void operator()(Link &link) const { link.preview = {}; }
    template <typename Other>
    void operator()(Other &) const
    {
    }
};

QList<Entity> lightened(QList<Entity> entities, qsizetype maxBase64)
{
    for (Entity &entity : entities)
        std::visit(Lighten{maxBase64}, entity);
    return entities;
}

QList<Span> outermostQuotes(const Drafty &drafty)
{
    QList<Span> result;
    for (const Span &span : drafty.spans()) {
        const bool isInner = !result.isEmpty() && result.last().contains(span);
        if (span.kind == SpanKind::Quote && !isInner)
            result += span;
    }
    return result;
}

/// One blank for each quote, still marked as one.
Drafty withQuotesAsBlanks(const Drafty &drafty)
{
    const QList<Span> quotes = outermostQuotes(drafty);
    if (quotes.isEmpty())
        return drafty;
    QString text = drafty.text();
    QList<Span> spans;
    QList<Span> tails;
    auto quote = quotes.begin();
    for (const Span &span : drafty.spans()) {
        while (quote != quotes.end() && quote->end() <= span.begin)
            ++quote;
        if (quote == quotes.end() || !quote->contains(span) || *quote == span)
            spans += span;
    }
    for (const Span &each : quotes) {
        text[each.begin] = u' ';
        tails += Span{each.begin + 1, each.length - 1, SpanKind::Quote, -1};
    }
    return Drafty::fromParts(text, spans, drafty.entities(), drafty.attachments()).removed(tails);
}

Drafty withForwardMarkAlone(const Drafty &drafty)
{
    const qsizetype length = forwardHeaderLength(drafty);
    return length == 0 ? drafty : drafty.removed(1, length - 2);
}

QString oneLine(const Drafty &drafty)
{
    QString text = drafty.text();
    return text.remove(Drafty::kMedium).simplified();
}

std::optional<SpanKind> firstMedium(const Drafty &drafty)
{
    for (const Span &span : drafty.spans()) {
        if (isMedium(span.kind))
            return span.kind;
    }
    for (const Entity &entity : drafty.attachments()) {
        if (isMedium(spanKind(entity)))
            return spanKind(entity);
    }
    return std::nullopt;
}

}

PreviewLine previewLine(const Drafty &drafty, qsizetype maxLength)
{
    const Drafty shown = drafty.visible();
    Drafty said = withoutQuotes(shown);
    PreviewLine line;
    line.isReply = shown.has(SpanKind::Quote);
    const qsizetype header = forwardHeaderLength(said);
    line.isForwarded = header > 0;
    said = said.removed(0, header);
    line.medium = firstMedium(said);
    line.text = oneLine(said);
    if (line.text.isEmpty())
        line.text = mediumLabels(said).join(QLatin1String(", "));
    if (line.text.isEmpty())
        line.text = oneLine(shown);
    line.text = shortened(Drafty(line.text), maxLength).text();
    return line;
}

Drafty preview(const Drafty &drafty, qsizetype maxLength)
{
    const Drafty marked = withForwardMarkAlone(withQuotesAsBlanks(drafty));
    return shortened(condensed(marked, kMaxPreviewBase64), maxLength);
}

Drafty shortened(const Drafty &drafty, qsizetype maxLength)
{
    const QString sent = wireText(drafty.text());
    const Graphemes graphemes(sent);
    if (maxLength <= 0 || graphemes.count() <= maxLength)
        return drafty;
    // What is cut in two keeps the ellipsis too.
    const QString text = drafty.text().left(graphemes.position(maxLength - 1)) + kEllipsis;
    return Drafty::fromParts(text, drafty.spans(), drafty.entities(), drafty.attachments());
}

Drafty withoutQuotes(const Drafty &drafty)
{
    const QList<Span> quotes = outermostQuotes(drafty);
    return quotes.isEmpty() ? drafty : drafty.removed(quotes);
}

qsizetype forwardHeaderLength(const Drafty &drafty)
{
    for (const Span &span : drafty.spans()) {
        if (span.begin > 0)
            break;
        const bool isHeader = span.kind == SpanKind::Mention
            && drafty.text().startsWith(kForwardMark) && span.end() < drafty.text().size()
            && drafty.text().at(span.end()) == u'\n';
        if (isHeader)
            return span.length + 1;
    }
    return 0;
}

Drafty condensed(const Drafty &drafty, qsizetype maxBase64)
{
    QString text = drafty.text();
    text.replace(u'\n', u' ');
    Drafty result
        = Drafty::fromParts(text, drafty.spans(), lightened(drafty.entities(), maxBase64));
    int files = 0;
    const QList<Entity> attachments = lightened(drafty.attachments(), maxBase64);
    for (const Entity &entity : attachments) {
        if (isMedium(spanKind(entity)) && ++files <= kMaxPreviewFiles)
            result += Drafty::fromEntity({}, entity);
    }
    return result;
}

}
