#pragma once

#include "widgets/conversation/codecolors.h"
#include "widgets/conversation/codepanel.h"
#include "widgets/conversation/messagestyle.h"
#include "widgets/conversation/messagetext.h"

#include <QHash>
#include <QRectF>
#include <QTextLayout>

#include <memory>
#include <vector>

namespace confab {

/// How far code blocks of a message are scrolled sideways, in pixels, by part; those that are not are left
/// out.
using CodeOffsets = QHash<int, qreal>;

/// Geometry of one part of a message. Made with its top left corner at (0, 0), then moved to its place in
/// the row once; a part that fills the bubble gets its final width with the move. GUI thread.
class PartLayout
{
public:
    PartLayout(const MessageText &text, int part, const MessageStyle &style, qreal maxWidth);

    using Kind = MessagePart::Kind;
    /// How a Medium looks.
    enum class Shape { Card, Picture, Voice };
    /// Parts of a Medium that do different things when clicked.
    enum class Zone { None, Body, Bars, Speed };

    Kind kind() const { return m_kind; }
    int part() const { return m_part; } ///< index in the text's parts
    int start() const { return m_start; } ///< in the text shown
    int end() const { return m_start + m_length; }
    bool hasText() const { return m_kind == Kind::Words || m_kind == Kind::Code; }

    /// Of the column of the words, which a picture in a bubble leaves on both sides by `hang`.
    qreal wantedWidth() const { return m_width - 2 * m_hang; }
    qreal hang() const { return m_hang; }
    qreal height() const { return m_height; }
    void moveTo(const QPointF &topLeft, qreal width);

    /// All of it: panel, box, card, or the lines.
    const QRectF &rect() const { return m_rect; }
    /// Of Words and Code all lines, of Quote and Forwarded the one, of Medium its title, of Preview
    /// what it is about.
    const QTextLayout &lines() const { return *m_lines; }
    /// Where lines() are to be drawn: right-to-left text hangs to the left of its room.
    QPointF origin() const { return m_origin; }
    /// Second line of a card, length of a film or voice message, name of a quote, or title of a preview;
    /// nullptr if there is none.
    const QTextLayout *caption() const { return m_caption.get(); }
    QPointF captionOrigin() const { return m_captionOrigin; }
    /// Circle or square at the side of a card or preview.
    const QRectF &emblem() const { return m_emblem; }
    const std::vector<QRectF> &buttons() const { return m_buttons; }
    const std::vector<std::unique_ptr<QTextLayout>> &buttonTitles() const { return m_buttonTitles; }
    Shape shape() const { return m_shape; }
    /// What the bytes of a Medium are known by; of a film those of its poster.
    const QString &mediumId() const { return m_mediumId; }
    const QRectF &bars() const { return m_bars; } ///< of Voice: its waveform
    const QRectF &timeRect() const { return m_time; } ///< of Voice: elapsed and total
    const QRectF &speedRect() const { return m_speed; } ///< of Voice

    const QList<CodeToken> &tokens() const { return m_tokens; } ///< of Code, in its own text
    CodePanel panel() const; ///< of Code
    /// Of the line beside which the time may stand; 0 if the part has none.
    qreal lastLineWidth() const;
    /// Place in the text shown nearest to a point of the row. `offset`: how far it is scrolled sideways.
    int positionAt(const QPointF &point, qreal offset) const;
    /// The character under a point, -1 if there is none.
    int characterAt(const QPointF &point, qreal offset) const;
    qreal xOf(int position) const; ///< in the row, of a place in the text shown, when not scrolled
    int buttonAt(const QPointF &point) const; ///< -1 if there is none
    Zone zoneAt(const QPointF &point) const; ///< of a Medium

private:
    void layOutText(const MessageText &text, const MessageStyle &style, qreal maxWidth);
    void layOutQuote(const MessagePart &part, const MessageStyle &style, qreal maxWidth);
    void layOutPreview(const MessagePart &part, const MessageStyle &style, qreal maxWidth);
    void layOutForwarded(const MessagePart &part, const MessageStyle &style, qreal maxWidth);
    void layOutMedium(const MessagePart &part, const MessageStyle &style, qreal maxWidth);
    void layOutVoice(const wire::Audio &audio, const MessageStyle &style, qreal maxWidth);
    void layOutCard(const MessagePart &part, const MessageStyle &style, qreal maxWidth);
    void layOutButtons(const MessagePart &part, const MessageStyle &style, qreal maxWidth);
    int lineAt(qreal y) const;

    Kind m_kind;
    int m_part;
    int m_start;
    int m_length;
    int m_lineHeight = 0;
    qreal m_width = 0;
    qreal m_height = 0;
    qreal m_hang = 0;
    qreal m_room = 0; ///< width that lines() were broken for
    qreal m_widest = 0; ///< of the lines of Words and Code
    qreal m_copyEnd = 0; ///< of Code: where its copy button ends at most
    QPointF m_inset; ///< of lines() in the rect
    bool m_rightToLeft = false;
    Shape m_shape = Shape::Card;
    QString m_mediumId;
    QRectF m_rect;
    QPointF m_origin;
    QList<CodeToken> m_tokens;
    QPointF m_captionInset;
    QPointF m_captionOrigin;
    QRectF m_emblem;
    QRectF m_bars;
    QRectF m_time;
    QRectF m_speed;
    std::unique_ptr<QTextLayout> m_lines;
    std::unique_ptr<QTextLayout> m_caption;
    std::vector<QRectF> m_buttons;
    std::vector<std::unique_ptr<QTextLayout>> m_buttonTitles;
};

}
