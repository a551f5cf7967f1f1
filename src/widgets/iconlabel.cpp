#include "widgets/iconlabel.h"

#include <QPainter>

namespace confab {

IconLabel::IconLabel(
    const Theme &theme, const QString &icon, int size, Token token, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(icon)
    , m_size(size)
    , m_token(token)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconLabel::setIcon(const QString &icon, Token token)
{
    m_icon = icon;
    m_token = token;
    update();
}

void IconLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.drawPixmap(
        0, 0, m_theme.pixmap(m_icon, m_size, m_theme.colors().*m_token, devicePixelRatioF()));
}

}
