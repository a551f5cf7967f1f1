#include "drawnpage.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

namespace confab {

DrawnPage::DrawnPage(const QSize &size)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAttribute(Qt::WA_ShowWithoutActivating);
    resize(size);
    show();
    QApplication::processEvents();
}

void DrawnPage::take(MessageView &view)
{
    m_boxes.clear();
    m_runs.clear();
    for (const RowWindow::PlacedRow &row : view.placedRows()) {
        m_boxes.append(row.layout->bubble().translated(0, row.top));
        const auto add = [&](const QTextLayout &lines, QPointF at) {
            for (const QGlyphRun &run : lines.glyphRuns())
                m_runs.append({run, at + QPointF(0, row.top)});
        };
        for (const PartLayout &part : row.layout->parts())
            add(part.lines(), part.origin());
        add(row.layout->metaLine(), row.layout->metaRect().topLeft());
        if (!row.layout->senderRect().isEmpty())
            add(row.layout->senderLine(), row.layout->senderRect().topLeft());
    }
}

void DrawnPage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Qt::white);
    for (const QRectF &box : std::as_const(m_boxes))
        painter.fillRect(box, Qt::lightGray);
    painter.setPen(Qt::black);
    for (const auto &[run, at] : std::as_const(m_runs))
        painter.drawGlyphRun(at, run);
}

void shapeTexts(const QStringList &texts, const QFont &font, qreal width)
{
    for (const QString &text : texts) {
        QTextLayout layout(text, font);
        layout.setCacheEnabled(true);
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine())
            line.setLineWidth(width);
        layout.endLayout();
    }
}

}
