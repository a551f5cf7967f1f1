#pragma once

#include "widgets/theme.h"

#include <QAbstractButton>

namespace confab {

/// The accent square with the paper plane, 36 by 36.
class SendButton : public QAbstractButton
{
    Q_OBJECT

public:
    SendButton(const Theme &theme, QWidget *parent);
    QSize sizeHint() const override { return {36, 36}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

}
