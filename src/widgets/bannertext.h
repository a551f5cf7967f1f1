#pragma once

#include "widgets/textblock.h"
#include "widgets/theme.h"

#include <QWidget>

namespace confab {

/// A sentence that wraps: first words bold, last words (the countdown) quieter.
class BannerText : public QWidget
{
    Q_OBJECT

public:
    explicit BannerText(const Theme &theme, QWidget *parent = nullptr);

    void setTexts(const QString &strong, const QString &text, const QString &quiet);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    TextBlock block() const;

    const Theme &m_theme;
    QString m_strong;
    QString m_text;
    QString m_quiet;
};

}
