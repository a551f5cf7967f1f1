#include "widgets/bannertext.h"

#include <QPainter>

namespace confab {

namespace {

constexpr int kMinimumWidth = 120;

}

BannerText::BannerText(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void BannerText::setTexts(const QString &strong, const QString &text, const QString &quiet)
{
    const bool sameWords = strong == m_strong && text == m_text;
    m_strong = strong;
    m_text = text;
    m_quiet = quiet;
    // The countdown is not told again every second.
    if (!sameWords)
        setAccessibleName((strong + u' ' + text).simplified());
    updateGeometry();
    update();
}

TextBlock BannerText::block() const
{
    QString all;
    QList<QTextLayout::FormatRange> formats;
    const auto append = [&](const QString &part, const QFont &font, const QColor &color) {
        if (part.isEmpty())
            return;
        if (!all.isEmpty())
            all += u' ';
        QTextLayout::FormatRange range;
        range.start = int(all.size());
        range.length = int(part.size());
        range.format.setFont(font);
        range.format.setForeground(color);
        formats.append(range);
        all += part;
    };
    const QFont body = m_theme.font(TextStyle::Body);
    append(m_strong, m_theme.font(TextStyle::BodyStrong), m_theme.colors().text);
    append(m_text, body, m_theme.colors().text);
    append(m_quiet, body, m_theme.colors().text2);
    TextBlock block(all, body, m_theme.lineHeight(TextStyle::Body),
        layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    block.setFormats(formats);
    return block;
}

QSize BannerText::sizeHint() const
{
    return {m_theme.scaled(400), m_theme.lineHeight(TextStyle::Body)};
}

QSize BannerText::minimumSizeHint() const
{
    return {kMinimumWidth, m_theme.lineHeight(TextStyle::Body)};
}

int BannerText::heightForWidth(int width) const
{
    TextBlock text = block();
    return text.layout(width);
}

void BannerText::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    TextBlock text = block();
    const int needed = text.layout(width());
    text.paint(painter, QPointF(0, (height() - needed) / 2));
}

}
