#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace confab {

/// What stands in place of a conversation while none is chosen: the mark and five keys to know.
class KeyTips : public QWidget
{
    Q_OBJECT

public:
    explicit KeyTips(const Theme &theme, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void addTip(const QString &action, const QString &keys);
    void applyTheme();

    const Theme &m_theme;
    QLabel *m_heading;
    QGridLayout *m_tips;
    QList<QLabel *> m_actions;
};

}
