#include "widgets/conversation/elidedlabel.h"

#include <QPainter>

namespace confab {

ElidedLabel::ElidedLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void ElidedLabel::setFullText(const QString &text)
{
    setText(text);
    setAccessibleName(text);
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, width());
    painter.drawText(rect(), int(Qt::AlignLeading | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
    const QString tip = shown == text() ? QString() : text().toHtmlEscaped();
    if (toolTip() != tip)
        setToolTip(tip);
}

}
