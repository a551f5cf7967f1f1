#include "widgets/media/zoomedpicture.h"

#include <utility>

namespace confab {

void ZoomedPicture::setRoom(const QRectF &room)
{
    m_room = room;
    moveTo(m_offset);
}

void ZoomedPicture::setOwnSize(const QSizeF &size)
{
    m_ownSize = size;
    moveTo(m_offset);
}

void ZoomedPicture::reset()
{
    m_offset = {};
    m_zoom = 1;
    m_rotation = 0;
}

void ZoomedPicture::setZoom(qreal zoom, const QPointF &around)
{
    const qreal old = std::exchange(m_zoom, qBound(1.0, zoom, kMostZoom));
    const QPointF center = m_room.center() + m_offset;
    const QPointF moved = around + (center - around) * (m_zoom / old);
    moveTo(moved - m_room.center());
}

void ZoomedPicture::rotate()
{
    m_rotation = (m_rotation + 90) % 360;
    m_offset = {};
    m_zoom = 1;
}

void ZoomedPicture::moveTo(const QPointF &offset)
{
    const QSizeF shown = size();
    const qreal x = qMax(0.0, (shown.width() - m_room.width()) / 2);
    const qreal y = qMax(0.0, (shown.height() - m_room.height()) / 2);
    m_offset = {qBound(-x, offset.x(), x), qBound(-y, offset.y(), y)};
}

/// Never grown beyond its own size before the person zooms.
QSizeF ZoomedPicture::size() const
{
    QSizeF size = isOnItsSide() ? m_ownSize.transposed() : m_ownSize;
    if (size.width() > m_room.width() || size.height() > m_room.height())
        size.scale(m_room.size(), Qt::KeepAspectRatio);
    return size * m_zoom;
}

QRectF ZoomedPicture::rect() const
{
    QRectF rect({}, size());
    rect.moveCenter(m_room.center() + m_offset);
    return rect;
}

QRectF ZoomedPicture::target() const
{
    QRectF target({}, isOnItsSide() ? size().transposed() : size());
    target.moveCenter({});
    return target;
}

}
