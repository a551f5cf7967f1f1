#include "widgets/iconbutton.h"

#include <QToolButton>

namespace confab {

QToolButton *makeIconButton(const Theme &theme, QWidget *parent, const QString &icon,
    const QString &name, const QString &text, int edge)
{
    constexpr QSize kIcon(20, 20);
    auto *button = new QToolButton(parent);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setToolTip(text);
    button->setIcon(theme.icon(icon));
    button->setIconSize(kIcon);
    button->setFixedSize(edge, edge);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

}
