#pragma once

#include "widgets/iconlabel.h"
#include "widgets/theme.h"

#include <QAbstractButton>

namespace confab {

/// A card that is one button: icon tile, heading, a paragraph, and a line of what to expect. text() is
/// the heading.
class ChoiceCard : public QAbstractButton
{
    Q_OBJECT

public:
    struct Content {
        QString icon;
        QString heading;
        QString paragraph;
        QString footIcon;
        QString foot;
        IconLabel::Token footToken = &ThemeColors::text2;
    };

    ChoiceCard(const Theme &theme, const Content &content, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Geometry {
        QRect tile, heading, arrow, paragraph, foot;
        int height = 0;
    };
    Geometry geometryFor(int width) const;
    void paintTexts(QPainter &painter, const Geometry &geometry) const;

    const Theme &m_theme;
    Content m_content;
};

}
