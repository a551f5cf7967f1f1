#include "app/confab/settingsflow.h"

#include "app/confab/appearance.h"
#include "app/confab/localserversettings.h"
#include "app/confab/storagesettings.h"
#include "app/confab/viewtext.h"
#include "app/confab/writing.h"
#include "widgets/settings/accountspage.h"
#include "widgets/settings/appearancepage.h"
#include "widgets/settings/serverpage.h"
#include "widgets/settings/writingpage.h"

namespace confab {

namespace {

wire::Result<ServerAddress, ServiceError> parseFor(const AccountConfig &config, const QString &typed)
{
    return config.kind == ServerKind::Plain ? parsePlainAddress(typed) : parseTinodeAddress(typed);
}

QString shownAddress(const AccountConfig &config)
{
    const auto address = parseFor(config, config.url.toString());
    return address ? address->shown : config.url.toString();
}

std::chrono::seconds inSeconds(std::chrono::milliseconds time)
{
    return std::chrono::duration_cast<std::chrono::seconds>(time);
}

}

SettingsFlow::SettingsFlow(const Parts &parts)
    : m_parts(parts)
    , m_probe(socketSessionFactory(), parts.threads->network())
{
    connect(&m_probe, &ServerProbe::finished, this, [this](const ProbeReport &report) {
        if (m_dialog)
            m_dialog->server().setProbeResult(viewOf(report));
    });
}

void SettingsFlow::open()
{
    if (m_dialog) {
        m_dialog->raise();
        return;
    }
    m_dialog = new SettingsDialog(*m_parts.theme, m_parts.window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connectDialog();
    connectServer();
    connectWriting();
    new LocalServerSettings(m_dialog->localServer(), *m_parts.localServer);
    m_storage = new StorageSettings(m_dialog->storage());
    m_dialog->appearance().setAppearance(
        {m_parts.theme->mode(), m_parts.theme->textPercent(), m_parts.theme->density()});
    fillAccounts();
    fillServer();
    m_dialog->open();
}

void SettingsFlow::close()
{
    if (m_dialog)
        m_dialog->close();
}

void SettingsFlow::setAccounts(const QList<AccountEntry> &accounts, Account *shown)
{
    const bool isOther = m_shown != shown;
    m_accounts = accounts;
    m_shown = shown;
    fillAccounts();
    if (isOther)
        fillServer();
}

void SettingsFlow::fillAccounts()
{
    if (!m_dialog)
        return;
    m_dialog->accounts().setAccounts(m_accounts, m_shown ? m_shown->id() : QString());
    m_storage->setAccount(m_shown);
}

void SettingsFlow::fillServer()
{
    if (!m_dialog || !m_shown)
        return;
    const AccountConfig &config = m_shown->config();
    ServerSettings server;
    server.address = shownAddress(config);
    server.apiKey = config.apiKey;
    server.keepAliveInterval = inSeconds(config.keepAlive.interval);
    server.keepAliveDeadline = inSeconds(config.keepAlive.deadline);
    server.reconnect = config.reconnect;
    m_dialog->server().setServer(server, viewOf(*m_shown).kind);
}

void SettingsFlow::connectDialog()
{
    const AccountsPage &accounts = m_dialog->accounts();
    connect(&accounts, &AccountsPage::accountChosen, this, &SettingsFlow::accountChosen);
    connect(&accounts, &AccountsPage::addAccountRequested, this, &SettingsFlow::addAccountRequested);
    connect(&accounts, &AccountsPage::removeAccountRequested, this, &SettingsFlow::removeAccountRequested);
    connect(&m_dialog->appearance(), &AppearancePage::appearanceChanged, this,
        &SettingsFlow::applyAppearance);
}

void SettingsFlow::connectServer()
{
    ServerPage &page = m_dialog->server();
    connect(&page, &ServerPage::serverChanged, this, &SettingsFlow::applyServer);
    connect(&page, &ServerPage::testRequested, this, &SettingsFlow::test);
    connect(&page, &ServerPage::addressEdited, &page, [this, &page](const QString &typed) {
        if (!m_shown)
            return;
        const auto address = parseFor(m_shown->config(), typed);
        page.setAddressHint(address ? address->channels.toString() : QString());
    });
}

void SettingsFlow::connectWriting()
{
    WritingPage &page = m_dialog->writing();
    page.setWriting(m_writing->current());
    page.setDictionaries(m_writing->dictionaries());
    connect(&page, &WritingPage::writingChanged, m_writing, &Writing::change);
    connect(m_writing, &Writing::changed, &page,
        [this, &page] { page.setWriting(m_writing->current()); });
}

void SettingsFlow::test(const QString &typed, const QString &apiKey)
{
    if (!m_shown)
        return;
    const auto address = parseFor(m_shown->config(), typed);
    if (address)
        m_probe.run(*address, m_shown->config().kind, apiKey);
    else
        m_dialog->server().setAddressError(viewOf(address.error()));
}

void SettingsFlow::applyAppearance(const AppearanceSettings &settings)
{
    m_parts.theme->setMode(settings.mode);
    m_parts.theme->setTextPercent(settings.textPercent);
    m_parts.theme->setDensity(settings.density);
    keepAppearance(m_parts.profile->settings(),
        {settings.mode, m_parts.theme->textPercent(), settings.density});
}

void SettingsFlow::applyServer(const ServerSettings &settings)
{
    if (!m_shown)
        return;
    AccountConfig config = m_shown->config();
    if (config.kind != ServerKind::Local) {
        const auto address = parseFor(config, settings.address);
        if (!address) {
            m_dialog->server().setAddressError(viewOf(address.error()));
            return;
        }
        config.url = address->channels;
        config.apiKey = settings.apiKey;
    }
    config.keepAlive.interval = settings.keepAliveInterval;
    config.keepAlive.deadline = settings.keepAliveDeadline;
    config.reconnect = settings.reconnect;
    m_shown->setConfig(config);
}

}
