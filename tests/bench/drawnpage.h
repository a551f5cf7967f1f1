#pragma once

#include "widgets/conversation/messageview.h"

#include <QGlyphRun>

namespace confab {

/// A page that a view showed, from glyphs that were kept: a fill, the bubbles' boxes, the glyphs, and nothing
/// else. What painting it costs is the floor of what the view's painting of the same page can cost.
class DrawnPage : public QWidget
{
public:
    explicit DrawnPage(const QSize &size);

    void take(MessageView &view); ///< what it shows now

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<QRectF> m_boxes;
    QList<std::pair<QGlyphRun, QPointF>> m_runs;
};

/// The floor of laying a page out: its texts shaped and broken at the width of a bubble, and nothing else.
void shapeTexts(const QStringList &texts, const QFont &font, qreal width);

}
