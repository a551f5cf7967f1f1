#pragma once

#include "widgets/theme.h"

#include <QAbstractButton>

namespace confab {

/// "↓ 3 new", or a round arrow without news; below the messages on the right. Narrow: arrow and number.
class JumpButton : public QAbstractButton
{
    Q_OBJECT

public:
    JumpButton(const Theme &theme, QWidget *parent);

    void setCount(int count);
    void setNarrow(bool narrow);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString label() const;

    const Theme &m_theme;
    int m_count = -1; ///< until the first setCount()
    bool m_narrow = false;
};

}
