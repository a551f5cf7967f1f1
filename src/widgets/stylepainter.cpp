#include "widgets/stylepainter.h"

#include "widgets/confabstyle.h"
#include "widgets/shapes.h"

#include <QDialog>
#include <QPainter>
#include <QWidget>

namespace confab {

namespace {

constexpr qreal kFieldRadius = 6;
constexpr qreal kIconButtonRadius = 8;
constexpr int kMenuIcon = 16;

bool isDown(const QStyleOption &option)
{
    return option.state & QStyle::State_Sunken;
}

bool isHovered(const QStyleOption &option)
{
    return option.state & QStyle::State_MouseOver;
}

bool isEnabled(const QStyleOption &option)
{
    return option.state & QStyle::State_Enabled;
}

}

bool isSegment(const QWidget *widget)
{
    return widget && widget->property(ConfabStyle::kRole).toString() == QLatin1String("segment");
}

bool isSmall(const QWidget *widget)
{
    return widget && widget->property(ConfabStyle::kSmall).toBool();
}

StylePainter::StylePainter(const Theme &theme, QPainter *painter, const QWidget *widget)
    : m_theme(theme)
    , m_colors(theme.colors())
    , m_painter(painter)
    , m_widget(widget)
{
}

bool StylePainter::hasKeyboardFocus(const QStyleOption &option)
{
    return (option.state & QStyle::State_HasFocus)
        && (option.state & QStyle::State_KeyboardFocusChange);
}

bool StylePainter::isOnRaised() const
{
    return m_widget && qobject_cast<const QDialog *>(m_widget->window());
}

QString StylePainter::role() const
{
    return m_widget ? m_widget->property(ConfabStyle::kRole).toString() : QString();
}

void StylePainter::icon(const char *name, const QRect &rect, int size, const QColor &color) const
{
    QRect box(0, 0, size, size);
    box.moveCenter(rect.center());
    m_painter->drawPixmap(box,
        m_theme.pixmap(QLatin1String(name), size, color, m_painter->device()->devicePixelRatioF()));
}

StylePainter::ButtonColors StylePainter::filledButton(
    const QStyleOption &option, QColor rest, QColor hover, QColor down) const
{
    const QColor fill = isDown(option) ? down : isHovered(option) ? hover : rest;
    return {fill, fill, m_colors.onAccent, QIcon::Selected, QIcon::On};
}

StylePainter::ButtonColors StylePainter::buttonColors(const QStyleOptionButton &option) const
{
    const QString kind = role();
    if (kind == QLatin1String("text")) {
        const QColor hover = isOnRaised() ? m_colors.hoverRaised : m_colors.hover;
        const QColor down = isOnRaised() ? m_colors.pressedRaised : m_colors.pressed;
        const QColor fill = isDown(option) ? down : isHovered(option) ? hover : QColor(Qt::transparent);
        if (!isEnabled(option))
            return {Qt::transparent, Qt::transparent, m_colors.disabled, QIcon::Disabled};
        return {fill, Qt::transparent, m_colors.accentText, QIcon::Normal, QIcon::On};
    }
    if (!isEnabled(option))
        return {m_colors.pressed, m_colors.divider, m_colors.disabled, QIcon::Disabled};
    if (kind == QLatin1String("chip")) {
        const QColor fill = isDown(option) ? m_colors.pressed
            : isHovered(option)            ? m_colors.hover
                                           : QColor(Qt::transparent);
        return {fill, m_colors.border, m_colors.text2};
    }
    if (kind == QLatin1String("primary"))
        return filledButton(option, m_colors.accent, m_colors.accentHover, m_colors.accentPressed);
    if (kind == QLatin1String("danger")) {
        return filledButton(option, m_colors.dangerFill, m_colors.dangerFill.darker(110),
            m_colors.dangerFill.darker(125));
    }
    const QColor fill = isDown(option) ? m_colors.pressedRaised
        : isHovered(option)            ? m_colors.hoverRaised
                                       : m_colors.raised;
    return {fill, m_colors.border, m_colors.text};
}

void StylePainter::button(const QStyleOptionButton &option) const
{
    const int ring = ConfabStyle::kRing;
    const QRect box = option.rect.adjusted(ring, ring, -ring, -ring);
    const ButtonColors colors = buttonColors(option);
    const qreal radius = role() == QLatin1String("chip") ? box.height() / 2.0 : kFieldRadius;
    fillRound(*m_painter, box, radius, colors.fill);
    if (colors.edge != colors.fill)
        strokeRound(*m_painter, box, radius, colors.edge);
    if (hasKeyboardFocus(option))
        strokeRound(*m_painter, option.rect, radius + ring, m_colors.focus, 2);
    buttonLabel(option, box, colors);
}

void StylePainter::segment(const QStyleOptionButton &option) const
{
    constexpr qreal kRadius = 4;
    const bool on = option.state & QStyle::State_On;
    ButtonColors colors{Qt::transparent, Qt::transparent, m_colors.text2};
    if (!isEnabled(option))
        colors.text = m_colors.disabled;
    else if (on)
        colors.text = m_colors.accentText;
    if (on)
        colors.fill = isEnabled(option) ? m_colors.selected : m_colors.pressed;
    else if (isHovered(option) && isEnabled(option))
        colors.fill = m_colors.hoverRaised;
    fillRound(*m_painter, option.rect, kRadius, colors.fill);
    if (hasKeyboardFocus(option))
        strokeRound(*m_painter, option.rect, kRadius, m_colors.focus, 2);
    m_painter->setFont(m_theme.font(on ? TextStyle::BodyStrong : TextStyle::BodyMedium));
    buttonLabel(option, option.rect, colors);
}

void StylePainter::buttonLabel(
    const QStyleOptionButton &option, const QRect &box, const ButtonColors &colors) const
{
    constexpr int kGap = 8;
    const int textWidth = option.fontMetrics.size(Qt::TextShowMnemonic, option.text).width();
    const int iconWidth = option.icon.isNull() ? 0 : option.iconSize.width();
    const int gap = iconWidth && textWidth ? kGap : 0;
    QRect content(0, 0, qMin(iconWidth + gap + textWidth, box.width()), box.height());
    content.moveCenter(box.center());
    QRect iconRect = content;
    iconRect.setWidth(iconWidth);
    QRect textRect = content.adjusted(iconWidth + gap, 0, 0, 0);
    const auto place = [&](const QRect &rect) {
        return QStyle::visualRect(option.direction, content, rect);
    };
    if (iconWidth) {
        option.icon.paint(m_painter, place(iconRect), Qt::AlignCenter, colors.iconMode, colors.iconState);
    }
    m_painter->setPen(colors.text);
    m_painter->drawText(place(textRect), Qt::AlignCenter | Qt::TextHideMnemonic, option.text);
}

void StylePainter::toolButton(const QStyleOptionToolButton &option) const
{
    const bool on = option.state & QStyle::State_On;
    const QColor hover = isOnRaised() ? m_colors.hoverRaised : m_colors.hover;
    const QColor down = isOnRaised() ? m_colors.pressedRaised : m_colors.pressed;
    if (on)
        fillRound(*m_painter, option.rect, kIconButtonRadius, m_colors.selected);
    else if (isEnabled(option) && isDown(option))
        fillRound(*m_painter, option.rect, kIconButtonRadius, down);
    else if (isEnabled(option) && isHovered(option))
        fillRound(*m_painter, option.rect, kIconButtonRadius, hover);
    if (hasKeyboardFocus(option))
        strokeRound(*m_painter, option.rect, kIconButtonRadius, m_colors.focus, 2);
    QRect box(QPoint(), option.iconSize);
    box.moveCenter(option.rect.center());
    option.icon.paint(m_painter, box, Qt::AlignCenter,
        isEnabled(option) ? QIcon::Normal : QIcon::Disabled, on ? QIcon::On : QIcon::Off);
}

void StylePainter::check(const QStyleOption &option) const
{
    constexpr qreal kRadius = 4;
    const bool on = option.state & (QStyle::State_On | QStyle::State_NoChange);
    if (!isEnabled(option)) {
        fillRound(*m_painter, option.rect, kRadius, m_colors.pressed);
        strokeRound(*m_painter, option.rect, kRadius, m_colors.divider);
    } else if (on) {
        fillRound(*m_painter, option.rect, kRadius,
            isDown(option)          ? m_colors.accentPressed
                : isHovered(option) ? m_colors.accentHover
                                    : m_colors.accent);
    } else {
        fillRound(*m_painter, option.rect, kRadius, m_colors.panel);
        strokeRound(*m_painter, option.rect, kRadius, m_colors.border);
    }
    if (!on)
        return;
    m_painter->save();
    m_painter->setRenderHint(QPainter::Antialiasing);
    const qreal unit = option.rect.width() / 16.0;
    m_painter->setPen(QPen(isEnabled(option) ? m_colors.onAccent : m_colors.disabled, 1.6 * unit,
        Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_painter->translate(option.rect.topLeft());
    m_painter->drawPolyline(QPolygonF(
        {QPointF(4.5, 8.2) * unit, QPointF(6.9, 10.6) * unit, QPointF(11.5, 5.5) * unit}));
    m_painter->restore();
}

void StylePainter::radio(const QStyleOption &option) const
{
    const qreal radius = option.rect.width() / 2.0;
    const bool on = option.state & QStyle::State_On;
    const QColor fill = !isEnabled(option) ? m_colors.pressed : on ? m_colors.accent : m_colors.panel;
    fillRound(*m_painter, option.rect, radius, fill);
    if (!on || !isEnabled(option)) {
        strokeRound(*m_painter, option.rect, radius,
            isEnabled(option) ? m_colors.border : m_colors.divider);
    }
    if (!on)
        return;
    QRectF dot(0, 0, radius * 0.75, radius * 0.75);
    dot.moveCenter(QRectF(option.rect).center());
    fillRound(*m_painter, dot, dot.width() / 2,
        isEnabled(option) ? m_colors.onAccent : m_colors.disabled);
}

void StylePainter::choiceText(const QStyleOptionButton &option) const
{
    const Qt::Alignment start = option.direction == Qt::LeftToRight ? Qt::AlignLeft : Qt::AlignRight;
    m_painter->setPen(isEnabled(option) ? m_colors.text : m_colors.disabled);
    m_painter->drawText(
        option.rect, int(start | Qt::AlignVCenter) | Qt::TextHideMnemonic, option.text);
}

void StylePainter::field(const QStyleOption &option) const
{
    const bool enabled = isEnabled(option);
    fillRound(*m_painter, option.rect, kFieldRadius, enabled ? m_colors.panel : m_colors.window);
    QColor edge = m_colors.border;
    qreal width = 1;
    if (!enabled || role() == QLatin1String("quiet"))
        edge = m_colors.divider;
    if (enabled && (option.state & QStyle::State_HasFocus)) {
        edge = m_colors.focus;
        width = 2;
    }
    if (enabled && m_widget && m_widget->property(ConfabStyle::kError).toBool()) {
        edge = m_colors.danger;
        width = 2;
    }
    strokeRound(*m_painter, option.rect, kFieldRadius, edge, width);
}

void StylePainter::frame(const QStyleOption &option) const
{
    if (role() == QLatin1String("segments")) {
        fillRound(*m_painter, option.rect, kFieldRadius, m_colors.panel);
        strokeRound(*m_painter, option.rect, kFieldRadius, m_colors.border);
        return;
    }
    const bool card = role() == QLatin1String("card");
    const qreal radius = card ? 12 : 8;
    fillRound(*m_painter, option.rect, radius, card ? m_colors.panel : m_colors.window);
    strokeRound(*m_painter, option.rect, radius, m_colors.divider);
}

void StylePainter::comboArrow(const QStyleOptionComboBox &option, const QRect &arrow) const
{
    icon("chevron-down", arrow, 16, isEnabled(option) ? m_colors.text2 : m_colors.disabled);
}

void StylePainter::spinArrows(
    const QStyleOptionSpinBox &option, const QRect &up, const QRect &down) const
{
    const auto color = [&](QAbstractSpinBox::StepEnabledFlag flag, QStyle::SubControl control) {
        if (!isEnabled(option) || !(option.stepEnabled & flag))
            return m_colors.disabled;
        return option.activeSubControls == control && isHovered(option) ? m_colors.accentText
                                                                        : m_colors.text2;
    };
    icon("chevron-up", up, 12, color(QAbstractSpinBox::StepUpEnabled, QStyle::SC_SpinBoxUp));
    icon("chevron-down", down, 12, color(QAbstractSpinBox::StepDownEnabled, QStyle::SC_SpinBoxDown));
}

void StylePainter::menuPanel(const QRect &rect) const
{
    m_painter->fillRect(rect, m_colors.raised);
    strokeRound(*m_painter, rect, 0, m_colors.border);
}

void StylePainter::menuItem(const QStyleOptionMenuItem &option) const
{
    m_painter->fillRect(option.rect, m_colors.raised);
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        const int y = option.rect.center().y();
        m_painter->fillRect(QRect(option.rect.left(), y, option.rect.width(), 1), m_colors.divider);
        return;
    }
    if ((option.state & QStyle::State_Selected) && isEnabled(option)) {
        fillRound(*m_painter, option.rect.adjusted(4, 0, -4, 0), 4,
            isDown(option) ? m_colors.pressedRaised : m_colors.hoverRaised);
    }
    QRect rect = option.rect.adjusted(12, 0, -12, 0);
    QRect iconRect(rect.left(), rect.top(), kMenuIcon, rect.height());
    iconRect = QStyle::visualRect(option.direction, rect, iconRect);
    if (option.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (option.checked)
            icon("check", iconRect, kMenuIcon, m_colors.accentText);
    } else if (!option.icon.isNull()) {
        QRect box(0, 0, kMenuIcon, kMenuIcon);
        box.moveCenter(iconRect.center());
        option.icon.paint(m_painter, box, Qt::AlignCenter,
            isEnabled(option) ? QIcon::Normal : QIcon::Disabled);
    }
    menuItemText(option, rect);
}

void StylePainter::menuItemText(const QStyleOptionMenuItem &option, QRect rect) const
{
    constexpr int kIconColumn = kMenuIcon + 10;
    const QRect text =
        QStyle::visualRect(option.direction, rect, rect.adjusted(kIconColumn, 0, 0, 0));
    const Qt::Alignment start =
        option.direction == Qt::LeftToRight ? Qt::AlignLeft : Qt::AlignRight;
    const Qt::Alignment end = option.direction == Qt::LeftToRight ? Qt::AlignRight : Qt::AlignLeft;
    const QString label = option.text.section(u'\t', 0, 0);
    const QString key = option.text.section(u'\t', 1);
    m_painter->setFont(option.font);
    m_painter->setPen(isEnabled(option) ? m_colors.text : m_colors.disabled);
    m_painter->drawText(text, int(start | Qt::AlignVCenter) | Qt::TextShowMnemonic, label);
    m_painter->setPen(isEnabled(option) ? m_colors.text2 : m_colors.disabled);
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        QRect arrow(rect.right() - kMenuIcon, rect.top(), kMenuIcon, rect.height());
        arrow = QStyle::visualRect(option.direction, rect, arrow);
        icon(option.direction == Qt::LeftToRight ? "chevron-right" : "chevron-left", arrow, kMenuIcon,
            m_colors.text2);
    } else {
        m_painter->drawText(text, int(end | Qt::AlignVCenter), key);
    }
}

void StylePainter::menuBarItem(const QStyleOptionMenuItem &option) const
{
    m_painter->fillRect(option.rect, m_colors.window);
    if (option.state & (QStyle::State_Selected | QStyle::State_Sunken))
        fillRound(*m_painter, option.rect.adjusted(1, 2, -1, -2), 4, m_colors.hover);
    m_painter->setPen(m_colors.text);
    m_painter->drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic, option.text);
}

void StylePainter::scrollBar(const QStyleOption &option, const QRect &slider) const
{
    if (slider.isEmpty())
        return;
    const bool active = isDown(option) || isHovered(option);
    const QRectF bar = QRectF(slider).adjusted(2, 2, -2, -2);
    fillRound(*m_painter, bar, qMin(bar.width(), bar.height()) / 2,
        active ? m_colors.border : m_colors.muted);
}

void StylePainter::itemRow(const QStyleOptionViewItem &option) const
{
    if (option.state & QStyle::State_Selected) {
        fillRound(*m_painter, option.rect, kFieldRadius,
            !m_widget || m_widget->isActiveWindow() ? m_colors.selected : m_colors.selInactive);
    } else if (isHovered(option) && isEnabled(option)) {
        fillRound(*m_painter, option.rect, kFieldRadius,
            isOnRaised() ? m_colors.hoverRaised : m_colors.hover);
    }
}

void StylePainter::focusRect(const QRect &rect) const
{
    strokeRound(*m_painter, rect, kFieldRadius, m_colors.focus, 2);
}

}
