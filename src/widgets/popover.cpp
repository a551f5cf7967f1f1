#include "widgets/popover.h"

#include "widgets/shapes.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace confab {

namespace {

constexpr int kGap = 4; // to what it belongs to
constexpr qreal kRadius = 12;

bool isInPopup(const QWidget *widget)
{
    return widget->window()->windowType() == Qt::Popup;
}

}

Popover::Popover(const Theme &theme, QWidget *owner)
    : QFrame(owner->window())
    , m_theme(theme)
{
    setFocusPolicy(Qt::NoFocus);
    hide();
    connect(qApp, &QApplication::focusChanged, this,
        [this](QWidget *, QWidget *now) { leaveFocus(now); });
    connect(&m_theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    connect(owner, &QObject::destroyed, this, &QObject::deleteLater);
}

void Popover::openBy(const QRect &global, Qt::Alignment side, QWidget *focus)
{
    QWidget *window = parentWidget();
    const QRect anchor(window->mapFromGlobal(global.topLeft()), global.size());
    const QRect room = window->rect();
    const int wanted = side.testFlag(Qt::AlignHCenter) ? anchor.center().x() - width() / 2
        : side.testFlag(Qt::AlignRight)                ? anchor.right() + 1 - width()
                                                       : anchor.left();
    const int above = anchor.top() - height() - kGap;
    const int y = above >= room.top() ? above : anchor.bottom() + 1 + kGap;
    move(qBound(room.left(), wanted, qMax(room.left(), room.right() + 1 - width())),
        qBound(room.top(), y, qMax(room.top(), room.bottom() + 1 - height())));
    m_before = QApplication::focusWidget();
    show();
    raise();
    qApp->installEventFilter(this);
    focus->setFocus(Qt::PopupFocusReason);
}

bool Popover::isInside(const QObject *object) const
{
    const auto *widget = qobject_cast<const QWidget *>(object);
    return widget && (widget == this || isAncestorOf(widget));
}

void Popover::leaveFocus(QWidget *now)
{
    if (isVisible() && now && !isInside(now) && !isInPopup(now))
        hide();
}

bool Popover::eventFilter(QObject *watched, QEvent *event)
{
    const auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget || isInPopup(widget))
        return false;
    const bool inside = isInside(watched);
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        if (!inside)
            hide();
        return !inside; // it does nothing else
    case QEvent::Wheel:
        return !inside;
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress:
        if (inside && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
            event->accept(); // before the shortcuts of the window
            if (event->type() == QEvent::KeyPress)
                hide();
            return true;
        }
        return false;
    default:
        return false;
    }
}

/// Tab stays inside.
bool Popover::focusNextPrevChild(bool next)
{
    QWidget *from = QApplication::focusWidget();
    if (!isInside(from))
        return QFrame::focusNextPrevChild(next);
    for (QWidget *to = from;;) {
        to = next ? to->nextInFocusChain() : to->previousInFocusChain();
        if (to == from)
            return true;
        if (isInside(to) && to->isVisibleTo(this) && to->isEnabled()
            && (to->focusPolicy() & Qt::TabFocus)) {
            to->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    }
}

void Popover::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    qApp->removeEventFilter(this);
    const QWidget *focus = QApplication::focusWidget();
    if (m_before && (!focus || isInside(focus)))
        m_before->setFocus(Qt::PopupFocusReason);
    emit closed();
}

void Popover::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    fillRound(painter, rect(), kRadius, m_theme.colors().raised);
    strokeRound(painter, rect(), kRadius, m_theme.colors().border);
}

}
