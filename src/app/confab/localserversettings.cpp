#include "app/confab/localserversettings.h"

#include "app/common/localserverhost.h"
#include "widgets/settings/localserverpage.h"
#include "widgets/settings/localusers.h"

#include <QDesktopServices>
#include <QUrl>

namespace confab {

namespace {

QList<LocalUser> viewOf(const QList<server::AccountRow> &accounts)
{
    QList<LocalUser> users;
    for (const server::AccountRow &account : accounts)
        users.append(
            {account.login, account.name, account.seen, account.isDisabled, account.ownGroups});
    return users;
}

}

LocalServerSettings::LocalServerSettings(LocalServerPage &page, LocalServerHost &host)
    : QObject(&page)
    , m_page(page)
    , m_host(host)
{
    connect(&host, &LocalServerHost::available, this, &LocalServerSettings::refresh);
    connect(&host, &LocalServerHost::failed, this, &LocalServerSettings::refresh);
    connect(&host, &LocalServerHost::backupProgressed, &page, &LocalServerPage::setBackupProgress);
    connect(&host, &LocalServerHost::backedUp, &page, &LocalServerPage::setBackupResult);
    connect(&page, &LocalServerPage::sharingChanged, &host, &LocalServerHost::setShared);
    connect(&page, &LocalServerPage::byInviteChanged, this, [this](bool byInvite) {
        m_host.setByInvite(byInvite);
        refresh();
    });
    connect(&page, &LocalServerPage::backupRequested, &host, &LocalServerHost::backUp);
    connect(&page, &LocalServerPage::openFolderRequested, this,
        [](const QString &folder) { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
    connectUsers();
    refresh();
}

void LocalServerSettings::connectUsers()
{
    LocalUsers *users = &m_page.users();
    LocalAccounts *accounts = &m_host.accounts();
    connect(accounts, &LocalAccounts::listed, users,
        [users](const QList<server::AccountRow> &rows) { users->setUsers(viewOf(rows)); });
    connect(accounts, &LocalAccounts::finished, users, &LocalUsers::setResult);
    connect(accounts, &LocalAccounts::invited, users, &LocalUsers::setInvite);
    connect(users, &LocalUsers::addRequested, accounts, &LocalAccounts::add);
    connect(users, &LocalUsers::passwordRequested, accounts, &LocalAccounts::setPassword);
    connect(users, &LocalUsers::disableRequested, accounts, &LocalAccounts::setDisabled);
    connect(users, &LocalUsers::removeRequested, accounts, &LocalAccounts::remove);
    connect(users, &LocalUsers::inviteRequested, accounts, &LocalAccounts::makeInvite);
}

void LocalServerSettings::refresh()
{
    LocalServerView view;
    if (m_host.isHosting())
        view.state = LocalServerView::State::Here;
    else if (m_host.isKnown())
        view.state = LocalServerView::State::Elsewhere;
    view.addresses = m_host.addresses();
    view.isShared = m_host.isShared();
    view.byInvite = m_host.isByInvite();
    view.dataFolder = m_host.folder();
    m_page.setView(view);
    if (view.state != LocalServerView::State::Off)
        m_host.accounts().list();
}

}
