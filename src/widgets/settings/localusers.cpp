#include "widgets/settings/localusers.h"

#include "widgets/confabstyle.h"
#include "widgets/conversation/confirmdialog.h"
#include "widgets/fieldhelpers.h"
#include "widgets/settings/invitedialog.h"
#include "widgets/settings/localuserdialog.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace confab {

namespace {

enum Column { Name, Login, Seen, ColumnCount };

constexpr int kGap = 8;
constexpr int kRowPadding = 8;
constexpr int kShownRows = 6; // more of them scroll

QString shownName(const LocalUser &user)
{
    return user.name.isEmpty() ? user.login : user.name;
}

}

LocalUsers::LocalUsers(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_list(new QTreeWidget(this))
{
    buildList();
    m_error = makeParagraph("localUsersError", "small", "danger", this);
    m_error->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    column->addLayout(buildHead());
    column->addWidget(m_list);
    column->addLayout(buildActions());
    column->addWidget(m_error);
    setTabOrder(m_add, m_invite);
    setTabOrder(m_invite, m_list);
    setTabOrder(m_list, m_password);
    connect(&theme, &Theme::changed, this, [this] { setUsers(QList<LocalUser>(m_users)); });
    setUsers({});
}

QPushButton *LocalUsers::addButton(
    const char *name, const QString &text, const QString &accessibleName)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(QLatin1String(name));
    button->setAccessibleName(accessibleName);
    button->setAutoDefault(false);
    return button;
}

QLayout *LocalUsers::buildHead()
{
    auto *title = new QLabel(tr("Accounts"), this);
    title->setObjectName(QStringLiteral("localUsersTitle"));
    setText(title, "bodyStrong", "text");
    m_add = addButton("addLocalUser", tr("&Add account…"), tr("Add account"));
    m_invite = addButton("inviteLocalUser", tr("&Invite code…"), tr("Invite code"));
    connect(m_add, &QPushButton::clicked, this, &LocalUsers::askForUser);
    connect(m_invite, &QPushButton::clicked, this, &LocalUsers::askForInvite);
    auto *row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addWidget(title, 1);
    row->addWidget(m_add);
    row->addWidget(m_invite);
    return row;
}

QLayout *LocalUsers::buildActions()
{
    m_password = addButton("resetLocalPassword", tr("New &password…"), tr("New password"));
    m_disable = addButton("disableLocalUser", tr("&Disable"), tr("Disable"));
    m_remove = addButton("removeLocalUser", tr("&Remove…"), tr("Remove account"));
    connect(m_password, &QPushButton::clicked, this, &LocalUsers::askForPassword);
    connect(m_disable, &QPushButton::clicked, this, &LocalUsers::switchDisabled);
    connect(m_remove, &QPushButton::clicked, this, &LocalUsers::confirmRemove);
    auto *row = new QHBoxLayout;
    row->setSpacing(kGap);
    for (QPushButton *button : {m_password, m_disable, m_remove})
        row->addWidget(button);
    row->addStretch(1);
    return row;
}

