#include "widgets/tick.h"

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
    const bool read = delivery == Delivery::Read;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(corner);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(read ? theme.colors().tickRead : meta, read ? 2.0 : 1.5, Qt::SolidLine,
        Qt::RoundCap, Qt::RoundJoin));
    paintStrokes(painter, delivery);
    painter.restore();
}

}
