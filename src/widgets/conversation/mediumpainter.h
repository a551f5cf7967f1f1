#pragma once

#include "widgets/conversation/messagelayout.h"
#include "widgets/theme.h"

#include <QPainter>

namespace confab {

class MediaLibrary;
struct MediaFile;

/// Paints a picture, film, voice message, file, contact or call in its place in a message. Pixels
/// come from the library, ready to be put there; what it lacks is asked for, and painted another
/// time. Made for one paint event.
class MediumPainter
{
public:
    /// `media` nullptr: nothing but boxes and cards.
    MediumPainter(QPainter &painter, const Theme &theme, MediaLibrary *media);

    void paint(const MessageLayout &layout, const PartLayout &part);

private:
    void paintPicture(const MessageLayout &layout, const PartLayout &part);
    void paintVoice(const MessageLayout &layout, const PartLayout &part);
    void paintBars(const PartLayout &part, const QByteArray &bars, qreal played);
    void paintCard(const MessageLayout &layout, const PartLayout &part);
    void paintPill(const PartLayout &part);
    void paintEmblem(const QRectF &rect, bool isRound, const QString &icon);
    /// How far a file is on its way, around or inside its emblem.
    void paintProgress(const QRectF &rect, bool isRound, qreal share);
    void paintIcon(const QString &icon, const QPointF &center, int size, const QColor &color);
    QColor meta(const MessageLayout &layout) const;

    QPainter &m_painter;
    const Theme &m_theme;
    const ThemeColors &m_colors;
    MediaLibrary *m_media;
};

}
