#include "widgets/conversation/messagepainter.h"

#include "widgets/avatar.h"
#include "widgets/conversation/partpainter.h"
#include "widgets/shapes.h"
#include "widgets/tick.h"

#include <QPainterPath>

#include <cmath>

namespace confab {

namespace {

constexpr qreal kRadius = 12;
constexpr qreal kJoinedRadius = 4;
constexpr qreal kUnreadLineOpacity = 0.55;
constexpr qreal kRowRadius = 4; // focus ring of a row in columns
constexpr qreal kBar = 3;
constexpr qreal kCheck = 18;
constexpr qreal kCompactCheck = 14;
constexpr qreal kCheckAir = 10; // beside the circle, left and right

/// Bubble outline: rounder on the free side, nearly square where it meets its group.
QPainterPath bubblePath(const QRectF &rect, bool own, bool joinsAbove, bool joinsBelow)
{
    const qreal top = joinsAbove ? kJoinedRadius : kRadius;
    const qreal bottom = joinsBelow ? kJoinedRadius : kRadius;
    const qreal topLeft = own ? kRadius : top;
    const qreal topRight = own ? top : kRadius;
    const qreal bottomLeft = own ? kRadius : bottom;
    const qreal bottomRight = own ? bottom : kRadius;
    QPainterPath path(rect.topLeft() + QPointF(topLeft, 0));
    const auto corner = [&path](const QPointF &center, qreal radius, qreal angle) {
        path.arcTo(QRectF(center - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius)), angle, -90);
    };
    corner(rect.topRight() + QPointF(-topRight, topRight), topRight, 90);
    corner(rect.bottomRight() + QPointF(-bottomRight, -bottomRight), bottomRight, 0);
    corner(rect.bottomLeft() + QPointF(bottomLeft, -bottomLeft), bottomLeft, 270);
    corner(rect.topLeft() + QPointF(topLeft, topLeft), topLeft, 180);
    path.closeSubpath();
    return path;
}

/// At the left edge, also where the line is right-to-left: the name stands over the bubble's begin.
void drawLine(QPainter &painter, const QTextLayout &layout, const QRectF &rect)
{
    const QTextLine line = layout.lineAt(0);
    if (!line.isValid())
        return;
    const bool hangs = layout.textOption().textDirection() == Qt::RightToLeft;
    const qreal before = hangs ? line.width() - line.naturalTextWidth() : 0;
    layout.draw(&painter, {rect.left() - before, rect.top()});
}

void drawCentred(QPainter &painter, const QTextLayout &layout, const QRectF &rect)
{
    const qreal width = std::ceil(layout.lineAt(0).naturalTextWidth());
    const qreal left = std::floor(rect.left() + (rect.width() - width) / 2);
    drawLine(painter, layout, {left, rect.top(), width, rect.height()});
}

}

MessagePainter::MessagePainter(
    QPainter &painter, const Theme &theme, const MessageStyle &style, MediaLibrary *media)
    : m_painter(painter)
    , m_theme(theme)
    , m_colors(theme.colors())
    , m_style(style)
    , m_media(media)
{
}

void MessagePainter::paint(
    const MessageLayout &layout, const QPointF &topLeft, const RowState &state)
{
    m_painter.save();
    m_painter.translate(topLeft);
    if (state.found)
        m_painter.fillRect(QRectF(0, 0, layout.width(), layout.height()), m_colors.window);
    paintAbove(layout);
    if (state.chosen)
        paintChoice(layout, *state.chosen);
    if (layout.isCompact())
        paintColumns(layout, state);
    else
        paintBubble(layout, state);
    paintParts(layout, state);
    paintMeta(layout, state);
    if (layout.item().delivery == Delivery::Failed)
        paintFailure(layout);
    m_painter.restore();
}

