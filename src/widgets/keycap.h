#pragma once

#include "widgets/theme.h"

#include <QWidget>

namespace confab {

/// A key or a chord in a small box.
class KeyCap : public QWidget
{
    Q_OBJECT

public:
    KeyCap(const Theme &theme, const QString &text, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QFont capFont() const;

    const Theme &m_theme;
    QString m_text;
};

}
