#include "widgets/conversation/reactionchips.h"

#include "widgets/conversation/textlines.h"
#include "widgets/shapes.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace confab {

namespace {

constexpr qreal kSide = 8;
constexpr qreal kInside = 4; // between emoji and number
constexpr qreal kRoom = 4; // above and below the line of text

QString numberOf(const ReactionChip &chip)
{
    return chip.count > 999 ? QStringLiteral("999+") : QString::number(chip.count);
}

}

QList<ReactionChip> chipsOf(const TopicList &topics, const Topic &topic, Seq seq)
{
    QList<ReactionChip> chips;
    const QList<Reaction> reactions = topic.timeline().folded().reactions(seq, topics.self());
    for (const Reaction &reaction : reactions) {
        QStringList names;
        for (const UserId &user : reaction.users)
            names.append(user == topics.self() ? ReactionChips::tr("You") : topics.nameOf(user));
        chips.append({reaction.emoji, int(reaction.users.size()),
            reaction.users.contains(topics.self()), names.join(QStringLiteral(", "))});
    }
    std::stable_sort(chips.begin(), chips.end(),
        [](const ReactionChip &a, const ReactionChip &b) { return a.count > b.count; });
    return chips;
}

ReactionChips::ReactionChips(
    const QList<ReactionChip> &chips, const MessageStyle &style, qreal maxWidth)
    : m_chips(chips)
{
    const qreal height = style.smallLine + 2 * kRoom;
    qreal x = 0;
    qreal y = 0;
    for (const ReactionChip &chip : chips) {
        const qreal width = 2 * kSide
            + std::ceil(QFontMetricsF(style.reaction).horizontalAdvance(chip.emoji)) + kInside
            + textWidth(style.small, numberOf(chip));
        if (x > 0 && x + width > maxWidth) {
            x = 0;
            y += height + kGap;
        }
        m_rects.append(QRectF(x, y, width, height));
        m_lastLine = x + width;
        m_width = std::max(m_width, m_lastLine);
        m_height = y + height;
        x += width + kGap;
    }
}

void ReactionChips::moveTo(const QPointF &topLeft)
{
    for (QRectF &rect : m_rects)
        rect.translate(topLeft);
}

int ReactionChips::chipAt(const QPointF &point) const
{
    for (qsizetype i = 0; i < m_rects.size(); ++i) {
        if (m_rects.at(i).contains(point))
            return int(i);
    }
    return -1;
}

void ReactionChips::paint(QPainter &painter, const Theme &theme, const MessageStyle &style) const
{
    const ThemeColors &colors = theme.colors();
    for (qsizetype i = 0; i < m_chips.size(); ++i) {
        const ReactionChip &chip = m_chips.at(i);
        const QRectF &rect = m_rects.at(i);
        const qreal radius = rect.height() / 2;
        fillRound(painter, rect, radius, chip.mine ? colors.selected : colors.panel);
        strokeRound(painter, rect, radius, chip.mine ? colors.accentText : colors.divider);
        painter.setFont(style.reaction);
        painter.setPen(colors.text);
        const QRectF inside = rect.adjusted(kSide, 0, -kSide, 0);
        painter.drawText(
            inside, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine, chip.emoji);
        painter.setFont(style.small);
        painter.setPen(chip.mine ? colors.accentText : colors.text2);
        painter.drawText(
            inside, int(Qt::AlignRight | Qt::AlignVCenter) | Qt::TextSingleLine, numberOf(chip));
    }
}

}
