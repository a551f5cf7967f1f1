#pragma once

#include "widgets/conversation/messagelayout.h"
#include "widgets/conversation/rowstate.h"
#include "widgets/theme.h"

#include <QPainter>

namespace confab {

class MediaLibrary;

/// Paints the parts of one message inside its bubble: words, panels, quotes, buttons; media through
/// MediumPainter. Made for one paint event.
class PartPainter
{
public:
    /// `media` nullptr: pictures stay boxes.
    PartPainter(QPainter &painter, const Theme &theme, MediaLibrary *media = nullptr);

    void paint(const MessageLayout &layout, const PartLayout &part, const RowState &state);

private:
    void paintText(const MessageLayout &layout, const PartLayout &part, const RowState &state);
    void paintCode(const MessageLayout &layout, const PartLayout &part, const RowState &state);
    void paintCopyButton(const PartLayout &part);
    void paintQuote(const MessageLayout &layout, const PartLayout &part);
    void paintPreview(const MessageLayout &layout, const PartLayout &part);
    void paintPreviewPicture(const MessageLayout &layout, const PartLayout &part);
    void paintForwarded(const MessageLayout &layout, const PartLayout &part);
    void paintButtons(const MessageLayout &layout, const PartLayout &part);
    void paintIcon(const QString &icon, const QPointF &center, int size, const QColor &color);
    QList<QTextLayout::FormatRange> colorsOf(
        const MessageLayout &layout, const PartLayout &part, const RowState &state) const;

    QPainter &m_painter;
    const Theme &m_theme;
    const ThemeColors &m_colors;
    MediaLibrary *m_media;
};

}
