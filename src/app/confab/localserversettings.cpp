#include "app/confab/localserversettings.h"

#include "app/common/localserverhost.h"
#include "widgets/settings/localserverpage.h"

#include <QDesktopServices>
#include <QUrl>

namespace confab {

LocalServerSettings::LocalServerSettings(LocalServerPage &page, LocalServerHost &host)
    : QObject(&page)
    , m_page(page)
    , m_host(host)
{
    connect(&host, &LocalServerHost::available, this, &LocalServerSettings::refresh);
    connect(&host, &LocalServerHost::failed, this, &LocalServerSettings::refresh);
    connect(&host, &LocalServerHost::usersListed, &page, &LocalServerPage::setUsers);
    connect(&host, &LocalServerHost::backupProgressed, &page, &LocalServerPage::setBackupProgress);
    connect(&host, &LocalServerHost::backedUp, &page, &LocalServerPage::setBackupResult);
    connect(&page, &LocalServerPage::sharingChanged, &host, &LocalServerHost::setShared);
    connect(&page, &LocalServerPage::backupRequested, &host, &LocalServerHost::backUp);
    connect(&page, &LocalServerPage::openFolderRequested, this, [](const QString &folder) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
    });
    refresh();
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
    view.dataFolder = m_host.folder();
    m_page.setView(view);
    if (view.state != LocalServerView::State::Off)
        m_host.listUsers();
}

}
