#pragma once

#include <QRectF>

namespace confab {

/// What stands around the lines of a code block in its panel: the button that copies them, and the
/// bar that tells how far they are scrolled sideways, since they are not broken. A value, in the
/// row's coordinates.
class CodePanel
{
public:
    CodePanel() = default; ///< of what is no code: nothing to scroll
    /// `content`: what the lines need with their padding. The copy button ends at `copyEnd` at
    /// most, from the left.
    CodePanel(const QRectF &rect, qreal content, qreal copyEnd);

    QRectF copyButton() const; ///< at the right upper corner
    /// By how much the lines are wider than the panel.
    qreal overflow() const { return m_overflow; }
    QRectF track() const; ///< below the lines; empty where there is nothing to scroll
    QRectF thumb(qreal offset) const; ///< in the track, when scrolled by this
    qreal offsetOfThumb(qreal left) const; ///< the other way round
    bool isBarAt(const QPointF &point) const; ///< a little beyond the track, which is thin

    static constexpr qreal kPaddingX = 10; ///< of the lines
    static constexpr qreal kPaddingY = 6;

private:
    QRectF m_rect;
    qreal m_overflow = 0;
    qreal m_copyEnd = 0;
};

}
