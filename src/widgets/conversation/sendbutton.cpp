#include "widgets/conversation/sendbutton.h"

#include "widgets/shapes.h"

#include <QPainter>

namespace confab {

SendButton::SendButton(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("sendButton"));
    setAccessibleName(tr("Send"));
    setToolTip(tr("Send (Enter)"));
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setFixedSize(sizeHint());
}

void SendButton::paintEvent(QPaintEvent *)
{
    constexpr qreal kRadius = 8;
    constexpr int kIcon = 20;
    QPainter painter(this);
    const ThemeColors &colors = m_theme.colors();
    const QColor fill = !isEnabled() ? colors.pressed
        : isDown()                   ? colors.accentPressed
        : underMouse()               ? colors.accentHover
                                     : colors.accent;
    fillRound(painter, rect(), kRadius, fill);
    if (hasFocus()) {
        strokeRound(painter, rect(), kRadius, colors.focus, 2);
        strokeRound(painter, QRectF(rect()).adjusted(2, 2, -2, -2), kRadius - 2, colors.panel, 2);
    }
    painter.drawPixmap(QPoint((width() - kIcon) / 2, (height() - kIcon) / 2),
        m_theme.pixmap(QStringLiteral("send"), kIcon, isEnabled() ? colors.onAccent : colors.disabled,
            devicePixelRatioF()));
}

}
