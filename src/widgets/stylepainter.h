#pragma once

#include "widgets/theme.h"

#include <QStyleOption>

class QPainter;
class QWidget;

namespace confab {

/// What the properties of a widget make of it (ConfabStyle::kRole, kSmall).
bool isSegment(const QWidget *widget);
bool isSmall(const QWidget *widget);

/// How ConfabStyle paints each control. Geometry comes with the options.
class StylePainter
{
public:
    StylePainter(const Theme &theme, QPainter *painter, const QWidget *widget);

    void button(const QStyleOptionButton &option) const;
    /// One choice of a segmented control.
    void segment(const QStyleOptionButton &option) const;
    void toolButton(const QStyleOptionToolButton &option) const;
    void check(const QStyleOption &option) const;
    void radio(const QStyleOption &option) const;
    /// The words beside a check or radio.
    void choiceText(const QStyleOptionButton &option) const;
    void field(const QStyleOption &option) const;
    void frame(const QStyleOption &option) const;
    void comboArrow(const QStyleOptionComboBox &option, const QRect &arrow) const;
    void spinArrows(const QStyleOptionSpinBox &option, const QRect &up, const QRect &down) const;
    void menuPanel(const QRect &rect) const;
    void menuItem(const QStyleOptionMenuItem &option) const;
    void menuBarItem(const QStyleOptionMenuItem &option) const;
    void scrollBar(const QStyleOption &option, const QRect &slider) const;
    void itemRow(const QStyleOptionViewItem &option) const;
    void focusRect(const QRect &rect) const;

    /// Focus came from the keyboard, so that it is to be shown.
    static bool hasKeyboardFocus(const QStyleOption &option);

private:
    struct ButtonColors {
        QColor fill;
        QColor edge;
        QColor text;
        QIcon::Mode iconMode = QIcon::Active;
        QIcon::State iconState = QIcon::Off;
    };
    ButtonColors buttonColors(const QStyleOptionButton &option) const;
    ButtonColors filledButton(const QStyleOption &option, QColor rest, QColor hover, QColor down) const;
    void buttonLabel(
        const QStyleOptionButton &option, const QRect &box, const ButtonColors &colors) const;
    void menuItemText(const QStyleOptionMenuItem &option, QRect rect) const;
    bool isOnRaised() const;
    QString role() const;
    void icon(const char *name, const QRect &rect, int size, const QColor &color) const;

    const Theme &m_theme;
    const ThemeColors &m_colors;
    QPainter *m_painter;
    const QWidget *m_widget;
};

}
