#pragma once

#include "widgets/theme.h"

#include <QWidget>

namespace confab {

/// An icon in one token's colour that follows the theme. Decoration: says nothing to screen readers.
class IconLabel : public QWidget
{
    Q_OBJECT

public:
    using Token = QColor ThemeColors::*;

    IconLabel(const Theme &theme, const QString &icon, int size, Token token, QWidget *parent = nullptr);
    void setIcon(const QString &icon, Token token);

    QSize sizeHint() const override { return {m_size, m_size}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_icon;
    int m_size;
    Token m_token;
};

}
