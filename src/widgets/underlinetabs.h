#pragma once

#include "widgets/theme.h"

#include <QTabBar>

namespace confab {

/// Words in a row, the current one underlined; a tab may carry a count.
class UnderlineTabs : public QTabBar
{
    Q_OBJECT

public:
    explicit UnderlineTabs(const Theme &theme, QWidget *parent = nullptr);

    /// Shown behind the word; 0: nothing.
    void setCount(int tab, int count);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void paintEvent(QPaintEvent *event) override;

private:
    void measureAnew();
    int barHeight() const;
    QString countText(int index) const;
    int textWidth(int index) const;
    int contentWidth(int index) const;

    const Theme &m_theme;
};

}
