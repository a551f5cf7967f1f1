#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace confab {

class MessageView;

/// Stands in the composer's place while several messages are being chosen: how many, and what can
/// be done with them. Follows the view, which outlives it.
class ChoiceBar : public QWidget
{
    Q_OBJECT

public:
    ChoiceBar(const Theme &theme, MessageView *view, QWidget *parent);

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QPushButton *makeButton(const QString &icon, const QString &name, const QString &text);
    void showChoice();
    void applyTheme();

    const Theme &m_theme;
    MessageView *m_view;
    QToolButton *m_close;
    QLabel *m_count;
    QPushButton *m_copy;
    QPushButton *m_forward;
    QPushButton *m_delete;
};

}
