#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace confab {

/// Floats at the foot of the messages while a deletion can be taken back.
class UndoBar : public QWidget
{
    Q_OBJECT

public:
    /// Stays over the foot of `view`, whatever its size; its sibling, since the accessible children of a
    /// list of messages are messages.
    UndoBar(const Theme &theme, QWidget *view);

    void offer(const QString &sentence);

signals:
    void undone();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    const Theme &m_theme;
    QWidget *m_view;
    QLabel *m_text;
    QPushButton *m_undo;
};

}
