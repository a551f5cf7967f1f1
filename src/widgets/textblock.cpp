#include "widgets/textblock.h"

#include <QFontMetrics>

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

QString fittedText(const QString &text, const QFont &font, int width, int lines)
{
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    int start = 0;
    int end = 0;
    for (int i = 0; i < lines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        start = line.textStart();
        end = start + line.textLength();
    }
    layout.endLayout();
    if (end == text.size())
        return text;
    return text.left(start) + QFontMetrics(font).elidedText(text.mid(start), Qt::ElideRight, width);
}

}
