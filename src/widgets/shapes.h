#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>

namespace confab {

/// Rounded rectangle without an edge.
void fillRound(QPainter &painter, const QRectF &rect, qreal radius, const QColor &color);
/// Its edge alone, `width` inwards, at least one and always whole device pixels.
void strokeRound(
    QPainter &painter, const QRectF &rect, qreal radius, const QColor &color, qreal width = 1);

}
