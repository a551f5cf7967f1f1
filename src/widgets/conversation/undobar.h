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
    /// Stays at the foot of `parent`, whatever its size.
    UndoBar(const Theme &theme, QWidget *parent);

    void offer(const QString &sentence);

signals:
    void undone();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    const Theme &m_theme;
    QLabel *m_text;
    QPushButton *m_undo;
};

}