void MessagePainter::paintAbove(const MessageLayout &layout)
{
    const MessageItem &item = layout.item();
    if (!item.newDay.isEmpty()) {
        const QRectF &pill = layout.pillRect();
        fillRound(m_painter, pill, pill.height() / 2, m_colors.other);
        m_painter.setPen(m_colors.otherMeta);
        drawCentred(m_painter, layout.pillLine(), pill);
    }
    if (!item.startsUnread)
        return;
    const QRectF &row = layout.dividerRect();
    const qreal label = std::ceil(layout.dividerLine().lineAt(0).naturalTextWidth());
    const qreal line = (row.width() - label) / 2 - 12;
    const qreal y = std::floor(row.center().y());
    QColor faint = m_colors.accentText;
    faint.setAlphaF(float(kUnreadLineOpacity));
    m_painter.fillRect(QRectF(row.left(), y, line, 1), faint);
    m_painter.fillRect(QRectF(row.right() - line, y, line, 1), faint);
    m_painter.setPen(m_colors.accentText);
    drawCentred(m_painter, layout.dividerLine(), row);
}

/// A band where it is chosen, and a circle at the left; what stands in the circle's way moves
/// aside.
void MessagePainter::paintChoice(const MessageLayout &layout, bool chosen)
{
    const QRectF &bubble = layout.bubble();
    if (chosen) {
        constexpr qreal kAir = 2;
        m_painter.fillRect(
            QRectF(0, bubble.top() - kAir, layout.width(), bubble.height() + 2 * kAir),
            m_colors.selected);
    }
    const qreal size = layout.isCompact() ? kCompactCheck : kCheck;
    QRectF circle(0, 0, size, size);
    if (layout.isCompact()) {
        const QRectF &time = layout.metaRect();
        circle.moveCenter({time.right() - size / 2, time.center().y()});
    } else {
        circle.moveTopLeft({qMax(kCheckAir, layout.columnLeft() - kCheck - kCheckAir),
            qMax(bubble.top(), bubble.bottom() - 16 - kCheck / 2)});
    }
    if (chosen) {
        fillRound(m_painter, circle, size / 2, m_colors.accent);
        const int icon = int(size) - 4;
        const qreal ratio = m_painter.device()->devicePixelRatioF();
        m_painter.drawPixmap(circle.topLeft() + QPointF(2, 2),
            m_theme.pixmap(QStringLiteral("check"), icon, m_colors.onAccent, ratio));
    } else {
        fillRound(m_painter, circle, size / 2, m_colors.panel);
        strokeRound(m_painter, circle, size / 2, m_colors.border);
    }
    if (!layout.isCompact() && !layout.item().own)
        m_painter.translate(qMax(0.0, circle.right() + kCheckAir - layout.columnLeft()), 0);
}

/// Compact density: everything stands on the panel, own rows are told by their bar.
void MessagePainter::paintColumns(const MessageLayout &layout, const RowState &state)
{
    const MessageItem &item = layout.item();
    const QRectF &row = layout.bubble();
    if (item.delivery == Delivery::Failed)
        m_painter.fillRect(row, m_colors.dangerBg);
    else if (state.hovered && !state.chosen)
        m_painter.fillRect(row, m_colors.window);
    if (item.own)
        m_painter.fillRect(QRectF(row.topLeft(), QSizeF(kBar, row.height())), m_colors.accentText);
    if (state.focused)
        strokeRound(m_painter, row, kRowRadius, m_colors.focus, 2);
    paintSender(layout);
    if (layout.editedRect().isEmpty())
        return;
    m_painter.setPen(m_colors.text2);
    drawLine(m_painter, layout.editedLine(), layout.editedRect());
}

void MessagePainter::paintSender(const MessageLayout &layout)
{
    if (layout.senderRect().isEmpty())
        return;
    const MessageItem &item = layout.item();
    m_painter.setPen(item.own ? m_colors.text : m_colors.hueText[size_t(Theme::hueOf(item.from))]);
    drawLine(m_painter, layout.senderLine(), layout.senderRect());
}

