#include "widgets/confabstyle.h"
#include "widgets/stylepainter.h"

#include <QStyleOption>

// How large things are and where their parts stand; confabstyle.cpp says how they are painted.
namespace confab {

namespace {

constexpr int kIndicator = 16;
constexpr int kIndicatorGap = 8;
constexpr int kScrollBar = 10;
constexpr int kMinimumSlider = 32;
constexpr int kSpinColumn = 24;
constexpr int kItemIndent = 6;

QRect scrollBarSlider(const QStyleOptionSlider &option)
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    const int length = horizontal ? option.rect.width() : option.rect.height();
    const int range = option.maximum - option.minimum;
    if (range <= 0 || length <= 0)
        return {};
    const qint64 wanted = qint64(length) * option.pageStep / (qint64(range) + option.pageStep);
    const int size = int(qBound(qint64(qMin(kMinimumSlider, length)), wanted, qint64(length)));
    const int start = QStyle::sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - size, option.upsideDown);
    return horizontal
        ? QRect(option.rect.left() + start, option.rect.top(), size, option.rect.height())
        : QRect(option.rect.left(), option.rect.top() + start, option.rect.width(), size);
}

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
    const auto visual
        = [&](const QRect &part) { return visualRect(option->direction, rect, part); };
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

}
