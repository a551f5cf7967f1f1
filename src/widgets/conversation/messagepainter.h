#pragma once

#include "widgets/conversation/messagelayout.h"
#include "widgets/conversation/rowstate.h"
#include "widgets/theme.h"

#include <QPainter>

namespace confab {

class MediaLibrary;

/// Paints rows from their layouts with the colours of the theme. Made for one paint event.
class MessagePainter
{
public:
    MessagePainter(QPainter &painter, const Theme &theme, const MessageStyle &style,
        MediaLibrary *media = nullptr);

    void paint(const MessageLayout &layout, const QPointF &topLeft, const RowState &state);
    /// One line, in a pill in the middle of this width.
    void paintFloatingDate(const QTextLayout &date, int width, int top);

private:
    void paintAbove(const MessageLayout &layout);
    void paintChoice(const MessageLayout &layout, bool chosen);
    void paintBubble(const MessageLayout &layout, const RowState &state);
    void paintColumns(const MessageLayout &layout, const RowState &state);
    void paintSender(const MessageLayout &layout);
    void paintParts(const MessageLayout &layout, const RowState &state);
    void paintMeta(const MessageLayout &layout, const RowState &state);
    void paintFailure(const MessageLayout &layout);
    void paintAction(
        const QRectF &rect, const QString &icon, const QTextLayout &words, const QColor &color);

    QPainter &m_painter;
    const Theme &m_theme;
    const ThemeColors &m_colors;
    const MessageStyle &m_style;
    MediaLibrary *m_media;
};

}
