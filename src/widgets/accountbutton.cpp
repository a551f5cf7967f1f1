#include "widgets/accountbutton.h"

#include "widgets/shapes.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyleOption>

namespace confab {

namespace {

constexpr int kCircle = 32;
constexpr int kRing = 4; // gap of two, ring of two

}

AccountButton::AccountButton(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("accountButton"));
    setAccessibleName(tr("Accounts"));
    setToolTip(tr("Accounts and settings"));
    setFocusPolicy(Qt::StrongFocus);
    setFixedSize(sizeHint());
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    connect(this, &QAbstractButton::clicked, this, &AccountButton::menuRequested);
}

void AccountButton::setAccount(const AccountEntry &account)
{
    m_account = account;
    setAccessibleName(account.name.isEmpty() ? tr("Accounts") : tr("Accounts: %1").arg(account.name));
    update();
}

QSize AccountButton::sizeHint() const
{
    return {kCircle + 2 * kRing, kCircle + 2 * kRing};
}

void AccountButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect circle(kRing, kRing, kCircle, kCircle);
    if (m_account.name.isEmpty()) {
        fillRound(painter, circle, kCircle / 2.0, m_theme.colors().hover);
        const QRect icon(circle.center() - QPoint(7, 7), QSize(16, 16));
        painter.drawPixmap(icon.topLeft(),
            m_theme.pixmap(
                QStringLiteral("user"), 16, m_theme.colors().text2, devicePixelRatioF()));
    } else {
        paintAvatar(painter, circle, {m_account.user, m_account.name, m_account.photo}, m_theme);
        if (m_account.online)
            paintPresence(painter, circle, m_theme, m_theme.colors().window);
    }
    QStyleOption option;
    option.initFrom(this);
    if (hasFocus() && (option.state & QStyle::State_KeyboardFocusChange))
        strokeRound(painter, rect(), width() / 2.0, m_theme.colors().focus, 2);
}

void AccountButton::keyPressEvent(QKeyEvent *event)
{
    const bool opens = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Down;
    if (opens)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

}
