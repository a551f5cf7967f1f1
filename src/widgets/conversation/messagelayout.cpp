#include "widgets/conversation/messagelayout.h"

#include "widgets/conversation/compactcolumns.h"
#include "widgets/conversation/textlines.h"
#include "widgets/tick.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
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
constexpr qreal kCompactGap = 6; // between groups
constexpr qreal kCompactAir = 1; // above and below a row
constexpr qreal kGutter = 40;
constexpr qreal kAvatar = 32;
constexpr qreal kDividerGap = 12;
constexpr qreal kPartGap = 4;
constexpr qreal kAboveWords = 6; // panels keep a little more air
constexpr qreal kFailureGap = 4;

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

QString MessageLayout::editedText()
{
    return translated(QT_TRANSLATE_NOOP("confab::MessageLayout", "edited"));
}

QString MessageLayout::showAllText()
{
    return translated(QT_TRANSLATE_NOOP("confab::MessageLayout", "Show all"));
}

QString MessageLayout::unreadText()
{
    return translated(QT_TRANSLATE_NOOP("confab::MessageLayout", "New messages"));
}

QString MessageLayout::goToQuotedText()
{
    return translated(QT_TRANSLATE_NOOP("confab::MessageLayout", "Go to quoted message"));
}

MessageLayout::MessageLayout(const MessageItem &item, const MessageStyle &style, int width)
    : m_item(item)
    , m_text(MessageText::ofMessage(item.content, item.text, item.expanded))
    , m_width(width)
    , m_compact(style.compact)
{
    if (m_compact)
        layOutColumns(style);
    else
        layOutBubble(style);
    m_height = qRound(m_bubble.bottom());
    if (item.delivery == Delivery::Failed)
        placeFailure(style);
}

void MessageLayout::layOutBubble(const MessageStyle &style)
{
    const qreal columnWidth = qMax(1, qMin(kColumn, m_width - 2 * kSide));
    m_column = QRectF(std::floor((m_width - columnWidth) / 2), 0, columnWidth, 0);
    const qreal gutter = m_item.manySenders && !m_item.own ? kGutter : 0;
    const qreal maxBubble
        = std::floor(qMin(qMin(kMaxBubble, m_width * kBubbleShare), columnWidth - gutter));
    const qreal maxText = qMax(1.0, maxBubble - 2 * kPaddingX);
    placeAbove(style);
    layOutParts(maxText, style);
    layOutLines(maxText, style);
    placeBubble(maxText, style);
}

void MessageLayout::layOutColumns(const MessageStyle &style)
{
    const CompactColumns at(style, m_width);
    m_column = QRectF(at.bar, 0, qMax(1.0, m_width - 2 * at.bar), 0);
    placeAbove(style);
    m_bubble = QRectF(m_column.left(), m_bubble.top(), m_column.width(), 0);
    layOutParts(at.textWidth, style);
    placeNameAndTime(at, style);
    const bool nameAbove = at.nameAbove && m_sender;
    const qreal top = m_bubble.top() + kCompactAir + (nameAbove ? style.senderLine : 0);
    placeParts({at.text, top}, at.textWidth);
    const qreal bottom = placeBelowText(at, style);
    m_bubble.setBottom(placeFoot({at.text, bottom}, at.textWidth) + kCompactAir);
}

void MessageLayout::placeNameAndTime(const CompactColumns &at, const MessageStyle &style)
{
    const qreal top = m_bubble.top() + kCompactAir;
    m_meta = makeLine(m_item.time, style.meta, style.emoji, at.timeEnd - at.time, style.bodyLine);
    const qreal time = widthOf(*m_meta);
    m_metaRect = QRectF(at.timeEnd - time, top, time, style.bodyLine);
    const QSize tick = tickSize(m_item.delivery);
    m_tickRect = QRectF(QPointF(at.tickEnd - tick.width(),
                            top + std::floor((style.bodyLine - tick.height()) / 2.0)),
        QSizeF(tick));
    if (!m_item.startsGroup)
        return;
    const QString name = m_item.own ? translated(QT_TRANSLATE_NOOP("confab::MessageLayout", "You"))
                                    : m_item.sender;
    m_sender = makeLine(name, style.sender, style.emoji, at.nameWidth, style.senderLine);
    const qreal width = widthOf(*m_sender);
    const qreal left = at.nameAbove ? at.text : at.name + at.nameWidth - width;
    m_senderRect = QRectF(left, top, width, style.senderLine);
}

