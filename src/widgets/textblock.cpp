#include "widgets/textblock.h"

#include <cmath>

namespace confab {

TextBlock::TextBlock(
    const QString &text, const QFont &font, int lineHeight, Qt::Alignment alignment)
    : m_layout(std::make_unique<QTextLayout>(text, font))
    , m_lineHeight(lineHeight)
{
    QTextOption option(alignment);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_layout->setTextOption(option);
}

void TextBlock::setFormats(const QList<QTextLayout::FormatRange> &formats)
{
    m_layout->setFormats(formats);
}

int TextBlock::layout(int width)
{
    m_layout->beginLayout();
    int top = 0;
    for (;;) {
        QTextLine line = m_layout->createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(qMax(1, width));
        line.setPosition({0, top + std::floor((m_lineHeight - line.height()) / 2)});
        top += m_lineHeight;
    }
    m_layout->endLayout();
    return top;
}

void TextBlock::paint(QPainter &painter, const QPointF &topLeft) const
{
    m_layout->draw(&painter, topLeft);
}

}
