#include "widgets/conversation/codepanel.h"

#include <QtGlobal>

#include <cmath>

namespace confab {

namespace {

constexpr qreal kThumbHeight = 4;
constexpr qreal kThumbLeast = 24;

}

CodePanel::CodePanel(const QRectF &rect, qreal content, qreal copyEnd)
    : m_rect(rect)
    , m_overflow(qMax(0.0, content - rect.width()))
    , m_copyEnd(copyEnd)
{
}

QRectF CodePanel::copyButton() const
{
    constexpr qreal kAir = 3;
    const qreal size = qMin(24.0, m_rect.height() - 2 * kAir);
    const qreal end = m_rect.left() + qMin(m_rect.width(), m_copyEnd);
    return {end - kAir - size, m_rect.top() + kAir, size, size};
}

QRectF CodePanel::track() const
{
    if (m_overflow == 0)
        return {};
    constexpr qreal kAir = (kPaddingY - kThumbHeight) / 2;
    const qreal top = m_rect.bottom() - kAir - kThumbHeight;
    return {m_rect.left() + kPaddingY, top, m_rect.width() - 2 * kPaddingY, kThumbHeight};
}

QRectF CodePanel::thumb(qreal offset) const
{
    QRectF thumb = track();
    const qreal share = m_rect.width() / (m_rect.width() + m_overflow);
    const qreal width = qMin(thumb.width(), qMax(kThumbLeast, thumb.width() * share));
    const qreal way = thumb.width() - width;
    thumb.setWidth(width);
    thumb.translate(std::round(way * offset / qMax(1.0, m_overflow)), 0);
    return thumb;
}

qreal CodePanel::offsetOfThumb(qreal left) const
{
    const qreal way = track().width() - thumb(0).width();
    return way > 0 ? (left - track().left()) * m_overflow / way : 0;
}

bool CodePanel::isBarAt(const QPointF &point) const
{
    constexpr qreal kReach = 10;
    return m_overflow > 0 && m_rect.contains(point) && point.y() >= m_rect.bottom() - kReach;
}

}