void LocalUsers::buildList()
{
    m_list->setObjectName(QStringLiteral("localUsers"));
    m_list->setAccessibleName(tr("Accounts of the server on this computer"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setColumnCount(ColumnCount);
    m_list->setHeaderHidden(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setBackgroundRole(QPalette::Button);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(Login, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(Seen, QHeaderView::ResizeToContents);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &LocalUsers::showChoice);
}

QTreeWidgetItem *LocalUsers::makeRow(const LocalUser &user) const
{
    QString seen;
    if (user.isDisabled)
        seen = tr("disabled");
    else if (user.seen.isValid())
        seen = tr("seen %1").arg(
            QLocale().toString(user.seen.toLocalTime().date(), QLocale::ShortFormat));
    auto *row = new QTreeWidgetItem;
    row->setText(Name, shownName(user));
    row->setText(Login, user.login);
    row->setText(Seen, seen);
    row->setTextAlignment(Seen, Qt::AlignRight | Qt::AlignVCenter);
    row->setData(Name, Qt::AccessibleTextRole,
        seen.isEmpty() ? tr("%1, login %2", "name, login").arg(shownName(user), user.login)
                       : tr("%1, login %2, %3", "name, login, when seen")
                             .arg(shownName(user), user.login, seen));
    if (user.isDisabled) {
        for (int column = 0; column < ColumnCount; ++column)
            row->setForeground(column, m_theme.colors().text2);
    }
    return row;
}

void LocalUsers::setUsers(const QList<LocalUser> &users)
{
    const LocalUser *before = chosen();
    const QString login = before ? before->login : QString();
    m_users = users;
    m_list->clear();
    QList<QTreeWidgetItem *> rows;
    for (const LocalUser &user : users)
        rows.append(makeRow(user));
    m_list->addTopLevelItems(rows);
    const auto same = std::find_if(
        users.begin(), users.end(), [&](const LocalUser &user) { return user.login == login; });
    if (same != users.end())
        m_list->setCurrentItem(rows.at(same - users.begin()));
    const int height = m_theme.lineHeight(TextStyle::Body) + kRowPadding;
    m_list->setFixedHeight(height * std::clamp(int(users.size()), 1, kShownRows) + 2);
    showChoice();
}

const LocalUser *LocalUsers::chosen() const
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    return row >= 0 && row < m_users.size() ? &m_users.at(row) : nullptr;
}

void LocalUsers::showChoice()
{
    const LocalUser *user = chosen();
    for (QPushButton *button : {m_password, m_disable, m_remove})
        button->setEnabled(user && !m_busy);
    m_add->setEnabled(!m_busy);
    m_invite->setEnabled(!m_busy);
    const bool enables = user && user->isDisabled;
    m_disable->setText(enables ? tr("&Enable") : tr("&Disable"));
    m_disable->setAccessibleName(enables ? tr("Enable") : tr("Disable"));
    m_disable->setToolTip(
        enables ? tr("Let them sign in again") : tr("Sign them out and keep them from signing in"));
}

void LocalUsers::setBusy(bool busy)
{
    m_busy = busy;
    if (busy)
        m_error->hide();
    showChoice();
}

void LocalUsers::askForUser()
{
    m_userDialog = new LocalUserDialog(m_theme, window());
    connect(m_userDialog, &LocalUserDialog::submitted, this, [this] {
        setBusy(true);
        emit addRequested(m_userDialog->login(), m_userDialog->password(), m_userDialog->name());
    });
    m_userDialog->open();
}

void LocalUsers::askForPassword()
{
    const LocalUser *user = chosen();
    if (!user)
        return;
    m_userDialog = new LocalUserDialog(m_theme, window());
    m_userDialog->setUser(user->login, shownName(*user));
    connect(m_userDialog, &LocalUserDialog::submitted, this, [this] {
        setBusy(true);
        emit passwordRequested(m_userDialog->login(), m_userDialog->password());
    });
    m_userDialog->open();
}

void LocalUsers::switchDisabled()
{
    const LocalUser *user = chosen();
    if (!user)
        return;
    setBusy(true);
    emit disableRequested(user->login, !user->isDisabled);
}

void LocalUsers::confirmRemove()
{
    const LocalUser *user = chosen();
    if (!user)
        return;
    QString goes = tr("The account and its saved messages go.");
    if (user->ownGroups == 1)
        goes
            = tr("The account, its saved messages and the group that it owns go, with all messages "
                 "in it.");
    else if (user->ownGroups > 1)
        goes = tr("The account, its saved messages and the %Ln groups that it owns go, with all "
                  "messages in them.",
            nullptr, user->ownGroups);
    auto *dialog = new ConfirmDialog(window());
    dialog->setObjectName(QStringLiteral("removeLocalUserDialog"));
    dialog->setQuestion(tr("Remove %1?").arg(shownName(*user)),
        goes + u' '
            + tr("What they wrote in the chats of others stays there. This cannot be undone; to "
                 "keep "
                 "them out for a while, disable the account."));
    dialog->setButtons(tr("Keep"), tr("Remove account"));
    connect(dialog, &QDialog::accepted, this, [this, login = user->login] {
        setBusy(true);
        emit removeRequested(login);
    });
    dialog->open();
}

void LocalUsers::askForInvite()
{
    m_inviteDialog = new InviteDialog(m_theme, window());
    connect(m_inviteDialog, &InviteDialog::submitted, this, [this](int uses, int days) {
        setBusy(true);
        emit inviteRequested(uses, days);
    });
    m_inviteDialog->open();
}

void LocalUsers::setResult(const QString &error)
{
    setBusy(false);
    if (m_userDialog && m_userDialog->isVisible())
        return m_userDialog->setResult(error);
    if (m_inviteDialog && m_inviteDialog->isVisible())
        return m_inviteDialog->setError(error);
    m_error->setText(error);
    m_error->setVisible(!error.isEmpty());
}

void LocalUsers::setInvite(const QString &code, const QDateTime &expires)
{
    setBusy(false);
    if (m_inviteDialog)
        m_inviteDialog->setCode(code, expires);
}

}
