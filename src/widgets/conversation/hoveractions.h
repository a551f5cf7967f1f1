#pragma once

#include "widgets/conversation/messageaction.h"
#include "widgets/theme.h"

#include <QWidget>

class QToolButton;

namespace confab {

class MessageLayout;

/// Reply, React and More beside one message (look.md, "Hover actions"). The view places it at the
/// row under the pointer or with the keyboard's focus. Its buttons take no focus: keys and menu do
/// the same.
class HoverActions : public QWidget
{
    Q_OBJECT

public:
    HoverActions(const Theme &theme, QWidget *parent);

    /// Beside the bubble on its free side, `top` being the row's upper edge; shows those of
    /// `actions`.
    void placeBeside(const MessageLayout &layout, int top);
    QPoint menuCorner() const; ///< where the menu of More opens, on the screen

signals:
    void chosen(confab::MessageAction action);
    void moreRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QToolButton *makeButton(const QString &icon, const QString &name, const QString &text);

    const Theme &m_theme;
    QToolButton *m_reply;
    QToolButton *m_react;
    QToolButton *m_more;
    bool m_framed = false; ///< where it lies over a message
};

}
