#pragma once

#include <QProxyStyle>

class QApplication;

namespace confab {

class Theme;

/// Fusion with buttons, checks, fields, tabs, menus, scroll bars and focus painted from the tokens.
/// What a button is for is said by the dynamic property kRole: "primary", "danger" or "text"; a field
/// with the property kError gets the danger edge.
class ConfabStyle : public QProxyStyle
{
    Q_OBJECT

public:
    static constexpr char kRole[] = "confabRole";
    static constexpr char kError[] = "confabError";

    explicit ConfabStyle(const Theme &theme);

    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
        QPainter *painter, const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
        const QWidget *widget) const override;
    QRect subElementRect(
        SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option,
        SubControl subControl, const QWidget *widget) const override;
    int pixelMetric(
        PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
        QStyleHintReturn *data) const override;

private:
    const Theme &m_theme;
};

/// Gives the program its style, palette and font, and keeps them equal to the theme's.
void applyTheme(QApplication &application, const Theme &theme);

}
