#include "widgets/composer/attachmenu.h"

namespace confab {

AttachMenu::AttachMenu(const Theme &theme, QWidget *parent)
    : QMenu(parent)
{
    setObjectName(QStringLiteral("attachMenu"));
    setAccessibleName(tr("Attach"));
    add(theme.icon(QStringLiteral("image")), QStringLiteral("attachPictures"),
        tr("Pictures and videos…"), AttachKind::Pictures);
    // Behind a tab menus show the keys; as a shortcut of its own it would take them from the text field.
    add(theme.icon(QStringLiteral("file")), QStringLiteral("attachFiles"), tr("Files…\tCtrl+O"),
        AttachKind::Files);
    add(theme.icon(QStringLiteral("user")), QStringLiteral("attachContact"), tr("Contact…"),
        AttachKind::Contact);
    add(theme.icon(QStringLiteral("list-checks")), QStringLiteral("attachPoll"), tr("Poll…"),
        AttachKind::Poll);
}

void AttachMenu::add(
    const QIcon &icon, const QString &name, const QString &text, AttachKind kind)
{
    QAction *action = addAction(icon, text);
    action->setObjectName(name);
    connect(action, &QAction::triggered, this, [this, kind] { emit chosen(kind); });
}

void AttachMenu::openAbove(const QWidget *button)
{
    constexpr int kGap = 4;
    const QSize size = sizeHint();
    const int x = button->isRightToLeft() ? button->width() - size.width() : 0;
    popup(button->mapToGlobal(QPoint(x, -size.height() - kGap)));
}

}
