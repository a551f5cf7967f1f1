#include "app/confab/storagesettings.h"

#include "app/confab/exportflow.h"
#include "widgets/settings/storagepage.h"

namespace confab {

StorageSettings::StorageSettings(StoragePage &page)
    : QObject(&page)
    , m_page(page)
{
    connect(&page, &StoragePage::shown, this, &StorageSettings::measure);
    connect(&page, &StoragePage::rebuildRequested, this, &StorageSettings::rebuild);
    connect(&page, &StoragePage::clearMediaRequested, this, [this] {
        if (m_account)
            m_account->service().transfers().clearCache();
    });
    connect(&page, &StoragePage::mediaLimitChosen, this, &StorageSettings::limitMedia);
    connect(&page, &StoragePage::exportRequested, this, &StorageSettings::exportAll);
}

void StorageSettings::setAccount(Account *account)
{
    if (m_account == account)
        return;
    if (m_account) {
        disconnect(&m_account->archive(), nullptr, this, nullptr);
        disconnect(&m_account->service(), nullptr, this, nullptr);
        disconnect(&m_account->service().transfers(), nullptr, &m_page, nullptr);
    }
    m_account = account;
    m_rebuilding = false;
    m_page.setAccount(account ? account->title() : QString());
    m_page.setUse({});
    m_page.setMediaBytes(0);
    if (account) {
        m_page.setMediaLimit(account->config().mediaLimit);
        connect(&account->archive(), &Archive::measured, this, &StorageSettings::showUse);
        connect(&account->service().transfers(), &Transfers::cacheMeasured, &m_page,
            &StoragePage::setMediaBytes);
        connect(&account->service(), &ChatService::phaseChanged, this, &StorageSettings::showRebuild);
        connect(&account->service(), &ChatService::historyFilled, this, [this] {
            m_rebuilding = false;
            showRebuild();
            measure();
        });
    }
    showRebuild();
    measure();
}

/// It reads the whole archive, so only for somebody who looks at the figures.
void StorageSettings::measure()
{
    if (!m_account || !m_page.isVisible())
        return;
    m_account->archive().measure();
    m_account->service().transfers().measureCache();
}

void StorageSettings::showUse(const StorageUse &use)
{
    StorageView view;
    view.bytes = use.fileBytes;
    for (const ChatSize &chat : use.chats) {
        const Topic *topic = m_account->topics().find(chat.topic);
        view.chats.append({topic ? topic->title() : chat.topic, chat.messages, chat.bytes});
    }
    m_page.setUse(view);
}

void StorageSettings::showRebuild()
{
    using Rebuild = StoragePage::Rebuild;
    const ChatService *service = m_account ? &m_account->service() : nullptr;
    if (!service || !service->canRebuildHistory())
        m_page.setRebuild(Rebuild::Never);
    else if (m_rebuilding)
        m_page.setRebuild(Rebuild::Running);
    else
        m_page.setRebuild(service->isOnline() ? Rebuild::Possible : Rebuild::Offline);
}

void StorageSettings::rebuild()
{
    if (!m_account || !m_account->service().isOnline())
        return; // the page says why
    m_rebuilding = true;
    m_account->service().rebuildHistory();
    showRebuild();
    measure();
}

void StorageSettings::limitMedia(qint64 bytes)
{
    if (!m_account)
        return;
    AccountConfig config = m_account->config();
    config.mediaLimit = bytes;
    m_account->setConfig(config);
    m_account->service().transfers().measureCache();
}

void StorageSettings::exportAll()
{
    if (m_account)
        ExportFlow::openForAccount(*m_account, m_page.window());
}

}
