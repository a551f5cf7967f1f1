#pragma once

#include "widgets/conversation/messageitem.h"
#include "widgets/conversation/messagestyle.h"
#include "widgets/conversation/messagetext.h"

#include <QRectF>
#include <QTextLayout>

#include <memory>

namespace confab {

/// Geometry of one row, made from item, style and width; nothing in it changes afterwards. Rects are
/// relative to the row's top left corner, in device-independent pixels; an empty rect is a part that
/// the row does not have. The text keeps its glyphs, so that painting shapes nothing. GUI thread.
class MessageLayout
{
public:
    MessageLayout(const MessageItem &item, const MessageStyle &style, int width);

    const MessageItem &item() const { return m_item; }
    const MessageText &text() const { return m_text; }
    const QTextLayout &textLayout() const { return *m_layout; }
    const QTextLayout &reasonLayout() const { return *m_reason; }
    QString senderName() const { return m_senderName; } ///< elided

    int width() const { return m_width; }
    int height() const { return m_height; }
    /// Where the text begins: what stays in place when the row gets or loses a pill or a name.
    int textTop() const { return qRound(m_textRect.top()); }
    const QRectF &bubble() const { return m_bubble; }
    const QRectF &textRect() const { return m_textRect; }
    /// Where textLayout() is to be drawn: right-to-left text hangs to the left of its rect.
    QPointF textOrigin() const { return m_textOrigin; }
    const QRectF &senderRect() const { return m_senderRect; }
    const QRectF &avatarRect() const { return m_avatarRect; }
    const QRectF &metaRect() const { return m_metaRect; }
    const QRectF &pillRect() const { return m_pillRect; }
    const QRectF &dividerRect() const { return m_dividerRect; }
    const QRectF &reasonRect() const { return m_reasonRect; }
    const QRectF &retryRect() const { return m_retryRect; }
    const QRectF &deleteRect() const { return m_deleteRect; }
    const QRectF &showAllRect() const { return m_showAllRect; }

    /// Character of text() nearest to a point of the row.
    int positionAt(const QPointF &point) const;
    QUrl linkAt(const QPointF &point) const; ///< empty if there is none

    static QString metaText(const MessageItem &item); ///< "edited 09:31"
    static QString reasonText(const MessageItem &item);
    static QString retryText();
    static QString deleteText();
    static QString editText();
    static QString showAllText();

    static constexpr int kSide = 16; ///< of the column
    static constexpr int kColumn = 880; ///< at most
    static constexpr int kFoot = 12; ///< below the last row
    static constexpr int kMetaGap = 4; ///< between time and tick
    static constexpr int kActionIcon = 14;

private:
    void layOutText(qreal maxWidth, const MessageStyle &style);
    void placeBubble(qreal maxWidth, const MessageStyle &style);
    void placeAbove(const MessageStyle &style);
    void placeFailure(const MessageStyle &style);
    qreal lastLineWidth() const;

    MessageItem m_item;
    MessageText m_text;
    std::unique_ptr<QTextLayout> m_layout;
    std::unique_ptr<QTextLayout> m_reason;
    QString m_senderName;
    int m_width;
    int m_height = 0;
    QRectF m_column;
    QRectF m_bubble, m_textRect, m_senderRect, m_avatarRect, m_metaRect, m_pillRect, m_dividerRect;
    QRectF m_reasonRect, m_retryRect, m_deleteRect, m_showAllRect;
    QPointF m_textOrigin;
};

}
