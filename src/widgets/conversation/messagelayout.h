#pragma once

#include "widgets/conversation/failurenote.h"
#include "widgets/conversation/messageitem.h"
#include "widgets/conversation/partlayout.h"

namespace confab {

struct CompactColumns;

/// Geometry of one row, made from item, style and width; nothing in it changes afterwards. Rects are
/// relative to the row's top left corner, in device-independent pixels; an empty rect is a part that
/// the row does not have. The text keeps its glyphs, so that painting shapes nothing. GUI thread.
class MessageLayout
{
public:
    MessageLayout(const MessageItem &item, const MessageStyle &style, int width);

    const MessageItem &item() const { return m_item; }
    const MessageText &text() const { return m_text; }
    /// At least one, top to bottom.
    const std::vector<PartLayout> &parts() const { return m_parts; }
    const QTextLayout &senderLine() const { return *m_sender; } ///< only with a senderRect()
    /// Each only with its rect.
    const QTextLayout &pillLine() const { return *m_pill; }
    const QTextLayout &dividerLine() const { return *m_divider; }
    const QTextLayout &showAllLine() const { return *m_showAll; }
    const QTextLayout &metaLine() const { return *m_meta; }
    const QTextLayout &editedLine() const { return *m_edited; } ///< only with an editedRect()

    const ReactionChips &reactions() const { return m_reactions; }
    const PollCard &poll() const { return m_poll; }
    const FailureNote &failure() const { return m_failure; }

    int width() const { return m_width; }
    int height() const { return m_height; }
    int texts() const; ///< how many were shaped for it
    qreal columnLeft() const { return m_column.left(); }
    bool isCompact() const { return m_compact; } ///< columns instead of a bubble (look.md §7)
    /// Whether its parts stand on the fill of own bubbles.
    bool isOnOwnFill() const { return m_item.own && !m_compact; }
    /// Where the text begins: what stays in place when the row gets or loses a pill or a name.
    int textTop() const { return qRound(m_contentRect.top()); }
    /// Compact: the whole row below pill and divider.
    const QRectF &bubble() const { return m_bubble; }
    const QRectF &contentRect() const { return m_contentRect; } ///< around all parts
    const QRectF &senderRect() const { return m_senderRect; }
    const QRectF &avatarRect() const { return m_avatarRect; }
    const QRectF &metaRect() const { return m_metaRect; } ///< time; in bubbles with the tick
    const QRectF &tickRect() const { return m_tickRect; }
    const QRectF &editedRect() const { return m_editedRect; } ///< compact only: beside the text
    const QRectF &pillRect() const { return m_pillRect; }
    const QRectF &dividerRect() const { return m_dividerRect; }
    const QRectF &showAllRect() const { return m_showAllRect; }

    /// Character of text() nearest to a point of the row, with code scrolled sideways like this.
    int positionAt(const QPointF &point, const CodeOffsets &offsets) const;
    QUrl linkAt(const QPointF &point, const CodeOffsets &offsets) const; ///< empty if there is none
    bool isTextAt(const QPointF &point) const; ///< something that can be selected
    bool isQuoteAt(const QPointF &point) const;
    /// The picture, file or voice under a point; nullptr if there is none.
    const PartLayout *mediumAt(const QPointF &point) const;
    const PartLayout *codeAt(const QPointF &point) const; ///< nullptr if there is none
    /// nullptr if there is none.
    const MessagePart::Button *buttonAt(const QPointF &point) const;

    static QString metaText(const MessageItem &item); ///< "edited 09:31"
    static QString editedText();
    static QString showAllText();
    static QString unreadText();
    static QString goToQuotedText();

    static constexpr int kSide = 16; ///< of the column
    static constexpr int kColumn = 880; ///< at most
    static constexpr int kFoot = 12; ///< below the last row
    static constexpr int kMetaGap = 4; ///< between time and tick

private:
    void layOutParts(qreal maxWidth, const MessageStyle &style);
    void layOutLines(qreal maxWidth, const MessageStyle &style);
    void placeBubble(qreal maxWidth, const MessageStyle &style);
    qreal placeFoot(const QPointF &topLeft, qreal width);
    void placeParts(const QPointF &topLeft, qreal width);
    void layOutBubble(const MessageStyle &style);
    void layOutColumns(const MessageStyle &style);
    void placeNameAndTime(const CompactColumns &at, const MessageStyle &style);
    qreal placeBelowText(const CompactColumns &at, const MessageStyle &style);
    const PartLayout *partAt(const QPointF &point) const;
    void placeAbove(const MessageStyle &style);
    void placeFailure(const MessageStyle &style);

    MessageItem m_item;
    MessageText m_text;
    std::vector<PartLayout> m_parts;
    ReactionChips m_reactions;
    PollCard m_poll;
    FailureNote m_failure;
    std::unique_ptr<QTextLayout> m_sender;
    std::unique_ptr<QTextLayout> m_meta;
    std::unique_ptr<QTextLayout> m_edited;
    std::unique_ptr<QTextLayout> m_pill;
    std::unique_ptr<QTextLayout> m_divider;
    std::unique_ptr<QTextLayout> m_showAll;
    int m_width;
    int m_height = 0;
    bool m_compact;
    QRectF m_column;
    QRectF m_bubble, m_contentRect, m_senderRect, m_avatarRect, m_metaRect, m_pillRect, m_dividerRect;
    QRectF m_tickRect, m_editedRect;
    QRectF m_showAllRect;
};

}
