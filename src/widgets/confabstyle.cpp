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

constexpr int kIndicator = 16;
constexpr int kIndicatorGap = 8;
constexpr int kScrollBar = 10;
constexpr int kMinimumSlider = 32;
constexpr int kSpinColumn = 24;
constexpr int kItemIndent = 6;

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

bool isSegment(const QWidget *widget)
{
    return widget && widget->property(ConfabStyle::kRole).toString() == QLatin1String("segment");
}

bool isSmall(const QWidget *widget)
{
    return widget && widget->property(ConfabStyle::kSmall).toBool();
}

QRect scrollBarSlider(const QStyleOptionSlider &option)
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    const int length = horizontal ? option.rect.width() : option.rect.height();
    const int range = option.maximum - option.minimum;
    if (range <= 0 || length <= 0)
        return {};
    const qint64 wanted = qint64(length) * option.pageStep / (qint64(range) + option.pageStep);
    const int size = int(qBound(qint64(qMin(kMinimumSlider, length)), wanted, qint64(length)));
    const int start = QStyle::sliderPositionFromValue(option.minimum, option.maximum,
        option.sliderPosition, length - size, option.upsideDown);
    return horizontal ? QRect(option.rect.left() + start, option.rect.top(), size, option.rect.height())
                      : QRect(option.rect.left(), option.rect.top() + start, option.rect.width(), size);
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

QSize ConfabStyle::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    const int fieldHeight = m_theme.lineHeight(TextStyle::Body) + 12;
    switch (type) {
    case CT_PushButton: {
        if (isSegment(widget))
            return {size.width() + 20, fieldHeight - 4};
        const bool small = isSmall(widget);
        const int height = small ? m_theme.lineHeight(TextStyle::Small) + 12 : fieldHeight;
        return QSize(size.width() + (small ? 20 : 28), height) + QSize(2 * kRing, 2 * kRing);
    }
    case CT_CheckBox:
    case CT_RadioButton:
        return QSize(size.width() + kIndicator + kIndicatorGap + 2 * kRing,
            qMax(size.height(), m_theme.lineHeight(TextStyle::Body)) + 2 * kRing);
    case CT_LineEdit:
    case CT_SpinBox:
    case CT_ComboBox:
        return {size.width() + 16 + (type == CT_LineEdit ? 0 : kSpinColumn), fieldHeight};
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator)
            return {size.width(), 9};
        const int key = item && item->text.contains(u'\t') ? 32 : 0;
        return {size.width() + 24 + 16 + 10 + key, m_theme.lineHeight(TextStyle::Body) + 8};
    }
    case CT_ItemViewItem:
        return {QProxyStyle::sizeFromContents(type, option, size, widget).width() + 16,
            m_theme.lineHeight(TextStyle::Body) + 8};
    default:
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

QRect ConfabStyle::subElementRect(
    SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect &rect = option->rect;
    const QRect indicator(
        rect.left() + kRing, rect.center().y() - kIndicator / 2 + 1, kIndicator, kIndicator);
    switch (element) {
    case SE_PushButtonLayoutItem:
        return isSegment(widget) ? rect : rect.adjusted(kRing, kRing, -kRing, -kRing);
    case SE_CheckBoxLayoutItem:
    case SE_RadioButtonLayoutItem:
        return rect.adjusted(kRing, kRing, -kRing, -kRing);
    case SE_CheckBoxIndicator:
    case SE_RadioButtonIndicator:
        return visualRect(option->direction, rect, indicator);
    case SE_CheckBoxContents:
    case SE_RadioButtonContents:
        return visualRect(option->direction, rect,
            rect.adjusted(kRing + kIndicator + kIndicatorGap, 0, -kRing, 0));
    case SE_CheckBoxFocusRect:
    case SE_RadioButtonFocusRect:
        return visualRect(
            option->direction, rect, indicator.adjusted(-kRing, -kRing, kRing, kRing));
    case SE_ItemViewItemFocusRect:
        return rect;
    case SE_ItemViewItemDecoration:
        return QProxyStyle::subElementRect(element, option, widget)
            .translated(option->direction == Qt::LeftToRight ? kItemIndent : -kItemIndent, 0);
    case SE_ItemViewItemText: {
        const QRect text = QProxyStyle::subElementRect(element, option, widget);
        return option->direction == Qt::LeftToRight ? text.adjusted(2 * kItemIndent, 0, 0, 0)
                                                    : text.adjusted(0, 0, -2 * kItemIndent, 0);
    }
    case SE_LineEditContents:
        // The field itself adds two pixels to either side.
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            return rect.adjusted(6, 0, -6, 0);
        return rect;
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect ConfabStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
    SubControl subControl, const QWidget *widget) const
{
    const QRect &rect = option->rect;
    const QRect column(rect.right() - kSpinColumn - 2, rect.top(), kSpinColumn, rect.height());
    const auto visual = [&](const QRect &part) { return visualRect(option->direction, rect, part); };
    if (control == CC_SpinBox) {
        switch (subControl) {
        case SC_SpinBoxUp:
            return visual({column.left(), rect.center().y() - 12, kSpinColumn, 12});
        case SC_SpinBoxDown:
            return visual({column.left(), rect.center().y() + 1, kSpinColumn, 12});
        case SC_SpinBoxEditField:
            return visual(rect.adjusted(6, 1, -kSpinColumn - 4, -1));
        default:
            return rect;
        }
    }
    if (control == CC_ComboBox && subControl == SC_ComboBoxArrow)
        return visual(column);
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField)
        return visual(rect.adjusted(8, 1, -kSpinColumn - 4, -1));
    if (control == CC_ScrollBar) {
        const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (!slider)
            return {};
        const QRect handle = scrollBarSlider(*slider);
        const bool horizontal = slider->orientation == Qt::Horizontal;
        switch (subControl) {
        case SC_ScrollBarSlider:
            return handle;
        case SC_ScrollBarGroove:
            return rect;
        case SC_ScrollBarSubPage:
            return horizontal ? QRect(rect.topLeft(), QPoint(handle.left() - 1, rect.bottom()))
                              : QRect(rect.topLeft(), QPoint(rect.right(), handle.top() - 1));
        case SC_ScrollBarAddPage:
            return horizontal ? QRect(QPoint(handle.right() + 1, rect.top()), rect.bottomRight())
                              : QRect(QPoint(rect.left(), handle.bottom() + 1), rect.bottomRight());
        default:
            return {};
        }
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

int ConfabStyle::pixelMetric(
    PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return kScrollBar;
    case PM_ScrollBarSliderMin:
        return kMinimumSlider;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return kIndicator;
    case PM_ButtonIconSize:
        return 18;
    case PM_LineEditIconSize:
    case PM_SmallIconSize:
        return 16;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_MenuHMargin:
        return 0;
    case PM_MenuVMargin:
        return 4;
    case PM_MenuPanelWidth:
        return 1;
    case PM_SplitterWidth:
        return 1;
    case PM_ScrollView_ScrollBarOverlap:
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
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
