#include "widgets/conversation/hoveractions.h"

#include "widgets/conversation/messagelayout.h"
#include "widgets/shapes.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace confab {

namespace {

constexpr int kButton = 28;
constexpr int kIcon = 18;
constexpr int kGap = 4; // beside the bubble
constexpr int kRadius = 6;
constexpr int kColumnsEnd = 40; // compact density: padding, tick, gutter

}

HoverActions::HoverActions(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_reply(makeButton(actionIcon(MessageAction::Reply), QStringLiteral("hoverReply"),
          actionText(MessageAction::Reply)))
    , m_react(makeButton(actionIcon(MessageAction::React), QStringLiteral("hoverReact"),
          actionText(MessageAction::React)))
    , m_more(makeButton(
          QStringLiteral("ellipsis-vertical"), QStringLiteral("hoverMore"), tr("More actions")))
{
    setObjectName(QStringLiteral("hoverActions"));
    setAccessibleName(tr("Actions of this message"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (QToolButton *button : {m_reply, m_react, m_more})
        row->addWidget(button);
    setCursor(Qt::ArrowCursor);
    connect(m_reply, &QToolButton::clicked, this, [this] { emit chosen(MessageAction::Reply); });
    connect(m_react, &QToolButton::clicked, this, [this] { emit chosen(MessageAction::React); });
    connect(m_more, &QToolButton::clicked, this, &HoverActions::moreRequested);
    hide();
}

QToolButton *HoverActions::makeButton(const QString &icon, const QString &name, const QString &text)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setToolTip(text);
    button->setIcon(m_theme.icon(icon));
    button->setIconSize({kIcon, kIcon});
    button->setFixedSize(kButton, kButton);
    button->setFocusPolicy(Qt::NoFocus);
    return button;
}

void HoverActions::placeBeside(const MessageLayout &layout, int top)
{
    const MessageActions actions = layout.item().actions;
    m_reply->setVisible(actions.testFlag(MessageAction::Reply));
    m_react->setVisible(actions.testFlag(MessageAction::React));
    const int shown = 1 + (m_reply->isHidden() ? 0 : 1) + (m_react->isHidden() ? 0 : 1);
    resize(shown * kButton, kButton);
    const QRect bubble = layout.bubble().toAlignedRect().translated(0, top);
    int x = layout.isCompact() ? bubble.right() + 1 - kColumnsEnd - width()
        : layout.item().own    ? bubble.left() - kGap - width()
                               : bubble.right() + 1 + kGap;
    // At the foot like the avatar; one line is 32 high, so that the middles meet.
    int y
        = layout.isCompact() ? bubble.top() + 10 - kButton / 2 : bubble.bottom() + 1 - 2 - kButton;
    const int free = parentWidget()->width() - width();
    m_framed = layout.isCompact() || x < 0 || x > free;
    x = qBound(0, x, qMax(0, free));
    y = qBound(0, y, qMax(0, parentWidget()->height() - height()));
    move(x, y);
    update();
}

QPoint HoverActions::menuCorner() const
{
    return m_more->mapToGlobal(QPoint(0, m_more->height()));
}

void HoverActions::paintEvent(QPaintEvent *)
{
    if (!m_framed)
        return;
    QPainter painter(this);
    fillRound(painter, rect(), kRadius, m_theme.colors().raised);
    strokeRound(painter, rect(), kRadius, m_theme.colors().divider);
}

}
