#include "widgets/conversation/textlines.h"

#include "widgets/conversation/emojispans.h"

#include <QFontMetricsF>

#include <cmath>

namespace confab {

std::unique_ptr<QTextLayout> makeLayout(const QString &text, const QFont &font, bool rightToLeft)
{
    auto layout = std::make_unique<QTextLayout>(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    option.setAlignment(rightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    layout->setTextOption(option);
    layout->setCacheEnabled(true);
    return layout;
}

qreal breakLines(QTextLayout &layout, qreal maxWidth, int lineHeight)
{
    const QFontMetricsF metrics(layout.font());
    const qreal baseline = std::floor((lineHeight - metrics.height()) / 2 + metrics.ascent() + 0.5);
    qreal widest = 0;
    int count = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(maxWidth);
        line.setPosition({0, count * lineHeight + baseline - line.ascent()});
        widest = qMax(widest, line.naturalTextWidth());
        ++count;
    }
    layout.endLayout();
    return std::ceil(widest);
}

namespace {

std::unique_ptr<QTextLayout> makeWholeLine(
    const QString &text, const QFont &font, const QFont &emoji, bool rightToLeft)
{
    auto layout = makeLayout(text, font, rightToLeft);
    QList<QTextLayout::FormatRange> formats;
    QTextCharFormat format;
    format.setFont(emoji);
    for (const TextSpan &span : emojiSpans(text))
        formats.append({span.start, span.length, format});
    layout->setFormats(formats);
    QTextOption option = layout->textOption();
    option.setWrapMode(QTextOption::ManualWrap);
    layout->setTextOption(option);
    return layout;
}

}

std::unique_ptr<QTextLayout> makeLine(
    const QString &text, const QFont &font, const QFont &emoji, qreal maxWidth, int lineHeight)
{
    const bool rightToLeft = text.isRightToLeft();
    auto layout = makeWholeLine(text, font, emoji, rightToLeft);
    if (breakLines(*layout, maxWidth, lineHeight) <= maxWidth)
        return layout;
    const QString shown = QFontMetricsF(font).elidedText(text, Qt::ElideRight, maxWidth);
    layout = makeWholeLine(shown, font, emoji, rightToLeft);
    breakLines(*layout, maxWidth, lineHeight);
    return layout;
}

std::unique_ptr<QTextLayout> makeWholeLine(
    const QString &text, const QFont &font, const QFont &emoji, int lineHeight)
{
    constexpr qreal kAnyWidth = 100'000;
    return makeLine(text, font, emoji, kAnyWidth, lineHeight);
}

qreal widthOf(const QTextLayout &line)
{
    return std::ceil(line.lineAt(0).naturalTextWidth());
}

qreal textWidth(const QFont &font, const QString &text)
{
    return std::ceil(QFontMetricsF(font).horizontalAdvance(text));
}

}