/// "edited" beside the last line where it fits, "Show all" below. Returns where the row ends.
qreal MessageLayout::placeBelowText(const CompactColumns &at, const MessageStyle &style)
{
    qreal bottom = m_contentRect.bottom();
    if (m_text.isCut()) {
        m_showAll = makeWholeLine(showAllText(), style.action, style.emoji, style.bodyLine);
        const qreal width = widthOf(*m_showAll);
        m_showAllRect = QRectF(at.text, bottom, width, style.bodyLine);
        bottom += style.bodyLine;
    }
    if (!m_item.edited)
        return bottom;
    m_edited = makeLine(editedText(), style.meta, style.emoji, at.textWidth, style.bodyLine);
    const qreal width = widthOf(*m_edited);
    const PartLayout &last = m_parts.back();
    const qreal beside = m_text.isCut() ? m_showAllRect.width() : last.lastLineWidth();
    const bool fits = beside > 0 && beside + kMetaAir + width <= at.textWidth;
    const qreal top = fits ? bottom - style.bodyLine : bottom;
    m_editedRect = QRectF(at.text + (fits ? beside + kMetaAir : 0), top, width, style.bodyLine);
    return m_editedRect.bottom();
}

void MessageLayout::placeAbove(const MessageStyle &style)
{
    qreal y = 0;
    if (!m_item.newDay.isEmpty()) {
        m_pill = makeWholeLine(m_item.newDay, style.strongMeta, style.emoji, style.pillHeight);
        const qreal pill = widthOf(*m_pill) + 24;
        m_pillRect = QRectF(std::floor((m_width - pill) / 2), y + kDividerGap, pill, style.pillHeight);
        y = m_pillRect.bottom();
    }
    if (m_item.startsUnread) {
        m_divider = makeWholeLine(unreadText(), style.strongMeta, style.emoji, style.metaLine);
        m_dividerRect = QRectF(m_column.left(), y + kDividerGap, m_column.width(), style.metaLine);
        y = m_dividerRect.bottom();
    }
    const qreal between = m_compact ? kCompactGap : kGapBetweenGroups;
    const qreal within = m_compact ? 0 : kGapInGroup;
    m_bubble.moveTop(y + (m_item.startsGroup || y > 0 ? between : within));
}

void MessageLayout::layOutParts(qreal maxWidth, const MessageStyle &style)
{
    const int count = int(m_text.parts().size());
    m_parts.reserve(size_t(count));
    for (int part = 0; part < count; ++part)
        m_parts.emplace_back(m_text, part, style, maxWidth);
    m_poll = PollCard(m_item.poll, style, maxWidth);
    m_reactions = ReactionChips(m_item.reactions, style, maxWidth);
}

/// Who wrote and when.
void MessageLayout::layOutLines(qreal maxWidth, const MessageStyle &style)
{
    m_meta = makeLine(metaText(m_item), style.meta, style.emoji, maxWidth, style.metaLine);
    if (m_item.manySenders && !m_item.own && m_item.startsGroup)
        m_sender = makeLine(m_item.sender, style.sender, style.emoji, maxWidth, style.senderLine);
}

