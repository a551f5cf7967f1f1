#pragma once

#include "store/topiclist.h"
#include "widgets/conversation/messagestyle.h"
#include "widgets/theme.h"

#include <QCoreApplication>
#include <QList>
#include <QRectF>

class QPainter;

namespace confab {

/// What is shown of one emoji at the foot of a message. A value.
struct ReactionChip {
    QString emoji;
    int count = 0;
    bool mine = false;
    QString who; ///< names, for tooltip and screen reader
    bool operator==(const ReactionChip &) const = default;
};

/// Of a loaded message, the most used emoji first.
QList<ReactionChip> chipsOf(const TopicList &topics, const Topic &topic, Seq seq);

/// Geometry and paint of the reactions in a bubble (look.md §6): chips in lines, the last of which
/// the time may share. Made at (0, 0), then moved to its place once. A part of MessageLayout.
class ReactionChips
{
    Q_DECLARE_TR_FUNCTIONS(confab::ReactionChips)

public:
    ReactionChips() = default;
    ReactionChips(const QList<ReactionChip> &chips, const MessageStyle &style, qreal maxWidth);

    bool isEmpty() const { return m_chips.isEmpty(); }
    const QList<ReactionChip> &chips() const { return m_chips; }
    const QList<QRectF> &rects() const { return m_rects; }
    qreal width() const { return m_width; }
    qreal height() const { return m_height; }
    qreal lastLineWidth() const { return m_lastLine; }
    qreal lineHeight() const { return m_rects.isEmpty() ? 0 : m_rects.first().height(); }
    void moveTo(const QPointF &topLeft);
    int chipAt(const QPointF &point) const; ///< -1 if there is none

    void paint(QPainter &painter, const Theme &theme, const MessageStyle &style) const;

    static constexpr qreal kGap = 4;

private:
    QList<ReactionChip> m_chips;
    QList<QRectF> m_rects;
    qreal m_width = 0;
    qreal m_height = 0;
    qreal m_lastLine = 0;
};

}
