#include "widgets/conversation/messagelayout.h"

#include "widgets/tick.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <cmath>

namespace confab {

namespace {

constexpr qreal kMaxBubble = 560;
constexpr qreal kBubbleShare = 0.72; // of the conversation's width
constexpr qreal kPaddingX = 12;
constexpr qreal kPaddingY = 6;
constexpr qreal kMetaEdge = 10;
constexpr qreal kMetaAir = 8;
constexpr qreal kGapInGroup = 2;
constexpr qreal kGapBetweenGroups = 10;
constexpr qreal kGutter = 40;
constexpr qreal kAvatar = 32;
constexpr qreal kDividerGap = 12;
constexpr qreal kFailureGap = 4;
constexpr qreal kActionGap = 20;
constexpr qreal kActionIconGap = 8;

qreal textWidth(const QFont &font, const QString &text)
{
    return std::ceil(QFontMetricsF(font).horizontalAdvance(text));
}

QList<QTextLayout::FormatRange> formats(const MessageText &text, const MessageStyle &style)
{
    QList<QTextLayout::FormatRange> ranges;
    QTextCharFormat underlined;
    underlined.setFontUnderline(true);
    for (const TextLink &link : text.links())
        ranges.append({link.start, link.length, underlined});
    QTextCharFormat emoji;
    emoji.setFont(style.emoji);
    for (const TextSpan &span : text.emoji())
        ranges.append({span.start, span.length, emoji});
    return ranges;
}

/// Breaks the text into lines of a fixed height with a common baseline, whatever fonts a line mixes.
/// Returns the width of the widest.
qreal breakLines(QTextLayout &layout, qreal maxWidth, int lineHeight)
{
    const QFontMetricsF metrics(layout.font());
    const qreal baseline = std::floor((lineHeight - metrics.height()) / 2 + metrics.ascent() + 0.5);
    qreal widest = 0;
    int count = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(maxWidth);
        line.setPosition({0, count * lineHeight + baseline - line.ascent()});
        widest = qMax(widest, line.naturalTextWidth());
        ++count;
    }
    layout.endLayout();
    return std::ceil(widest);
}

std::unique_ptr<QTextLayout> makeLayout(const QString &text, const QFont &font, bool rightToLeft)
{
    auto layout = std::make_unique<QTextLayout>(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    option.setAlignment(rightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    layout->setTextOption(option);
    layout->setCacheEnabled(true);
    return layout;
}

QString translated(const char *text)
{
    return QCoreApplication::translate("confab::MessageLayout", text);
}

}

QString MessageLayout::metaText(const MessageItem &item)
{
    if (!item.edited)
        return item.time;
    return translated(QT_TRANSLATE_NOOP("confab::MessageLayout", "edited %1")).arg(item.time);
}

QString MessageLayout::reasonText(const MessageItem &item)
{
    if (item.error.isEmpty())
        return translated(QT_TRANSLATE_NOOP("confab::MessageLayout", "Not sent"));
    return translated(QT_TRANSLATE_NOOP("confab::MessageLayout", "Not sent: %1")).arg(item.error);
}

QString MessageLayout::retryText()
{
    return translated(QT_TRANSLATE_NOOP("confab::MessageLayout", "Retry"));
}

QString MessageLayout::editText()
{
    return translated(QT_TRANSLATE_NOOP("confab::MessageLayout", "Edit"));
}

QString MessageLayout::deleteText()
{
    return translated(QT_TRANSLATE_NOOP("confab::MessageLayout", "Delete"));
}

QString MessageLayout::showAllText()
{
    return translated(QT_TRANSLATE_NOOP("confab::MessageLayout", "Show all"));
}

MessageLayout::MessageLayout(const MessageItem &item, const MessageStyle &style, int width)
    : m_item(item)
    , m_text(item.text, item.expanded)
    , m_width(width)
{
    const qreal columnWidth = qMax(1, qMin(kColumn, width - 2 * kSide));
    m_column = QRectF(std::floor((width - columnWidth) / 2), 0, columnWidth, 0);
    const qreal gutter = item.manySenders && !item.own ? kGutter : 0;
    const qreal maxBubble = std::floor(
        qMin(qMin(kMaxBubble, width * kBubbleShare), columnWidth - gutter));
    const qreal maxText = qMax(1.0, maxBubble - 2 * kPaddingX);
    placeAbove(style);
    layOutText(maxText, style);
    placeBubble(maxText, style);
    m_height = qRound(m_bubble.bottom());
    if (item.delivery == Delivery::Failed)
        placeFailure(style);
}

void MessageLayout::placeAbove(const MessageStyle &style)
{
    qreal y = 0;
    if (!m_item.newDay.isEmpty()) {
        const qreal pill = textWidth(style.strongMeta, m_item.newDay) + 24;
        m_pillRect = QRectF(std::floor((m_width - pill) / 2), y + kDividerGap, pill, style.pillHeight);
        y = m_pillRect.bottom();
    }
    if (m_item.startsUnread) {
        m_dividerRect = QRectF(m_column.left(), y + kDividerGap, m_column.width(), style.metaLine);
        y = m_dividerRect.bottom();
    }
    m_bubble.moveTop(y + (m_item.startsGroup || y > 0 ? kGapBetweenGroups : kGapInGroup));
}

void MessageLayout::layOutText(qreal maxWidth, const MessageStyle &style)
{
    m_layout = makeLayout(m_text.text(), style.body, m_text.isRightToLeft());
    m_layout->setFormats(formats(m_text, style));
    const qreal widest = breakLines(*m_layout, maxWidth, style.bodyLine);
    m_textRect.setSize({qMin(widest, maxWidth), qreal(m_layout->lineCount() * style.bodyLine)});
}

qreal MessageLayout::lastLineWidth() const
{
    const int lines = m_layout->lineCount();
    return lines ? std::ceil(m_layout->lineAt(lines - 1).naturalTextWidth()) : 0;
}

void MessageLayout::placeBubble(qreal maxWidth, const MessageStyle &style)
{
    const bool hasName = m_item.manySenders && !m_item.own && m_item.startsGroup;
    const QSize tick = tickSize(m_item.delivery);
    const qreal meta = textWidth(style.meta, metaText(m_item))
        + (tick.isEmpty() ? 0 : kMetaGap + tick.width());
    // The time may use the two pixels by which it stands nearer to the edge than the text.
    const qreal metaInText = meta - (kPaddingX - kMetaEdge);
    const qreal inLine = lastLineWidth() + kMetaAir + metaInText;
    const bool metaFits = !m_text.isCut() && inLine <= maxWidth;
    const qreal showAll = m_text.isCut() ? textWidth(style.action, showAllText()) : 0;

    qreal content = qMax(m_textRect.width(), metaFits ? inLine : metaInText);
    content = qMax(content, m_text.isCut() ? showAll + kMetaAir + metaInText : 0);
    if (hasName) {
        m_senderName = QFontMetricsF(style.sender).elidedText(m_item.sender, Qt::ElideRight, maxWidth);
        content = qMax(content, textWidth(style.sender, m_senderName));
    }
    content = qMin(content, maxWidth);

    const qreal bubbleWidth = content + 2 * kPaddingX;
    const qreal gutter = m_item.manySenders && !m_item.own ? kGutter : 0;
    m_bubble.setWidth(bubbleWidth);
    m_bubble.moveLeft(m_item.own ? m_column.right() - bubbleWidth : m_column.left() + gutter);

    qreal y = m_bubble.top() + kPaddingY;
    const qreal x = m_bubble.left() + kPaddingX;
    if (hasName) {
        m_senderRect = QRectF(x, y, content, style.senderLine);
        y += style.senderLine + 2;
    }
    m_textRect.moveTop(y);
    m_textRect.moveLeft(m_text.isRightToLeft() ? x + content - m_textRect.width() : x);
    m_textOrigin = {m_text.isRightToLeft() ? x + content - maxWidth : x, y};
    y = m_textRect.bottom();
    if (!metaFits) {
        if (m_text.isCut())
            m_showAllRect = QRectF(x, y, showAll, style.bodyLine);
        y += m_text.isCut() ? style.bodyLine : style.metaLine + 2;
    }
    m_bubble.setBottom(y + kPaddingY);
    const bool metaLeft = m_text.isRightToLeft() && !m_text.isCut();
    m_metaRect = QRectF(metaLeft ? m_bubble.left() + kMetaEdge : m_bubble.right() - kMetaEdge - meta,
        m_bubble.bottom() - kPaddingY - style.metaLine, meta, style.metaLine);
    if (gutter > 0 && m_item.endsGroup)
        m_avatarRect = QRectF(m_column.left(), m_bubble.bottom() - kAvatar, kAvatar, kAvatar);
}

void MessageLayout::placeFailure(const MessageStyle &style)
{
    const QString reason = reasonText(m_item);
    const qreal retry = kActionIcon + kActionIconGap + textWidth(style.action, retryText());
    const qreal remove = kActionIcon + kActionIconGap + textWidth(style.action, deleteText());
    const qreal actions = retry + kActionGap + remove;
    const qreal column = m_column.width() - kPaddingX;
    const qreal right = m_column.right() - kPaddingX / 2;
    qreal top = m_bubble.bottom() + kFailureGap;

    m_reason = makeLayout(reason, style.small, reason.isRightToLeft());
    qreal reasonWidth = breakLines(*m_reason, column, style.smallLine);
    const bool oneLine = m_reason->lineCount() == 1 && reasonWidth + kActionGap + actions <= column;
    const qreal reasonHeight = m_reason->lineCount() * style.smallLine;
    if (oneLine) {
        m_reasonRect = QRectF(right - actions - kActionGap - reasonWidth,
            top + (style.actionHeight - reasonHeight) / 2, reasonWidth, reasonHeight);
    } else {
        m_reasonRect = QRectF(right - reasonWidth, top, reasonWidth, reasonHeight);
        top += reasonHeight;
    }
    m_deleteRect = QRectF(right - remove, top, remove, style.actionHeight);
    m_retryRect = QRectF(
        m_deleteRect.left() - kActionGap - retry, top, retry, style.actionHeight);
    m_height = qRound(m_deleteRect.bottom());
}

int MessageLayout::positionAt(const QPointF &point) const
{
    const QPointF at = point - m_textOrigin;
    for (int i = 0; i < m_layout->lineCount(); ++i) {
        const QTextLine line = m_layout->lineAt(i);
        const bool isLast = i == m_layout->lineCount() - 1;
        const qreal lineHeight = m_textRect.height() / m_layout->lineCount();
        if (at.y() < (i + 1) * lineHeight || isLast)
            return line.xToCursor(at.x());
    }
    return 0;
}

QUrl MessageLayout::linkAt(const QPointF &point) const
{
    if (m_text.links().isEmpty() || !m_textRect.contains(point))
        return {};
    const int lines = m_layout->lineCount();
    const int index = qBound(0, int((point.y() - m_textRect.top()) * lines / m_textRect.height()), lines - 1);
    const QTextLine line = m_layout->lineAt(index);
    const QPointF at = point - m_textOrigin;
    if (!line.naturalTextRect().adjusted(0, -4, 0, 4).contains(at))
        return {};
    const int position = line.xToCursor(at.x(), QTextLine::CursorOnCharacter);
    for (const TextLink &link : m_text.links()) {
        if (position >= link.start && position < link.start + link.length)
            return link.url;
    }
    return {};
}

}