void MessageLayout::placeBubble(qreal maxWidth, const MessageStyle &style)
{
    const QSize tick = tickSize(m_item.delivery);
    const qreal meta = widthOf(*m_meta) + (tick.isEmpty() ? 0 : kMetaGap + tick.width());
    // The time may use the two pixels by which it stands nearer to the edge than the text.
    const qreal metaInText = meta - (kPaddingX - kMetaEdge);
    const PartLayout &last = m_parts.back();
    const bool hasFoot = !m_reactions.isEmpty() || !m_poll.isEmpty();
    const qreal foot = m_reactions.isEmpty() ? m_poll.lastLineWidth() : m_reactions.lastLineWidth();
    const qreal lastLine = hasFoot ? foot : last.lastLineWidth();
    const bool hasLine = hasFoot ? lastLine > 0
                                 : (lastLine > 0 || last.kind() == MessagePart::Kind::Words)
            && !m_text.isSingleEmoji() && !m_text.isCut();
    const qreal inLine = lastLine + kMetaAir + metaInText;
    const bool metaFits = hasLine && inLine <= maxWidth;
    if (m_text.isCut())
        m_showAll = makeWholeLine(showAllText(), style.action, style.emoji, style.bodyLine);
    const qreal showAll = m_showAll ? widthOf(*m_showAll) : 0;

    qreal content = metaFits ? inLine : metaInText;
    for (const PartLayout &part : m_parts)
        content = qMax(content, part.wantedWidth());
    content = qMax(content, qMax(m_poll.wantedWidth(), m_reactions.width()));
    content = qMax(content, m_text.isCut() ? showAll + kMetaAir + metaInText : 0);
    if (m_sender)
        content = qMax(content, widthOf(*m_sender));
    content = qMin(content, maxWidth);

    const qreal bubbleWidth = content + 2 * kPaddingX;
    const qreal gutter = m_item.manySenders && !m_item.own ? kGutter : 0;
    m_bubble.setWidth(bubbleWidth);
    m_bubble.moveLeft(m_item.own ? m_column.right() - bubbleWidth : m_column.left() + gutter);

    qreal y = m_bubble.top() + kPaddingY;
    if (m_sender) {
        m_senderRect = QRectF(m_bubble.left() + kPaddingX, y, content, style.senderLine);
        y += style.senderLine + 2;
    }
    placeParts({m_bubble.left() + kPaddingX, y}, content);
    y = m_contentRect.bottom();
    if (m_text.isCut()) {
        m_showAllRect = QRectF(m_contentRect.left(), y, showAll, style.bodyLine);
        y += style.bodyLine;
    }
    y = placeFoot({m_contentRect.left(), y}, content);
    if (!metaFits && (hasFoot || !m_text.isCut()))
        y += style.metaLine + 2;
    m_bubble.setBottom(y + kPaddingY);
    const bool hangs = last.hasText() && last.lines().textOption().textDirection() == Qt::RightToLeft;
    const bool metaLeft = hangs && !m_text.isCut() && !hasFoot;
    // Beside the chips it stands in their middle.
    const qreal line = metaFits && !m_reactions.isEmpty() ? m_reactions.lineHeight() : style.metaLine;
    m_metaRect = QRectF(metaLeft ? m_bubble.left() + kMetaEdge : m_bubble.right() - kMetaEdge - meta,
        m_bubble.bottom() - kPaddingY - (line + style.metaLine) / 2, meta, style.metaLine);
    m_tickRect
        = QRectF(QPointF(m_metaRect.right() - tick.width(),
                     m_metaRect.top() + std::floor((m_metaRect.height() - tick.height()) / 2)),
            QSizeF(tick));
    if (gutter > 0 && m_item.endsGroup)
        m_avatarRect = QRectF(m_column.left(), m_bubble.bottom() - kAvatar, kAvatar, kAvatar);
}

/// What stands below the words of the message: answers of a poll, reactions. Returns where it ends.
qreal MessageLayout::placeFoot(const QPointF &topLeft, qreal width)
{
    qreal y = topLeft.y();
    if (!m_poll.isEmpty()) {
        y += kAboveWords;
        m_poll.moveTo({topLeft.x(), y}, m_compact ? qMin(width, m_poll.wantedWidth()) : width);
        y += m_poll.height();
    }
    if (!m_reactions.isEmpty()) {
        y += kAboveWords;
        m_reactions.moveTo({topLeft.x(), y});
        y += m_reactions.height();
    }
    return y;
}

