#include "widgets/composer/pastedtext.h"

#include "wire/drafty/linemarks.h"

#include <QMimeData>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextList>
#include <QUrl>

#include <algorithm>

namespace confab {

namespace {

constexpr QLatin1String kOwnType("application/x-confab-parts");
constexpr QLatin1String kMarkdownType("text/markdown");
/// What is longer is taken as words: nobody formats so much in a message.
constexpr qsizetype kMaxRich = 256 * 1024;

/// Rich text from strangers: no style sheet, picture or file is loaded for it.
class ForeignDocument : public QTextDocument
{
protected:
    QVariant loadResource(int, const QUrl &) override { return {}; }
};

class RichReader
{
public:
    explicit RichReader(const QTextDocument &document)
    {
        for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
            read(block);
    }

    wire::Drafty content() const
    {
        return wire::Drafty::fromParts(m_text, m_spans, m_entities).trimmed();
    }

private:
    void read(const QTextBlock &block)
    {
        if (block.position() > 0)
            m_text += u'\n';
        if (const QTextList *list = block.textList())
            m_text += list->itemText(block).remove(u'.').toInt() > 0 ? list->itemText(block) + u' '
                                                                     : QStringLiteral("• ");
        const bool isHeading = block.blockFormat().headingLevel() > 0;
        for (auto it = block.begin(); !it.atEnd(); ++it)
            read(it.fragment(), isHeading);
    }

    void read(const QTextFragment &fragment, bool isHeading)
    {
        const qsizetype begin = m_text.size();
        QString words = fragment.text();
        words.replace(QChar::LineSeparator, u'\n').replace(QChar::Nbsp, u' ');
        m_text += words.remove(QChar::ObjectReplacementCharacter);
        const qsizetype length = m_text.size() - begin;
        if (length == 0 || words.trimmed().isEmpty())
            return;
        const QTextCharFormat format = fragment.charFormat();
        if (isHeading || format.fontWeight() >= QFont::DemiBold)
            addSpan(begin, length, wire::SpanKind::Bold);
        if (format.fontItalic())
            addSpan(begin, length, wire::SpanKind::Italic);
        if (format.fontStrikeOut())
            addSpan(begin, length, wire::SpanKind::Strike);
        if (format.fontFixedPitch())
            addSpan(begin, length, wire::SpanKind::Code);
        if (format.isAnchor() && wire::isSafeLink(format.anchorHref())) {
            m_spans += wire::Span{
                begin, length, wire::SpanKind::Link, static_cast<int>(m_entities.size())};
            m_entities += wire::Link{format.anchorHref(), {}};
        }
    }

    /// Neighbours of one kind are one.
    void addSpan(qsizetype begin, qsizetype length, wire::SpanKind kind)
    {
        for (wire::Span &span : m_spans) {
            if (span.kind == kind && span.end() == begin) {
                span.length += length;
                return;
            }
        }
        m_spans += wire::Span{begin, length, kind, -1};
    }

    QString m_text;
    QList<wire::Span> m_spans;
    QList<wire::Entity> m_entities;
};

wire::MarkedText fromRich(const QTextDocument &document, const QString &words)
{
    const wire::Drafty content = RichReader(document).content();
    // Without any style the words that came along keep their spaces and lines better.
    if (content.isPlain() && !words.isEmpty())
        return {words, {}, {}};
    return wire::formatMarkup(content);
}

}

wire::MarkedText pastedText(const QMimeData &data)
{
    const QString words = data.text();
    if (data.hasFormat(kOwnType)) {
        const auto blob = wire::JsonBlob::fromBytes(data.data(kOwnType));
        return {words, wire::fixedFromBlob(blob), {}};
    }
    ForeignDocument document;
    const QByteArray markdown = data.data(kMarkdownType);
    if (!markdown.isEmpty() && markdown.size() <= kMaxRich) {
        document.setMarkdown(QString::fromUtf8(markdown));
        return fromRich(document, words);
    }
    const QString html = data.hasHtml() ? data.html() : QString();
    if (!html.isEmpty() && html.size() <= kMaxRich) {
        document.setHtml(html);
        return fromRich(document, words);
    }
    return {words, {}, {}};
}

wire::MarkedText plainPastedText(const QMimeData &data)
{
    const wire::MarkedText typed{data.text(), {}, {}};
    const QList<wire::Span> spans = wire::parseMarkup(typed).spans();
    const bool hasMarks = std::any_of(spans.begin(), spans.end(),
        [](const wire::Span &span) { return !wire::markOf(span.kind).isNull(); });
    return hasMarks ? wire::formatMarkup(wire::Drafty(data.text())) : typed;
}

QMimeData *copiedText(const wire::MarkedText &text)
{
    auto *data = new QMimeData;
    data->setText(text.text);
    if (!text.fixed.isEmpty())
        data->setData(kOwnType, wire::toBlob(text.fixed).bytes());
    return data;
}

}