void MessagePainter::paintBubble(const MessageLayout &layout, const RowState &state)
{
    const MessageItem &item = layout.item();
    const QColor fill = item.delivery == Delivery::Failed ? m_colors.dangerBg
        : item.own                                        ? m_colors.own
                                                          : m_colors.other;
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.fillPath(
        bubblePath(layout.bubble(), item.own, !item.startsGroup, !item.endsGroup), fill);
    if (state.focused) {
        constexpr qreal kRing = 2;
        strokeRound(m_painter, layout.bubble().adjusted(-kRing, -kRing, kRing, kRing),
            kRadius + kRing, m_colors.focus, kRing);
    }
    if (!layout.avatarRect().isEmpty()) {
        AvatarSource source;
        source.id = item.from;
        source.title = item.sender;
        source.photo = item.photo;
        paintAvatar(m_painter, layout.avatarRect(), source, m_theme);
    }
    paintSender(layout);
}

void MessagePainter::paintParts(const MessageLayout &layout, const RowState &state)
{
    PartPainter painter(m_painter, m_theme, m_media);
    for (const PartLayout &part : layout.parts())
        painter.paint(layout, part, state);
    if (!layout.poll().isEmpty())
        layout.poll().paint(m_painter, m_theme, m_style, layout.isOnOwnFill());
    layout.reactions().paint(m_painter, m_theme, m_style);
    if (layout.showAllRect().isEmpty())
        return;
    m_painter.setPen(m_colors.accentText);
    drawLine(m_painter, layout.showAllLine(), layout.showAllRect());
}

void MessagePainter::paintMeta(const MessageLayout &layout, const RowState &state)
{
    const MessageItem &item = layout.item();
    const bool failed = item.delivery == Delivery::Failed;
    const QColor color = failed ? m_colors.danger
        : layout.isCompact()    ? m_colors.text2
        : item.own              ? m_colors.ownMeta
                                : m_colors.otherMeta;
    m_painter.setPen(color);
    const bool circleThere = layout.isCompact() && state.chosen;
    if (!circleThere)
        drawLine(m_painter, layout.metaLine(), layout.metaRect());
    paintTick(m_painter, layout.tickRect().topLeft(), item.delivery, color, m_theme);
}

void MessagePainter::paintFailure(const MessageLayout &layout)
{
    m_painter.setPen(m_colors.danger);
    const FailureNote &failure = layout.failure();
    const QTextLayout &reason = failure.reason();
    const bool hangs = reason.textOption().textDirection() == Qt::RightToLeft;
    const qreal room = reason.lineCount() ? reason.lineAt(0).width() : 0;
    const QRectF &rect = failure.reasonRect();
    reason.draw(&m_painter, {hangs ? rect.right() - room : rect.left(), rect.top()});
    paintAction(failure.retryRect(), QStringLiteral("refresh-cw"), failure.retryLine(),
        m_colors.accentText);
    paintAction(
        failure.deleteRect(), QStringLiteral("trash-2"), failure.deleteLine(), m_colors.danger);
}

void MessagePainter::paintAction(
    const QRectF &rect, const QString &icon, const QTextLayout &words, const QColor &color)
{
    constexpr int kIcon = FailureNote::kIcon;
    const qreal ratio = m_painter.device()->devicePixelRatioF();
    m_painter.drawPixmap(QPointF(rect.left(), rect.top() + std::floor((rect.height() - kIcon) / 2)),
        m_theme.pixmap(icon, kIcon, color, ratio));
    m_painter.setPen(color);
    const qreal width = std::ceil(words.lineAt(0).naturalTextWidth());
    drawLine(m_painter, words, {rect.right() - width, rect.top(), width, rect.height()});
}

void MessagePainter::paintFloatingDate(const QTextLayout &date, int width, int top)
{
    const qreal room = std::ceil(date.lineAt(0).naturalTextWidth()) + 26;
    const QRectF pill(std::floor((width - room) / 2), top, room, m_style.pillHeight);
    fillRound(m_painter, pill, pill.height() / 2, m_colors.raised);
    strokeRound(m_painter, pill, pill.height() / 2, m_colors.divider);
    m_painter.setPen(m_colors.text2);
    drawCentred(m_painter, date, pill);
}

}
