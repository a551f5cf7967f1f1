#include "widgets/tick.h"

#include <QPixmapCache>

namespace confab {

QSize tickSize(Delivery delivery)
{
    switch (delivery) {
    case Delivery::None:
        return {};
    case Delivery::Received:
    case Delivery::Read:
        return {16, 12};
    case Delivery::Queued:
    case Delivery::Sending:
    case Delivery::Failed:
    case Delivery::Sent:
        return {12, 12};
    }
    Q_UNREACHABLE();
}

namespace {

void paintStrokes(QPainter &painter, Delivery delivery)
{
    if (delivery == Delivery::Queued || delivery == Delivery::Sending) {
        painter.drawEllipse(QPointF(6, 6), 4.7, 4.7);
        painter.drawPolyline(QPolygonF({{6, 3.5}, {6, 6}, {7.7, 7.2}}));
    } else if (delivery == Delivery::Sent) {
        painter.drawPolyline(QPolygonF({{1.5, 6.5}, {4.5, 9.5}, {10.5, 2.5}}));
    } else {
        painter.drawPolyline(QPolygonF({{1, 6.5}, {4, 9.5}, {10, 2.5}}));
        painter.drawPolyline(QPolygonF({{7, 9}, {7.6, 9.5}, {14, 2.5}}));
    }
}

/// Kept: a conversation shows the same few again and again.
QPixmap strokesPixmap(Delivery delivery, const QColor &color, qreal ratio)
{
    const QString key = QStringLiteral("confab/tick/%1/%2/%3")
                            .arg(int(delivery))
                            .arg(color.rgba(), 8, 16)
                            .arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap((QSizeF(tickSize(delivery)) * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, delivery == Delivery::Read ? 2.0 : 1.5, Qt::SolidLine, Qt::RoundCap,
        Qt::RoundJoin));
    paintStrokes(painter, delivery);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

}

void paintTick(
    QPainter &painter, const QPointF &corner, Delivery delivery, const QColor &meta, const Theme &theme)
{
    if (delivery == Delivery::None)
        return;
    if (delivery == Delivery::Failed) {
        painter.drawPixmap(corner,
            theme.pixmap(QStringLiteral("circle-alert"), 12, theme.colors().danger,
                painter.device()->devicePixelRatioF()));
        return;
    }
    const QColor color = delivery == Delivery::Read ? theme.colors().tickRead : meta;
    painter.drawPixmap(corner, strokesPixmap(delivery, color, painter.device()->devicePixelRatioF()));
}

}
