#pragma once

#include "store/message.h"
#include "widgets/theme.h"

#include <QPainter>

namespace confab {

/// Size of the mark of a delivery state: 16 x 12 for two ticks, 12 x 12 else, empty for None.
QSize tickSize(Delivery delivery);
/// Paints it with its left upper corner at `corner`: clock, one tick, two, two bold in tickRead, or the
/// failed mark in danger. `meta` is the colour of the others.
void paintTick(
    QPainter &painter, const QPointF &corner, Delivery delivery, const QColor &meta, const Theme &theme);

}
