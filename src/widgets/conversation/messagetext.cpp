#include "widgets/conversation/messagetext.h"

#include "wire/drafty/preview.h"

#include <QRegularExpression>

#include <algorithm>

namespace confab {

namespace {

constexpr int kMaxMarks = 8;

bool isDirectionControl(char16_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool isUnseenControl(QChar c)
{
    return c.category() == QChar::Other_Control && c != u'\n' && c != u'\t';
}

qsizetype cutPosition(QStringView text)
{
    qsizetype end = qMin<qsizetype>(text.size(), MessageText::kCutLength);
    int lines = 0;
    for (qsizetype i = 0; i < end; ++i) {
        if (text.at(i) == u'\n' && ++lines == MessageText::kCutLines)
            end = i;
    }
    if (end > 0 && end < text.size() && text.at(end - 1).isHighSurrogate())
        --end;
    return end;
}

QStringList tagsOf(wire::TextStyles styles)
{
    const std::pair<wire::TextStyle, QString> names[] = {
        {wire::TextStyle::Bold, QStringLiteral("b")},
        {wire::TextStyle::Italic, QStringLiteral("i")},
        {wire::TextStyle::Strike, QStringLiteral("s")},
        {wire::TextStyle::Code, QStringLiteral("code")},
        {wire::TextStyle::Highlight, QStringLiteral("mark")},
    };
    QStringList tags;
    for (const auto &[style, name] : names) {
        if (styles.testFlag(style))
            tags.append(name);
    }
    return tags;
}

/// Tags may have attributes.
QString htmlOf(const QString &text, const QStringList &tags)
{
    QString html = text.toHtmlEscaped();
    html.replace(QChar(QChar::LineSeparator), QLatin1String("<br>"));
    for (const QString &tag : tags)
        html = u'<' + tag + u'>' + html + QLatin1String("</") + tag.section(u' ', 0, 0) + u'>';
    return html;
}

QList<wire::Span> withoutQuoteSpans(QList<wire::Span> spans)
{
    spans.removeIf([](const wire::Span &span) { return span.kind == wire::SpanKind::Quote; });
    return spans;
}

/// Official clients begin a quote with a mention of who is quoted, on a line of its own.
void readQuote(MessagePart &part, const wire::Drafty &quote)
{
    wire::Drafty said = quote;
    for (const wire::Span &span : quote.spans()) {
        const auto *mention = quote.as<wire::Mention>(span);
        if (!mention || span.begin > 0)
            continue;
        part.name = quote.text().left(span.length);
        part.user = mention->user;
        said = quote.removed(0, span.length).trimmed();
        break;
    }
    // Without the mark of being a quote, which a preview leaves out.
    part.line = wire::previewLine(wire::Drafty::fromParts(
        said.text(), withoutQuoteSpans(said.spans()), said.entities())).text;
}

}

MessageText::MessageText(const QString &source, bool whole)
{
    addPart(MessagePart::Kind::Words).length = int(source.size());
    m_source = source;
    finish(whole);
}

MessageText::MessageText(const wire::Drafty &document, bool whole)
{
    wire::Drafty shown = document.visible();
    if (const qsizetype header = wire::forwardHeaderLength(shown)) {
        addPart(MessagePart::Kind::Forwarded).name = shown.text().mid(1, header - 2).trimmed();
        shown = shown.removed(0, header);
    }
    for (const wire::Block &block : wire::blocks(shown))
        addBlock(shown, block);
    addPreview(shown);
    if (m_parts.isEmpty())
        addPart(MessagePart::Kind::Words);
    finish(whole);
}

MessageText MessageText::ofMessage(const wire::JsonBlob &content, const QString &words, bool whole)
{
    if (content.isAbsent() || content.isString())
        return MessageText(words, whole);
    const wire::Drafty document = wire::Drafty::fromContent(content);
    return document.isEmpty() ? MessageText(words, whole) : MessageText(document, whole);
}

MessagePart &MessageText::addPart(MessagePart::Kind kind)
{
    m_parts.append(MessagePart());
    m_parts.last().kind = kind;
    m_parts.last().start = int(m_source.size());
    return m_parts.last();
}

void MessageText::addBlock(const wire::Drafty &document, const wire::Block &block)
{
    switch (block.kind) {
    case wire::Block::Kind::Text:
    case wire::Block::Kind::CodeBlock:
        addText(document, block);
        break;
    case wire::Block::Kind::Quote:
        readQuote(addPart(MessagePart::Kind::Quote), document.mid(block.begin, block.length));
        break;
    case wire::Block::Kind::Medium:
        addPart(MessagePart::Kind::Medium).medium = block.medium;
        break;
    case wire::Block::Kind::Buttons:
        addPart(MessagePart::Kind::Buttons);
        for (const wire::Span &span : block.buttons) {
            const auto *button = document.as<wire::Button>(span);
            const QString title = document.text().mid(span.begin, span.length).simplified();
            m_parts.last().buttons.append({title, button ? *button : wire::Button()});
        }
        break;
    }
}

/// Of the first link that has one, below everything.
void MessageText::addPreview(const wire::Drafty &document)
{
    for (const wire::Span &span : document.spans()) {
        const auto *link = document.as<wire::Link>(span);
        if (!link || link->preview.title.isEmpty()
            || !isSafeLink(QUrl(link->url, QUrl::StrictMode)))
            continue;
        MessagePart &part = addPart(MessagePart::Kind::Preview);
        const wire::LinkPreview &preview = link->preview;
        part.name = preview.title;
        const bool hasBoth = !preview.site.isEmpty() && !preview.about.isEmpty();
        part.line = preview.site + (hasBoth ? QStringLiteral(" · ") : QString()) + preview.about;
        part.url = link->url;
        part.picture.mime = preview.mime;
        part.picture.base64 = preview.base64;
        return;
    }
}

void MessageText::addText(const wire::Drafty &document, const wire::Block &block)
{
    if (!m_source.isEmpty())
        m_source += u'\n';
    const int start = int(m_source.size());
    const bool isCode = block.kind == wire::Block::Kind::CodeBlock;
    addPart(isCode ? MessagePart::Kind::Code : MessagePart::Kind::Words).length = int(block.length);
    m_source += QStringView(document.text()).mid(block.begin, block.length);
    for (const wire::TextRun &run : wire::textRuns(document, block.begin, block.length)) {
        const int begin = start + int(run.begin);
        const wire::TextStyles inPanel = isCode ? wire::TextStyle::Code : wire::TextStyles();
        if (const wire::TextStyles styles = run.styles & ~inPanel)
            m_styles.append({begin, int(run.length), styles});
        const wire::Link *link =
            run.entity < 0 ? nullptr : std::get_if<wire::Link>(&document.entities().at(run.entity));
        const QUrl url(link ? link->url : QString(), QUrl::StrictMode);
        if (link && isSafeLink(url))
            m_links.append({begin, int(run.length), url});
    }
}

void MessageText::finish(bool whole)
{
    const qsizetype end = whole ? m_source.size() : cutPosition(m_source);
    m_cut = end < m_source.size();
    QList<int> sourceDropped;
    clean(QStringView(m_source).left(end), sourceDropped);
    moveToShown(sourceDropped);
    m_rightToLeft = m_text.isRightToLeft();
    m_emoji = emojiSpans(m_text);
    m_singleEmoji = m_parts.size() == 1 && m_parts.first().kind == MessagePart::Kind::Words
        && m_styles.isEmpty() && confab::isSingleEmoji(m_text);
    findPlainLinks();
}

void MessageText::clean(QStringView part, QList<int> &sourceDropped)
{
    m_text.reserve(part.size());
    int marks = 0;
    for (qsizetype i = 0; i < part.size(); ++i) {
        const QChar c = part.at(i);
        marks = c.category() == QChar::Mark_NonSpacing ? marks + 1 : 0;
        if (isDirectionControl(c.unicode()) || isUnseenControl(c) || marks > kMaxMarks
            || isHarmfulStyle(part, i)) {
            m_dropped.append(int(m_text.size()));
            sourceDropped.append(int(i));
        } else {
            m_text.append(c == u'\n' ? QChar(QChar::LineSeparator) : c);
        }
    }
}

/// From positions in the source to positions in what is shown; what was cut off is left out.
void MessageText::moveToShown(const QList<int> &sourceDropped)
{
    const auto shown = [&](int position) {
        const auto gone = std::lower_bound(sourceDropped.begin(), sourceDropped.end(), position)
            - sourceDropped.begin();
        return qMin(position - int(gone), int(m_text.size()));
    };
    const auto move = [&](auto &range) {
        const int end = shown(range.start + range.length);
        range.start = shown(range.start);
        range.length = end - range.start;
    };
    for (MessagePart &part : m_parts)
        move(part);
    for (StyledText &style : m_styles)
        move(style);
    for (TextLink &link : m_links)
        move(link);
    if (!m_cut)
        return;
    const auto isCutOff = [this](const auto &range) { return range.start >= m_text.size(); };
    m_styles.removeIf(isCutOff);
    m_links.removeIf(isCutOff);
    while (m_parts.size() > 1 && isCutOff(m_parts.last()))
        m_parts.removeLast();
}

/// Addresses that nobody has marked as links, but for those in code and under another link.
void MessageText::findPlainLinks()
{
    const QList<TextLink> marked = m_links;
    const auto isTaken = [&](const TextLink &found) {
        const auto covers = [&found](const auto &range) {
            return range.start < found.start + found.length && found.start < range.start + range.length;
        };
        const auto isCodePart = [&](const MessagePart &part) {
            return part.kind == MessagePart::Kind::Code && covers(part);
        };
        const auto isCodeRun = [&](const StyledText &style) {
            return style.styles.testFlag(wire::TextStyle::Code) && covers(style);
        };
        return std::any_of(marked.begin(), marked.end(), covers)
            || std::any_of(m_parts.begin(), m_parts.end(), isCodePart)
            || std::any_of(m_styles.begin(), m_styles.end(), isCodeRun);
    };
    for (const TextLink &found : findLinks(m_text)) {
        if (!isTaken(found))
            m_links.append(found);
    }
}

QString MessageText::source(int from, int to) const
{
    const auto first = m_dropped.begin();
    const auto last = m_dropped.end();
    const int length = int(m_text.size());
    const bool toEnd = to >= length && !m_cut;
    to = qMin(to, length);
    const int start = from <= 0 ? 0 : from + int(std::upper_bound(first, last, from) - first);
    const qsizetype end = toEnd ? m_source.size() : to + int(std::lower_bound(first, last, to) - first);
    return m_source.mid(start, end - start);
}

QString MessageText::html(int from, int to) const
{
    to = qMin(to, int(m_text.size()));
    QList<int> edges{from, to};
    const auto addEdges = [&](const auto &ranges) {
        for (const auto &range : ranges) {
            for (const int edge : {range.start, range.start + range.length}) {
                if (edge > from && edge < to)
                    edges.append(edge);
            }
        }
    };
    addEdges(m_styles);
    addEdges(m_links);
    addEdges(m_parts);
    std::sort(edges.begin(), edges.end());
    QString html;
    for (qsizetype i = 0; i + 1 < edges.size(); ++i) {
        const int begin = edges.at(i);
        if (begin < edges.at(i + 1))
            html += htmlOf(m_text.mid(begin, edges.at(i + 1) - begin), tagsAt(begin));
    }
    return html;
}

QStringList MessageText::tagsAt(int position) const
{
    const auto covers = [position](const auto &range) {
        return range.start <= position && position < range.start + range.length;
    };
    QStringList tags;
    for (const MessagePart &part : m_parts) {
        if (part.kind == MessagePart::Kind::Code && covers(part))
            tags.append(QStringLiteral("code"));
    }
    for (const StyledText &style : m_styles) {
        if (covers(style))
            tags += tagsOf(style.styles);
    }
    for (const TextLink &link : m_links) {
        if (covers(link))
            tags.append(QStringLiteral("a href=\"%1\"")
                            .arg(link.url.toString(QUrl::FullyEncoded).toHtmlEscaped()));
    }
    return tags;
}

bool isSafeLink(const QUrl &url)
{
    if (!url.isValid())
        return false;
    const QString scheme = url.scheme();
    if (scheme == QLatin1String("mailto"))
        return !url.path().isEmpty();
    const bool isWeb = scheme == QLatin1String("http") || scheme == QLatin1String("https");
    return isWeb && !url.host().isEmpty() && url.userInfo().isEmpty();
}

QList<TextLink> findLinks(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\b(?:https?://|mailto:)[^\\s<>\"\\\\\\p{C}]+"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    QList<TextLink> links;
    QRegularExpressionMatchIterator matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        QString address = match.captured();
        while (!address.isEmpty() && QStringView(u".,;:!?'*_").contains(address.back()))
            address.chop(1);
        while (address.endsWith(u')') && address.count(u')') > address.count(u'('))
            address.chop(1);
        const QUrl url(address, QUrl::StrictMode);
        if (isSafeLink(url))
            links.append({int(match.capturedStart()), int(address.size()), url});
    }
    return links;
}

}
