#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace confab {

/// Where a picture stands in its room when it is fitted, zoomed, moved and turned. A value, pure
/// geometry in logical pixels.
class ZoomedPicture
{
public:
    void setRoom(const QRectF &room); ///< the largest place of the fitted picture
    void setOwnSize(const QSizeF &size); ///< of the picture that is not turned
    void reset(); ///< as it was before anybody zoomed, moved or turned it

    /// `around` stays where it is.
    void setZoom(qreal zoom, const QPointF &around);
    void rotate(); ///< by 90 degrees; fitted again
    /// As far as the picture is larger than its room.
    void moveTo(const QPointF &offset);

    qreal zoom() const { return m_zoom; } ///< 1: fitted
    int rotation() const { return m_rotation; } ///< degrees
    QPointF offset() const { return m_offset; } ///< of the picture's centre from the room's
    const QRectF &room() const { return m_room; }
    QRectF rect() const; ///< of what is seen, turned
    /// To be drawn around the centre of rect() with the painter turned by rotation().
    QRectF target() const;

    static constexpr qreal kMostZoom = 8;

private:
    bool isOnItsSide() const { return m_rotation % 180 != 0; }
    QSizeF size() const;

    QRectF m_room;
    QSizeF m_ownSize;
    QPointF m_offset;
    qreal m_zoom = 1;
    int m_rotation = 0;
};

}
