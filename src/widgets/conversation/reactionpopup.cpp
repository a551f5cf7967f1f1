#include "widgets/conversation/reactionpopup.h"

#include "widgets/shapes.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScreen>
#include <QToolButton>

namespace confab {

namespace {

constexpr int kButton = 36;
constexpr int kMargin = 4;
constexpr int kEmoji = 20;
constexpr int kAway = 6; // from the message

}

QStringList ReactionPopup::frequent()
{
    return {QStringLiteral("\U0001F44D"), QStringLiteral("\u2764\uFE0F"),
        QStringLiteral("\U0001F602"), QStringLiteral("\U0001F62E"), QStringLiteral("\U0001F622"),
        QStringLiteral("\U0001F64F"), QStringLiteral("\U0001F389"), QStringLiteral("\u2705")};
}

ReactionPopup::ReactionPopup(const Theme &theme, const QStringList &mine, QWidget *parent)
    : QWidget(parent, Qt::Popup)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("reactionPopup"));
    setAccessibleName(tr("React with"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAttribute(Qt::WA_TranslucentBackground);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    row->setSpacing(0);
    QStringList emoji = frequent();
    for (const QString &one : mine) {
        if (!emoji.contains(one))
            emoji.append(one);
    }
    for (const QString &one : std::as_const(emoji))
        addEmoji(row, one, mine.contains(one));
    auto *more = new QToolButton(this);
    more->setObjectName(QStringLiteral("reactionMoreButton"));
    more->setAccessibleName(tr("More emoji"));
    more->setToolTip(more->accessibleName());
    more->setIcon(theme.icon(QStringLiteral("plus")));
    more->setIconSize({18, 18});
    more->setFixedSize(kButton, kButton);
    more->setFocusPolicy(Qt::StrongFocus);
    row->addWidget(more);
    connect(more, &QAbstractButton::clicked, this, [this] {
        const QPoint corner = mapToGlobal(QPoint(0, height()));
        close();
        emit moreRequested(corner);
    });
}

void ReactionPopup::addEmoji(QHBoxLayout *row, const QString &emoji, bool isMine)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("reaction-") + emoji);
    button->setText(emoji);
    button->setAccessibleName(
        isMine ? tr("Take %1 back").arg(emoji) : tr("React with %1").arg(emoji));
    button->setToolTip(button->accessibleName());
    button->setCheckable(true);
    button->setChecked(isMine);
    QFont font = m_theme.font(TextStyle::Body);
    font.setPixelSize(m_theme.scaled(kEmoji));
    button->setFont(font);
    button->setFixedSize(m_theme.scaled(kButton), m_theme.scaled(kButton));
    button->setFocusPolicy(Qt::StrongFocus);
    row->addWidget(button);
    connect(button, &QAbstractButton::clicked, this, [this, emoji] {
        emit chosen(emoji);
        close();
    });
}

void ReactionPopup::popUpAt(const QPoint &global)
{
    adjustSize();
    const QScreen *screen = QGuiApplication::screenAt(global);
    const QRect room = screen ? screen->availableGeometry() : QRect(global, size());
    int x = global.x() - width() / 2;
    int y = global.y() - height() - kAway;
    if (y < room.top())
        y = global.y() + kAway;
    x = qBound(room.left(), x, qMax(room.left(), room.right() - width()));
    y = qMin(y, room.bottom() - height());
    move(x, y);
    show();
    if (auto *first = findChild<QToolButton *>())
        first->setFocus(Qt::PopupFocusReason);
}

void ReactionPopup::keyPressEvent(QKeyEvent *event)
{
    const bool back = event->key() == Qt::Key_Left;
    if (back || event->key() == Qt::Key_Right)
        focusNextPrevChild(back == isRightToLeft());
    else
        QWidget::keyPressEvent(event);
}

void ReactionPopup::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const qreal radius = 12;
    fillRound(painter, rect(), radius, m_theme.colors().raised);
    strokeRound(painter, rect(), radius, m_theme.colors().border);
}

}
