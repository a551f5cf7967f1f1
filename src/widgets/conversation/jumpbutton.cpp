#include "widgets/conversation/jumpbutton.h"

#include "widgets/shapes.h"

#include <QFontMetrics>
#include <QPainter>

namespace confab {

namespace {

constexpr int kIcon = 16;
constexpr int kStart = 10;
constexpr int kGap = 6;
constexpr int kEnd = 14;

}

JumpButton::JumpButton(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("jumpButton"));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setCount(0);
}

void JumpButton::setCount(int count)
{
    if (count == m_count)
        return;
    m_count = count;
    setAccessibleName(count ? tr("Jump to the newest message, %1 new").arg(count) : tr("Jump to the newest message"));
    setToolTip(accessibleName());
    update();
}

void JumpButton::setNarrow(bool narrow)
{
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    update();
}

QString JumpButton::label() const
{
    if (m_count == 0)
        return {};
    const QString number = m_count > 999 ? QStringLiteral("999+") : QString::number(m_count);
    //: On a pill; %1 is the number of messages
    return m_narrow ? number : tr("%1 new").arg(number);
}

QSize JumpButton::sizeHint() const
{
    if (m_count == 0)
        return {36, 36};
    const int text = QFontMetrics(m_theme.font(TextStyle::SmallStrong)).horizontalAdvance(label());
    return {kStart + kIcon + kGap + text + kEnd, m_theme.scaled(32)};
}

void JumpButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = m_theme.colors();
    const QRectF box = rect();
    const qreal radius = box.height() / 2;
    const bool news = m_count > 0;
    const QColor hover = news ? colors.accentHover : colors.hoverRaised;
    const QColor down = news ? colors.accentPressed : colors.pressedRaised;
    const QColor rest = news ? colors.accent : colors.raised;
    fillRound(painter, box, radius, isDown() ? down : underMouse() ? hover : rest);
    if (!news)
        strokeRound(painter, box, radius, colors.border);
    if (hasFocus())
        strokeRound(painter, box, radius, news ? colors.onAccent : colors.focus, 2);
    const QColor ink = news ? colors.onAccent : colors.text2;
    const int side = news ? kIcon : 20;
    const int x = news ? kStart : (width() - side) / 2;
    painter.drawPixmap(QPoint(x, (height() - side) / 2),
        m_theme.pixmap(QStringLiteral("arrow-down"), side, ink, devicePixelRatioF()));
    painter.setFont(m_theme.font(TextStyle::SmallStrong));
    painter.setPen(ink);
    painter.drawText(rect().adjusted(kStart + kIcon + kGap, 0, 0, 0),
        int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine, label());
}

}
