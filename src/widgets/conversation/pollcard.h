#pragma once

#include "store/topiclist.h"
#include "widgets/conversation/messagepart.h"
#include "widgets/conversation/messagestyle.h"
#include "widgets/theme.h"

#include <QList>
#include <QRectF>
#include <QTextLayout>

#include <memory>
#include <vector>

class QPainter;

namespace confab {

/// What is shown of a poll below its question. A value.
struct PollState {
    struct Row {
        QString name; ///< of the button
        QString title;
        int count = 0;
        bool mine = false;
        QString who; ///< names, for tooltip and screen reader
        bool operator==(const Row &) const = default;
    };
    QList<Row> rows; ///< none: it is no poll
    int voters = 0;
    bool multiple = false;
    bool closed = false;
    bool operator==(const PollState &) const = default;
};

/// What pressing an answer means.
MessagePart::Button buttonOf(const PollState::Row &answer);
/// Of a loaded message; without rows if it is no poll.
PollState pollOf(const TopicList &topics, const Topic &topic, int row);

/// Geometry and paint of a poll's answers and their count. Made at (0, 0), then moved to its place
/// once. A part of MessageLayout.
class PollCard
{
public:
    PollCard() = default;
    PollCard(const PollState &state, const MessageStyle &style, qreal maxWidth);

    bool isEmpty() const { return m_state.rows.isEmpty(); }
    const PollState &state() const { return m_state; }
    qreal wantedWidth() const { return m_width; }
    qreal lastLineWidth() const { return m_summaryWidth; } ///< how many have answered
    qreal height() const { return m_height; }
    void moveTo(const QPointF &topLeft, qreal width);
    const QList<QRectF> &rows() const { return m_rows; } ///< what can be pressed
    int rowAt(const QPointF &point) const; ///< -1 if there is none

    void paint(
        QPainter &painter, const Theme &theme, const MessageStyle &style, bool onOwnFill) const;
    /// "3 votes, one answer each".
    static QString summary(const PollState &state);

private:
    void paintRow(QPainter &painter, const Theme &theme, const MessageStyle &style, int row,
        bool onOwnFill) const;

    PollState m_state;
    QList<QRectF> m_rows;
    std::vector<std::shared_ptr<QTextLayout>> m_titles;
    QRectF m_summary;
    qreal m_summaryWidth = 0;
    qreal m_width = 0;
    qreal m_height = 0;
};

}
