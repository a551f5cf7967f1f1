#include "widgets/keycap.h"

#include "widgets/shapes.h"

#include <QPainter>

namespace confab {

KeyCap::KeyCap(const Theme &theme, const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_text(text)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(text);
    connect(&theme, &Theme::changed, this, &KeyCap::updateGeometry);
}

QFont KeyCap::capFont() const
{
    QFont font = m_theme.font(TextStyle::Meta);
    font.setWeight(QFont::Medium);
    return font;
}

QSize KeyCap::sizeHint() const
{
    return {QFontMetrics(capFont()).horizontalAdvance(m_text) + 14, m_theme.scaled(20)};
}

void KeyCap::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = m_theme.colors();
    QPainter painter(this);
    fillRound(painter, rect(), 4, colors.window);
    strokeRound(painter, rect(), 4, colors.divider);
    painter.setFont(capFont());
    painter.setPen(colors.text2);
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

}