void MessageLayout::placeParts(const QPointF &topLeft, qreal width)
{
    qreal y = topLeft.y();
    const PartLayout *above = nullptr;
    const auto isWords = [](const PartLayout &part) {
        return part.kind() == MessagePart::Kind::Words
            || part.kind() == MessagePart::Kind::Forwarded;
    };
    for (PartLayout &part : m_parts) {
        if (above)
            y += isWords(part) && (isWords(*above) || above->hang() > 0) ? kPartGap : kAboveWords;
        else if (!isWords(part) && part.hang() == 0) // a picture stands as near to the edge as beside it
            y += m_sender ? kPartGap - 2 : kPartGap;
        // Columns have no other side: panels are as wide as they need, all text begins at the left.
        part.moveTo({topLeft.x(), y}, m_compact ? part.wantedWidth() : width);
        y += part.height();
        above = &part;
    }
    if (!isWords(*above) && above->hang() == 0 && above->lastLineWidth() == 0)
        y += kPartGap - 2;
    m_contentRect = QRectF(topLeft, QSizeF(width, y - topLeft.y()));
}

/// In columns from the left, like the text.
void MessageLayout::placeFailure(const MessageStyle &style)
{
    m_failure = FailureNote(
        m_item.error, style, m_compact ? m_contentRect.width() : m_column.width() - kPaddingX);
    if (m_compact)
        m_failure.moveToLeft({m_contentRect.left(), m_bubble.bottom()});
    else
        m_failure.moveToRight({m_column.right() - kPaddingX / 2, m_bubble.bottom() + kFailureGap});
    m_height = qRound(m_failure.bottom());
}

int MessageLayout::positionAt(const QPointF &point, const CodeOffsets &offsets) const
{
    for (const PartLayout &part : m_parts) {
        if (point.y() < part.rect().bottom())
            return part.positionAt(point, offsets.value(part.part()));
    }
    const PartLayout &last = m_parts.back();
    return last.hasText() ? last.positionAt(point, offsets.value(last.part()))
                          : int(m_text.text().size());
}

int MessageLayout::texts() const
{
    int count = 0;
    for (const auto *line : {&m_sender, &m_meta, &m_edited, &m_pill, &m_divider, &m_showAll})
        count += *line ? 1 : 0;
    count += m_failure.isEmpty() ? 0 : FailureNote::kTexts;
    for (const PartLayout &part : m_parts)
        count += 1 + (part.caption() ? 1 : 0) + int(part.buttonTitles().size());
    return count;
}

const PartLayout *MessageLayout::partAt(const QPointF &point) const
{
    const auto found = std::find_if(m_parts.begin(), m_parts.end(),
        [&point](const PartLayout &part) { return part.rect().contains(point); });
    return found == m_parts.end() ? nullptr : &*found;
}

QUrl MessageLayout::linkAt(const QPointF &point, const CodeOffsets &offsets) const
{
    const PartLayout *part = m_text.links().isEmpty() ? nullptr : partAt(point);
    if (part && part->kind() == MessagePart::Kind::Preview && part->rect().contains(point))
        return QUrl(m_text.parts().at(part->part()).url, QUrl::StrictMode);
    const int position = part ? part->characterAt(point, offsets.value(part->part())) : -1;
    if (position < 0)
        return {};
    for (const TextLink &link : m_text.links()) {
        if (position >= link.start && position < link.start + link.length)
            return link.url;
    }
    return {};
}

bool MessageLayout::isTextAt(const QPointF &point) const
{
    const PartLayout *part = partAt(point);
    return part && part->hasText();
}

bool MessageLayout::isQuoteAt(const QPointF &point) const
{
    const PartLayout *part = partAt(point);
    return part && part->kind() == MessagePart::Kind::Quote;
}

const PartLayout *MessageLayout::mediumAt(const QPointF &point) const
{
    const PartLayout *part = partAt(point);
    return part && part->kind() == MessagePart::Kind::Medium ? part : nullptr;
}

const PartLayout *MessageLayout::codeAt(const QPointF &point) const
{
    const PartLayout *part = partAt(point);
    return part && part->kind() == MessagePart::Kind::Code ? part : nullptr;
}

const MessagePart::Button *MessageLayout::buttonAt(const QPointF &point) const
{
    const PartLayout *part = partAt(point);
    const int button = part ? part->buttonAt(point) : -1;
    return button < 0 ? nullptr : &m_text.parts().at(part->part()).buttons.at(button);
}

}
