#pragma once

#include "widgets/theme.h"

#include <QFrame>
#include <QPointer>

namespace confab {

/// Something small above the contents of the window, such as the emoji to choose from: it takes the
/// keyboard, and goes on Escape, a press beside it, or when the focus goes elsewhere. Not a window of
/// its own, since popup windows are in no tree of screen readers.
class Popover : public QFrame
{
    Q_OBJECT

public:
    /// Above the window of `owner`, which has it as a child.
    Popover(const Theme &theme, QWidget *owner);

    /// Above or below `anchor`, whatever there is room for, inside the window. `focus` gets the
    /// keyboard.
    void openBy(const QRect &global, Qt::Alignment side, QWidget *focus);

signals:
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    const Theme &theme() const { return m_theme; }

private:
    bool isInside(const QObject *object) const;
    void leaveFocus(QWidget *now);

    const Theme &m_theme;
    QPointer<QWidget> m_before; ///< had the keyboard
};

}
