#include "widgets/media/voicepanel.h"

#include "widgets/confabstyle.h"
#include "widgets/conversation/mediumwords.h"
#include "widgets/conversation/sendbutton.h"
#include "widgets/shapes.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

#include <cmath>

namespace confab {

namespace {

constexpr int kMostLevels = 400;
constexpr qreal kBarStep = 4;
constexpr qreal kBarWidth = 2;
constexpr qreal kBarsHeight = 22;
constexpr qreal kDot = 8;
constexpr int kEdge = 4; // as around the buttons of the text

}

VoicePanel::VoicePanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("voicePanel"));
    setAccessibleName(tr("Recording a voice message"));
    setFocusPolicy(Qt::StrongFocus);
    m_cancel = addButton("voiceCancel", QStringLiteral("trash-2"), tr("Throw away"));
    m_time = new QLabel(QStringLiteral("0:00"), this);
    m_time->setObjectName(QStringLiteral("voiceTime"));
    m_time->setAccessibleDescription(tr("Length of the recording")); // its name is the time
    setText(m_time, "body", "text");
    m_send = new SendButton(theme, this);
    m_send->setObjectName(QStringLiteral("voiceSend"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kEdge, kEdge, kEdge, kEdge);
    row->setSpacing(8);
    row->addWidget(m_cancel);
    row->addSpacing(int(kDot) + 8);
    row->addWidget(m_time);
    row->addStretch();
    row->addWidget(m_send);
    m_time->setMinimumWidth(m_time->fontMetrics().horizontalAdvance(QStringLiteral("10:00")) + 4);
    connect(m_cancel, &QToolButton::clicked, this, &VoicePanel::cancelled);
    connect(m_send, &QAbstractButton::clicked, this, &VoicePanel::finishRequested);
    setFocus();
}

QToolButton *VoicePanel::addButton(const char *name, const QString &icon, const QString &text)
{
    constexpr int kButton = 36;
    constexpr int kIcon = 20;
    auto *button = new QToolButton(this);
    button->setObjectName(QLatin1String(name));
    button->setIcon(m_theme.icon(icon));
    button->setIconSize({kIcon, kIcon});
    button->setFixedSize(kButton, kButton);
    button->setAutoRaise(true);
    button->setToolTip(text);
    button->setAccessibleName(text);
    return button;
}

void VoicePanel::setDuration(int duration)
{
    m_time->setText(duration < 500 ? QStringLiteral("0:00") : durationText(duration));
}

void VoicePanel::addLevel(qreal level)
{
    m_levels.append(qBound(0.0, level, 1.0));
    if (m_levels.size() > kMostLevels)
        m_levels.removeFirst();
    update();
}

/// Escape means the recording, whatever else the window would do with it.
bool VoicePanel::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void VoicePanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit cancelled();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        emit finishRequested();
    else
        QWidget::keyPressEvent(event);
}

QRectF VoicePanel::meterRect() const
{
    const qreal left = m_time->geometry().right() + 12;
    const qreal right = m_send->geometry().left() - 12;
    return {left, (height() - kBarsHeight) / 2, qMax(0.0, right - left), kBarsHeight};
}

/// The newest at the right; a dot tells that the microphone is on.
void VoicePanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = m_theme.colors();
    const qreal dot = m_cancel->geometry().right() + 12;
    fillRound(painter, QRectF(dot, (height() - kDot) / 2, kDot, kDot), kDot / 2, colors.danger);
    const QRectF meter = meterRect();
    const int count = int(meter.width() / kBarStep);
    for (int i = 0; i < count && i < m_levels.size(); ++i) {
        const qreal level = m_levels.at(m_levels.size() - 1 - i);
        const qreal high = qMax(kBarWidth, std::round(kBarsHeight * level));
        const QRectF bar(
            meter.right() - (i + 1) * kBarStep, meter.center().y() - high / 2, kBarWidth, high);
        fillRound(painter, bar, 1, colors.accentText);
    }
}

}
