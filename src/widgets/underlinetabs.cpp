#include "widgets/underlinetabs.h"

#include "widgets/shapes.h"

#include <QPainter>
#include <QStyleOption>

namespace confab {

namespace {

constexpr int kHeight = 36;
constexpr int kCompactHeight = 32;
constexpr int kGap = 20; // between words; half of it belongs to each tab
constexpr int kCountGap = 6;
constexpr int kUnderline = 2;

}

UnderlineTabs::UnderlineTabs(const Theme &theme, QWidget *parent)
    : QTabBar(parent)
    , m_theme(theme)
{
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(false);
    setElideMode(Qt::ElideNone);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, &UnderlineTabs::measureAnew);
}

void UnderlineTabs::measureAnew()
{
    setIconSize(iconSize()); // a bar has no other way to be told
}

void UnderlineTabs::setCount(int tab, int count)
{
    if (tabData(tab).toInt() == count)
        return;
    setTabData(tab, count);
    setTabToolTip(tab, count > 0 ? tr("%n unread", nullptr, count) : QString());
    measureAnew();
}

int UnderlineTabs::barHeight() const
{
    const bool compact = m_theme.isCompact();
    return qMax(compact ? kCompactHeight : kHeight,
        m_theme.lineHeight(TextStyle::Small) + (compact ? 16 : 20));
}

QString UnderlineTabs::countText(int index) const
{
    const int count = tabData(index).toInt();
    return count > 0 ? QString::number(count) : QString();
}

int UnderlineTabs::textWidth(int index) const
{
    return QFontMetrics(m_theme.font(TextStyle::SmallStrong)).horizontalAdvance(tabText(index));
}

int UnderlineTabs::contentWidth(int index) const
{
    const QString count = countText(index);
    if (count.isEmpty())
        return textWidth(index);
    return textWidth(index) + kCountGap
        + QFontMetrics(m_theme.font(TextStyle::MetaStrong)).horizontalAdvance(count);
}

QSize UnderlineTabs::tabSizeHint(int index) const
{
    return {contentWidth(index) + kGap, barHeight()};
}

QSize UnderlineTabs::sizeHint() const
{
    int width = 0;
    for (int i = 0; i < count(); ++i)
        width += tabSizeHint(i).width();
    return {width, barHeight()};
}

QSize UnderlineTabs::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void UnderlineTabs::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = m_theme.colors();
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colors.divider);
    QStyleOption option;
    option.initFrom(this);
    const bool keyboard = hasFocus() && (option.state & QStyle::State_KeyboardFocusChange);
    for (int i = 0; i < count(); ++i) {
        const bool current = i == currentIndex();
        const QRect tab = tabRect(i);
        const QRect content = tab.adjusted(kGap / 2, 0, -kGap / 2, 0);
        QRect word = content;
        word.setWidth(textWidth(i));
        QRect number = content;
        number.setLeft(word.right() + 1 + kCountGap);
        const auto place = [&](const QRect &part) {
            return QStyle::visualRect(layoutDirection(), content, part);
        };
        painter.setFont(m_theme.font(current ? TextStyle::SmallStrong : TextStyle::SmallMedium));
        painter.setPen(current ? colors.accentText : colors.text2);
        painter.drawText(place(word), int(Qt::AlignVCenter | Qt::AlignLeft), tabText(i));
        painter.setFont(m_theme.font(TextStyle::MetaStrong));
        painter.drawText(place(number), int(Qt::AlignVCenter | Qt::AlignLeft), countText(i));
        if (current) {
            painter.fillRect(QRect(content.left(), height() - kUnderline, content.width(), kUnderline),
                colors.accentText);
        }
        if (current && keyboard)
            strokeRound(painter, tab.adjusted(2, 4, -2, -4), 6, colors.focus, 2);
    }
}

}
