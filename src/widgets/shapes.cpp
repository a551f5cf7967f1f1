#include "widgets/shapes.h"

#include <QPainterPath>

#include <cmath>

namespace confab {

void fillRound(QPainter &painter, const QRectF &rect, qreal radius, const QColor &color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(rect, radius, radius);
    painter.restore();
}

void strokeRound(
    QPainter &painter, const QRectF &rect, qreal radius, const QColor &color, qreal width)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const qreal edge = qMax(1.0, std::floor(width * ratio)) / ratio;
    const qreal inner = qMax(0.0, radius - edge);
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    path.addRoundedRect(rect, radius, radius);
    path.addRoundedRect(rect.adjusted(edge, edge, -edge, -edge), inner, inner);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(path, color);
    painter.restore();
}

}
