#include "widgets/conversation/partpainter.h"

#include "widgets/conversation/mediumpainter.h"
#include "widgets/conversation/mediumwords.h"
#include "widgets/media/medialibrary.h"
#include "widgets/shapes.h"

#include <cmath>

namespace confab {

namespace {

constexpr qreal kCodeRadius = 6;
constexpr qreal kQuoteRadius = 4;
constexpr qreal kQuoteBar = 3;
}

PartPainter::PartPainter(QPainter &painter, const Theme &theme, MediaLibrary *media)
    : m_painter(painter)
    , m_theme(theme)
    , m_colors(theme.colors())
    , m_media(media)
{
}

void PartPainter::paint(
    const MessageLayout &layout, const PartLayout &part, const RowState &state)
{
    switch (part.kind()) {
    case MessagePart::Kind::Code:
        paintCode(layout, part, state);
        break;
    case MessagePart::Kind::Words:
        paintText(layout, part, state);
        break;
    case MessagePart::Kind::Quote:
        paintQuote(layout, part);
        break;
    case MessagePart::Kind::Forwarded:
        paintForwarded(layout, part);
        break;
    case MessagePart::Kind::Medium:
        MediumPainter(m_painter, m_theme, m_media).paint(layout, part);
        break;
    case MessagePart::Kind::Preview:
        paintPreview(layout, part);
        break;
    case MessagePart::Kind::Buttons:
        paintButtons(layout, part);
        break;
    }
}

/// In the order in which the later ones win: styles, links, hits, selection.
QList<QTextLayout::FormatRange> PartPainter::colorsOf(
    const MessageLayout &layout, const PartLayout &part, const RowState &state) const
{
    QList<QTextLayout::FormatRange> ranges;
    const auto add = [&](int begin, int end, const QTextCharFormat &format) {
        const int first = qMax(begin, part.start());
        const int last = qMin(end, part.end());
        if (first < last)
            ranges.append({first - part.start(), last - first, format});
    };
    const bool own = layout.isOnOwnFill();
    for (const StyledText &styled : layout.text().styles()) {
        QTextCharFormat format;
        if (styled.styles.testFlag(wire::TextStyle::Code))
            format.setBackground(own ? m_colors.codeOwn : m_colors.code);
        if (styled.styles.testFlag(wire::TextStyle::Highlight))
            format.setBackground(m_colors.mark);
        if (styled.styles & (wire::TextStyle::Mention | wire::TextStyle::Hashtag))
            format.setForeground(m_colors.accentText);
        if (!format.isEmpty())
            add(styled.start, styled.start + styled.length, format);
    }
    for (const CodeToken &token : part.tokens()) {
        QTextCharFormat format;
        format.setForeground(token.kind == CodeToken::Kind::Keyword ? m_colors.codeKey
                : token.kind == CodeToken::Kind::Literal            ? m_colors.codeStr
                : own                                               ? m_colors.ownMeta
                                                                    : m_colors.otherMeta);
        add(part.start() + token.start, part.start() + token.start + token.length, format);
    }
    QTextCharFormat linked;
    linked.setForeground(m_colors.link);
    for (const TextLink &link : layout.text().links())
        add(link.start, link.start + link.length, linked);
    QTextCharFormat marked;
    marked.setBackground(m_colors.mark);
    marked.setForeground(m_colors.text);
    for (const TextRange &mark : state.marks)
        add(mark.begin, mark.end, marked);
    QTextCharFormat selected;
    selected.setBackground(m_colors.selection);
    selected.setForeground(m_colors.text);
    add(state.selectionStart, state.selectionEnd, selected);
    return ranges;
}

void PartPainter::paintText(
    const MessageLayout &layout, const PartLayout &part, const RowState &state)
{
    m_painter.setPen(m_colors.text);
    const QPointF scrolled(state.offsets.value(part.part()), 0);
    part.lines().draw(&m_painter, part.origin() - scrolled, colorsOf(layout, part, state));
}

void PartPainter::paintCode(
    const MessageLayout &layout, const PartLayout &part, const RowState &state)
{
    const bool own = layout.isOnOwnFill();
    fillRound(m_painter, part.rect(), kCodeRadius, own ? m_colors.codeOwn : m_colors.code);
    if (layout.isCompact() && state.hovered) // the row's own fill is nearly the same
        strokeRound(m_painter, part.rect(), kCodeRadius, m_colors.divider);
    if (part.panel().overflow() > 0) {
        m_painter.save();
        m_painter.setClipRect(part.rect(), Qt::IntersectClip);
        paintText(layout, part, state);
        m_painter.restore();
    } else {
        paintText(layout, part, state);
    }
    const bool hovered = state.hoveredCode == part.part();
    if (part.panel().overflow() > 0 && (hovered || state.focused)) {
        const QRectF thumb = part.panel().thumb(state.offsets.value(part.part()));
        fillRound(m_painter, thumb, thumb.height() / 2, m_colors.border);
    }
    if (hovered)
        paintCopyButton(part);
}

void PartPainter::paintCopyButton(const PartLayout &part)
{
    constexpr int kIcon = 14;
    const QRectF box = part.panel().copyButton();
    fillRound(m_painter, box, kQuoteRadius, m_colors.raised);
    strokeRound(m_painter, box, kQuoteRadius, m_colors.divider);
    paintIcon(QStringLiteral("copy"), box.center(), kIcon, m_colors.text2);
}

void PartPainter::paintQuote(const MessageLayout &layout, const PartLayout &part)
{
    const bool own = layout.isOnOwnFill();
    const MessagePart &quote = layout.text().parts().at(part.part());
    const QColor hue = m_colors.hueText[size_t(Theme::hueOf(quote.user))];
    fillRound(m_painter, part.rect(), kQuoteRadius, own ? m_colors.quoteOwn : m_colors.quoteOther);
    m_painter.save();
    m_painter.setClipRect(QRectF(part.rect().topLeft(), QSizeF(kQuoteBar, part.rect().height())));
    fillRound(m_painter, part.rect(), kQuoteRadius, quote.user.isEmpty() ? m_colors.accentText : hue);
    m_painter.restore();
    if (part.caption()) {
        m_painter.setPen(quote.user.isEmpty() ? m_colors.accentText : hue);
        part.caption()->draw(&m_painter, part.captionOrigin());
    }
    m_painter.setPen(own ? m_colors.ownMeta : m_colors.otherMeta);
    part.lines().draw(&m_painter, part.origin());
}

void PartPainter::paintPreview(const MessageLayout &layout, const PartLayout &part)
{
    const bool own = layout.isOnOwnFill();
    fillRound(m_painter, part.rect(), kQuoteRadius, own ? m_colors.quoteOwn : m_colors.quoteOther);
    m_painter.save();
    m_painter.setClipRect(QRectF(part.rect().topLeft(), QSizeF(kQuoteBar, part.rect().height())));
    fillRound(m_painter, part.rect(), kQuoteRadius, m_colors.accentText);
    m_painter.restore();
    if (!part.emblem().isEmpty())
        paintPreviewPicture(layout, part);
    m_painter.setPen(m_colors.text);
    part.caption()->draw(&m_painter, part.captionOrigin());
    m_painter.setPen(own ? m_colors.ownMeta : m_colors.otherMeta);
    part.lines().draw(&m_painter, part.origin());
}

void PartPainter::paintPreviewPicture(const MessageLayout &layout, const PartLayout &part)
{
    const wire::MediaSource &picture = layout.text().parts().at(part.part()).picture;
    const QRectF &box = part.emblem();
    const qreal ratio = m_painter.device()->devicePixelRatioF();
    const QPixmap *pixmap = m_media ? m_media->picture(picture, part.mediumId(),
                                (box.size() * ratio).toSize(), qRound(kQuoteRadius * ratio))
                                    : nullptr;
    if (!pixmap) {
        paintIcon(QStringLiteral("image"), box.center(), 20,
            layout.isOnOwnFill() ? m_colors.ownMeta : m_colors.otherMeta);
        return;
    }
    const QSizeF size = QSizeF(pixmap->size()) / ratio;
    const QPointF corner(box.left() + std::floor((box.width() - size.width()) / 2),
        box.top() + std::floor((box.height() - size.height()) / 2));
    m_painter.drawPixmap(QRectF(corner, size), *pixmap, QRectF(QPointF(), pixmap->size()));
}

void PartPainter::paintForwarded(const MessageLayout &layout, const PartLayout &part)
{
    const QColor color = layout.isOnOwnFill() ? m_colors.ownMeta : m_colors.otherMeta;
    const QPointF center(part.rect().left() + kForwardIcon / 2.0, part.rect().center().y());
    paintIcon(QStringLiteral("forward"), center, kForwardIcon, color);
    m_painter.setPen(color);
    part.lines().draw(&m_painter, part.origin());
}

void PartPainter::paintButtons(const MessageLayout &layout, const PartLayout &part)
{
    const QList<MessagePart::Button> &buttons = layout.text().parts().at(part.part()).buttons;
    constexpr qreal kRadius = 6;
    for (size_t i = 0; i < part.buttons().size(); ++i) {
        const QRectF &rect = part.buttons().at(i);
        fillRound(m_painter, rect, kRadius, m_colors.raised);
        strokeRound(m_painter, rect, kRadius, m_colors.border);
        const QTextLayout &title = *part.buttonTitles().at(i);
        const bool canPress = buttons.at(int(i)).action.action != wire::Button::Action::Unknown;
        m_painter.setPen(canPress ? m_colors.accentText : m_colors.text2);
        const QTextLine line = title.lineAt(0);
        const bool hangs = title.textOption().textDirection() == Qt::RightToLeft;
        const qreal width = line.isValid() ? line.naturalTextWidth() : 0;
        const qreal before = hangs && line.isValid() ? line.width() - width : 0;
        title.draw(&m_painter,
            {std::round(rect.center().x() - width / 2) - before, rect.top()});
    }
}

void PartPainter::paintIcon(
    const QString &icon, const QPointF &center, int size, const QColor &color)
{
    const qreal ratio = m_painter.device()->devicePixelRatioF();
    const QPointF corner(std::floor(center.x() - size / 2.0), std::floor(center.y() - size / 2.0));
    m_painter.drawPixmap(corner, m_theme.pixmap(icon, size, color, ratio));
}

}
