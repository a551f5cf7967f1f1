#include "widgets/conversation/targetstrip.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

namespace confab {

namespace {

constexpr int kHeight = 44;
constexpr int kStart = 12;
constexpr int kIcon = 18;
constexpr int kBar = 3;
constexpr int kGap = 10;

}

TargetStrip::TargetStrip(const Theme &theme, const QString &icon, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(icon)
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("targetStrip"));
    setCursor(Qt::PointingHandCursor);
    m_close->setObjectName(QStringLiteral("targetCloseButton"));
    m_close->setAccessibleName(tr("Cancel"));
    m_close->setToolTip(tr("Cancel (Esc)"));
    m_close->setIconSize({16, 16});
    m_close->setFixedSize(32, 32);
    m_close->setCursor(Qt::ArrowCursor);
    m_close->setFocusPolicy(Qt::TabFocus);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 6, 0);
    row->addStretch();
    row->addWidget(m_close);
    connect(m_close, &QAbstractButton::clicked, this, &TargetStrip::closed);
    connect(&m_theme, &Theme::changed, this, &TargetStrip::applyTheme);
    applyTheme();
}

void TargetStrip::setContent(const QString &heading, const QString &line, int hue)
{
    m_headingText = heading;
    m_lineText = line;
    m_hue = hue;
    setAccessibleName(heading);
    setAccessibleDescription(line);
    update();
}

void TargetStrip::applyTheme()
{
    m_close->setIcon(m_theme.icon(QStringLiteral("x")));
    setFixedHeight(m_theme.scaled(kHeight));
    update();
}

QColor TargetStrip::ink() const
{
    return m_hue < 0 ? m_theme.colors().accentText : m_theme.colors().hueText[size_t(m_hue)];
}

void TargetStrip::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        emit pressed();
}

void TargetStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = m_theme.colors();
    painter.drawPixmap(QPoint(kStart, (height() - kIcon) / 2),
        m_theme.pixmap(m_icon, kIcon, colors.accentText, devicePixelRatioF()));
    const int line = m_theme.lineHeight(TextStyle::Small);
    const int top = (height() - 2 * line) / 2;
    const int bar = kStart + kIcon + kGap;
    painter.fillRect(QRect(bar, top, kBar, 2 * line), ink());
    const int left = bar + kBar + kGap;
    const QRect heading(left, top, m_close->x() - left - kGap, line);
    painter.setFont(m_theme.font(TextStyle::Sender));
    painter.setPen(ink());
    painter.drawText(heading, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(m_headingText, Qt::ElideRight, heading.width()));
    painter.setFont(m_theme.font(TextStyle::Small));
    painter.setPen(colors.text2);
    painter.drawText(heading.translated(0, line),
        int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(m_lineText, Qt::ElideRight, heading.width()));
}

}
