#pragma once

#include "widgets/theme.h"

#include <QProxyStyle>

class QApplication;

namespace confab {

/// Fusion with buttons, checks, fields, menus, scroll bars and focus painted from the tokens.
/// Dynamic properties say what a widget is, so that .ui files can:
/// - confabRole: "primary", "danger", "text" or "chip" for buttons; "quiet" for a field with a faint edge;
///   "card" or "result" for frames;
/// - confabSmall: true for buttons of 28 px;
/// - confabError: true for fields with the danger edge;
/// - textStyle and textColor: names of a TextStyle and of a token, for labels.
class ConfabStyle : public QProxyStyle
{
    Q_OBJECT

public:
    static constexpr char kRole[] = "confabRole";
    static constexpr char kSmall[] = "confabSmall";
    static constexpr char kError[] = "confabError";
    static constexpr char kTextStyle[] = "textStyle";
    static constexpr char kTextColor[] = "textColor";
    /// Room around a button or check for its focus ring; layouts don't count it.
    static constexpr int kRing = 4;

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
    QIcon standardIcon(
        StandardPixmap icon, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
        QStyleHintReturn *data) const override;

private:
    const Theme &m_theme;
};

/// Gives the program its style and palette: all that an empty window needs, and no font yet, since
/// looking for the first one takes longer than mapping a window.
void applyStyle(QApplication &application, const Theme &theme);
/// Gives the program its style, palette and font, and keeps them equal to the theme's.
void applyTheme(QApplication &application, const Theme &theme);
/// Sets the properties of a label and applies them; names as in the style's documentation.
void setText(QWidget *label, const char *textStyle, const char *textColor);
/// Sets or clears the danger edge of a field.
void setFieldError(QWidget *field, bool error);

}
