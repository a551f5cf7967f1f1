#include "widgets/confabstyle.h"

#include "widgets/stylepainter.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QStyleFactory>
#include <QStyleOption>
#include <QToolButton>

namespace confab {

namespace {

TextStyle textStyleNamed(const QByteArray &name)
{
    static const QHash<QByteArray, TextStyle> names{
        {"display", TextStyle::Display},
        {"heading", TextStyle::Heading},
        {"title", TextStyle::Title},
        {"body", TextStyle::Body},
        {"bodyMedium", TextStyle::BodyMedium},
        {"bodyStrong", TextStyle::BodyStrong},
        {"small", TextStyle::Small},
        {"smallMedium", TextStyle::SmallMedium},
        {"smallStrong", TextStyle::SmallStrong},
        {"meta", TextStyle::Meta},
        {"metaStrong", TextStyle::MetaStrong},
    };
    Q_ASSERT_X(names.contains(name), "textStyle", name.constData());
    return names.value(name, TextStyle::Body);
}

QColor tokenNamed(const ThemeColors &colors, const QByteArray &name)
{
    static const QHash<QByteArray, QColor ThemeColors::*> names{
        {"text", &ThemeColors::text},
        {"text2", &ThemeColors::text2},
        {"accentText", &ThemeColors::accentText},
        {"success", &ThemeColors::success},
        {"warning", &ThemeColors::warning},
        {"danger", &ThemeColors::danger},
    };
    Q_ASSERT_X(names.contains(name), "textColor", name.constData());
    return colors.*names.value(name, &ThemeColors::text);
}

void polishText(QWidget *widget, const Theme &theme)
{
    const QVariant style = widget->property(ConfabStyle::kTextStyle);
    if (style.isValid())
        widget->setFont(theme.font(textStyleNamed(style.toByteArray())));
    const QVariant token = widget->property(ConfabStyle::kTextColor);
    if (!token.isValid())
        return;
    // Which role a label uses depends on what stands behind it.
    QPalette palette = widget->palette();
    for (const QPalette::ColorRole role :
        {QPalette::WindowText, QPalette::ButtonText, QPalette::Text})
        palette.setColor(role, tokenNamed(theme.colors(), token.toByteArray()));
    widget->setPalette(palette);
}

}

ConfabStyle::ConfabStyle(const Theme &theme)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
    , m_theme(theme)
{
}

void ConfabStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QPushButton *>(widget)) {
        const bool small = isSmall(widget);
        widget->setFont(m_theme.font(small ? TextStyle::SmallMedium : TextStyle::BodyMedium));
        // Margins for layouts are asked for in the constructor, before the role is known.
        QEvent styleChange(QEvent::StyleChange);
        QCoreApplication::sendEvent(widget, &styleChange);
    }
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QAbstractSpinBox *>(widget) || qobject_cast<QScrollBar *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    polishText(widget, m_theme);
}

void ConfabStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
    QPainter *painter, const QWidget *widget) const
{
    const StylePainter paint(m_theme, painter, widget);
    switch (element) {
    case PE_IndicatorCheckBox:
        paint.check(*option);
        return;
    case PE_IndicatorRadioButton:
        paint.radio(*option);
        return;
    case PE_PanelLineEdit:
        // Fields inside a spin or combo box get their panel from it and have no frame of their own.
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            paint.field(*option);
        return;
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange)
            paint.focusRect(option->rect);
        return;
    case PE_PanelMenu:
        paint.menuPanel(option->rect);
        return;
    case PE_FrameMenu:
        return;
    case PE_PanelItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option))
            paint.itemRow(*item);
        return;
    case PE_Frame:
        if (widget && widget->property(kRole).isValid()) {
            paint.frame(*option);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void ConfabStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
    const QWidget *widget) const
{
    const StylePainter paint(m_theme, painter, widget);
    switch (element) {
    case CE_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            if (isSegment(widget))
                paint.segment(*button);
            else
                paint.button(*button);
            return;
        }
        break;
    case CE_CheckBox:
    case CE_RadioButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            const bool box = element == CE_CheckBox;
            QStyleOptionButton part = *button;
            part.rect = subElementRect(
                box ? SE_CheckBoxIndicator : SE_RadioButtonIndicator, option, widget);
            box ? paint.check(part) : paint.radio(part);
            if (StylePainter::hasKeyboardFocus(*option))
                paint.focusRect(part.rect.adjusted(-kRing, -kRing, kRing, kRing));
            part.rect = subElementRect(
                box ? SE_CheckBoxContents : SE_RadioButtonContents, option, widget);
            paint.choiceText(part);
            return;
        }
        break;
    case CE_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            paint.menuItem(*item);
            return;
        }
        break;
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            paint.menuBarItem(*item);
            return;
        }
        break;
    case CE_Splitter:
        painter->fillRect(option->rect, m_theme.colors().divider);
        return;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, m_theme.colors().window);
        return;
    case CE_ShapedFrame:
        if (widget && widget->property(kRole).isValid()) {
            paint.frame(*option);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void ConfabStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
    QPainter *painter, const QWidget *widget) const
{
    const StylePainter paint(m_theme, painter, widget);
    switch (control) {
    case CC_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option)) {
            paint.toolButton(*button);
            return;
        }
        break;
    case CC_ComboBox:
        if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
            paint.field(*box);
            paint.comboArrow(*box, subControlRect(control, option, SC_ComboBoxArrow, widget));
            return;
        }
        break;
    case CC_SpinBox:
        if (const auto *box = qstyleoption_cast<const QStyleOptionSpinBox *>(option)) {
            paint.field(*box);
            paint.spinArrows(*box, subControlRect(control, option, SC_SpinBoxUp, widget),
                subControlRect(control, option, SC_SpinBoxDown, widget));
            return;
        }
        break;
    case CC_ScrollBar:
        paint.scrollBar(*option, subControlRect(control, option, SC_ScrollBarSlider, widget));
        return;
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QIcon ConfabStyle::standardIcon(
    StandardPixmap icon, const QStyleOption *option, const QWidget *widget) const
{
    if (icon == SP_LineEditClearButton)
        return m_theme.icon(QStringLiteral("x"));
    return QProxyStyle::standardIcon(icon, option, widget);
}

int ConfabStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
    QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_UnderlineShortcut:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
        return 0;
    case SH_LineEdit_PasswordCharacter:
        return 0x2022;
    case SH_MenuBar_AltKeyNavigation:
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

void applyStyle(QApplication &application, const Theme &theme)
{
    application.setStyle(new ConfabStyle(theme));
    application.setPalette(theme.palette());
}

void applyTheme(QApplication &application, const Theme &theme)
{
    if (!qobject_cast<ConfabStyle *>(application.style()))
        applyStyle(application, theme);
    const auto apply = [&application, &theme] {
        application.setPalette(theme.palette());
        application.setFont(theme.font(TextStyle::Body));
        const QWidgetList widgets = QApplication::allWidgets();
        for (QWidget *widget : widgets) {
            application.style()->polish(widget);
            widget->updateGeometry();
            widget->update();
        }
    };
    apply();
    QObject::connect(&theme, &Theme::changed, &application, apply);
}

void setText(QWidget *label, const char *textStyle, const char *textColor)
{
    label->setProperty(ConfabStyle::kTextStyle, QByteArray(textStyle));
    label->setProperty(ConfabStyle::kTextColor, QByteArray(textColor));
    label->style()->polish(label);
}

void setFieldError(QWidget *field, bool error)
{
    field->setProperty(ConfabStyle::kError, error);
    field->update();
}

}
