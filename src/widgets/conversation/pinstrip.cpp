#include "widgets/conversation/pinstrip.h"

#include "models/rowtext.h"
#include "widgets/conversation/messagerights.h"
#include "widgets/shapes.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>

namespace confab {

namespace {

constexpr int kHeight = 44;
constexpr int kSide = 16;
constexpr int kBar = 3;
constexpr int kGap = 10;

}

PinStrip::PinStrip(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_unpin(new QToolButton(this))
{
    setObjectName(QStringLiteral("pinStrip"));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    m_unpin->setObjectName(QStringLiteral("unpinButton"));
    m_unpin->setAccessibleName(tr("Unpin this message"));
    m_unpin->setToolTip(m_unpin->accessibleName());
    m_unpin->setIconSize({18, 18});
    m_unpin->setFixedSize(32, 32);
    m_unpin->setCursor(Qt::ArrowCursor);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, kSide - 8, 0);
    row->addStretch();
    row->addWidget(m_unpin);
    connect(m_unpin, &QAbstractButton::clicked, this, [this] { emit unpinRequested(current()); });
    connect(&m_theme, &Theme::changed, this, &PinStrip::applyTheme);
    applyTheme();
    hide();
}

void PinStrip::setTopic(TopicList *topics, Topic *topic)
{
    if (m_topic) {
        m_topic->disconnect(this);
        m_topic->timeline().disconnect(this);
    }
    m_topics = topics;
    m_topic = topic;
    m_pins.clear();
    m_far.clear();
    m_shown = 0;
    if (topic) {
        connect(topic, &Topic::pinsChanged, this, &PinStrip::refresh);
        connect(topic, &Topic::changed, this, &PinStrip::refresh); // rights
        const Timeline &timeline = topic->timeline();
        connect(&timeline, &Timeline::rowsInserted, this, &PinStrip::refresh);
        connect(&timeline, &Timeline::rowsRemoved, this, &PinStrip::refresh);
        connect(&timeline, &Timeline::rowsChanged, this, &PinStrip::refresh);
    }
    refresh();
}

Seq PinStrip::current() const
{
    return m_pins.isEmpty() ? 0 : m_pins.at(m_pins.size() - 1 - m_shown);
}

void PinStrip::refresh()
{
    const QList<Seq> pins = m_topic ? m_topic->info().pins : QList<Seq>();
    if (pins != m_pins) {
        m_pins = pins;
        m_shown = 0;
    }
    setVisible(!m_pins.isEmpty());
    if (m_pins.isEmpty())
        return;
    m_unpin->setVisible(mayPin(*m_topic));
    m_line = line();
    setAccessibleName(m_pins.size() == 1
            ? tr("Pinned message: %1").arg(m_line)
            : tr("Pinned message %1 of %2: %3").arg(m_shown + 1).arg(m_pins.size()).arg(m_line));
    update();
}

QString PinStrip::line()
{
    const Timeline &timeline = m_topic->timeline();
    const int row = timeline.rowOfSeq(current());
    if (row >= 0)
        return lineOf(timeline.message(row));
    if (timeline.known().contains(current()))
        return tr("This message was deleted");
    const auto far = m_far.constFind(current());
    if (far == m_far.constEnd()) {
        m_far.insert(current(), {});
        emit messageWanted(current());
    }
    const QString words = m_far.value(current());
    return words.isEmpty() ? tr("An older message") : words;
}

void PinStrip::takeMessages(const QList<Message> &messages)
{
    bool isNew = false;
    for (const Message &message : messages) {
        const auto far = m_far.find(message.seq);
        if (far == m_far.end() || !far->isEmpty())
            continue;
        *far = lineOf(message);
        isNew = true;
    }
    if (isNew)
        refresh();
}

QString PinStrip::lineOf(const Message &message) const
{
    const QString words = rowtext::oneLine(message.text);
    if (m_topic->kind() == wire::TopicKind::Direct || message.from.isEmpty() || !m_topics)
        return words;
    return tr("%1: %2", "name, words").arg(m_topics->nameOf(message.from), words);
}

void PinStrip::showNext()
{
    const Seq seq = current();
    if (seq == 0)
        return;
    m_shown = (m_shown + 1) % int(m_pins.size());
    refresh();
    emit messageRequested(seq);
}

void PinStrip::applyTheme()
{
    m_unpin->setIcon(m_theme.icon(QStringLiteral("pin-off")));
    setFixedHeight(m_theme.scaled(kHeight));
    update();
}

void PinStrip::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        showNext();
}

void PinStrip::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        showNext();
        break;
    case Qt::Key_Delete:
        if (m_unpin->isVisible())
            emit unpinRequested(current());
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void PinStrip::focusInEvent(QFocusEvent *)
{
    update();
}

void PinStrip::focusOutEvent(QFocusEvent *)
{
    update();
}

void PinStrip::enterEvent(QEnterEvent *)
{
    update();
}

void PinStrip::leaveEvent(QEvent *)
{
    update();
}

void PinStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = m_theme.colors();
    painter.fillRect(rect(), underMouse() ? colors.hover : colors.panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colors.divider);
    const int small = m_theme.lineHeight(TextStyle::Small);
    const int body = m_theme.lineHeight(TextStyle::Body);
    const int top = (height() - small - body) / 2;
    const int tall = small + body;
    const int count = int(m_pins.size());
    for (int i = 0; i < count; ++i) {
        // One piece of the bar for each pin, the newest at the bottom.
        const int from = top + i * tall / count;
        const int to = top + (i + 1) * tall / count - (i + 1 < count ? 2 : 0);
        const bool isShown = i == count - 1 - m_shown;
        painter.fillRect(
            QRect(kSide, from, kBar, to - from), isShown ? colors.accentText : colors.divider);
    }
    const int left = kSide + kBar + kGap;
    const int right = (m_unpin->isVisible() ? m_unpin->x() : width()) - kGap;
    const QRect heading(left, top, right - left, small);
    painter.setFont(m_theme.font(TextStyle::Sender));
    painter.setPen(colors.accentText);
    painter.drawText(heading, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
        count == 1 ? tr("Pinned message")
                   : tr("Pinned message %1 of %2").arg(m_shown + 1).arg(count));
    painter.setFont(m_theme.font(TextStyle::Body));
    painter.setPen(colors.text);
    painter.drawText(QRect(left, top + small, right - left, body),
        int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(m_line, Qt::ElideRight, right - left));
    if (hasFocus())
        strokeRound(painter, QRectF(rect()).adjusted(2, 2, -2, -3), 6, colors.focus, 2);
}

}
