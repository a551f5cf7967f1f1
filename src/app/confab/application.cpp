#include "app/confab/application.h"

#include "app/confab/appearance.h"
#include "app/confab/viewtext.h"
#include "widgets/confabstyle.h"

#include <QApplication>

#include <algorithm>
#include <utility>

namespace confab {

namespace {

const auto kSizeKey = QStringLiteral("window/size");
const auto kListWidthKey = QStringLiteral("window/listWidth");
const auto kMaximizedKey = QStringLiteral("window/maximized");
constexpr std::chrono::milliseconds kStartAnyway{300};
const auto kFileNoticeKey = QStringLiteral("notices/secretsInFile");

/// The program's style has to stand before the first widget is made: widgets ask it for measures.
const Theme &dressed(Theme &theme, const QSettings &settings)
{
    const AppearanceSettings kept = keptAppearance(settings);
    theme.setMode(kept.mode);
    theme.setTextPercent(kept.textPercent);
    theme.setDensity(kept.density);
    applyStyle(*qApp, theme);
    return theme;
}

}

Application::Application(std::unique_ptr<Profile> profile, const DataFolders &folders)
    : m_profile(std::move(profile))
    , m_localServer(folders.localServer())
    , m_window(dressed(m_theme, m_profile->settings()))
    , m_settings({&m_theme, &m_window, m_profile.get(), &m_threads, &m_localServer})
{
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(0);
    connect(&m_refresh, &QTimer::timeout, this, &Application::refreshAccounts);
    restoreWindow();
    m_window.show();
    openAccounts();
    applyTheme(*qApp, m_theme);
    m_window.build();
    m_writing = std::make_unique<Writing>(m_profile->settings(), *m_window.conversation(),
        m_profile->folder() + QStringLiteral("/words.txt"));
    m_settings.setWriting(m_writing.get());
    connectWindow();
    connectSettings();
    m_profile->lock().listen();
    connect(&m_profile->lock(), &InstanceLock::showRequested, this, [this](const QString &link) {
        m_window.showNormal();
        m_window.raise();
        m_window.activateWindow();
        if (!link.isEmpty())
            openLink(link);
    });
}

Application::~Application()
{
    saveWindow();
    m_shown.reset();
}

Account::Surroundings Application::surroundings()
{
    Account::Surroundings shared;
    shared.profile = m_profile.get();
    shared.threads = &m_threads;
    shared.localServer = &m_localServer;
    shared.sessions = socketSessionFactory();
    return shared;
}

void Application::start()
{
    showAccounts();
    // It is painted before buses, locks and sockets are asked for; a window that nobody sees never is.
    connect(&m_window, &MainWindow::painted, this, &Application::startAccounts, Qt::QueuedConnection);
    QTimer::singleShot(kStartAnyway, this, &Application::startAccounts);
}

void Application::startAccounts()
{
    if (std::exchange(m_started, true))
        return;
    m_window.setWindowIcon(QIcon(QStringLiteral(":/confab.svg")));
    m_wakeWatch.watchSleep();
    for (const std::shared_ptr<Account> &opened : m_accounts) {
        watchNetwork(*opened);
        opened->start();
    }
    m_writing->start();
}

void Application::restoreWindow()
{
    const QSettings &settings = m_profile->settings();
    WindowState state;
    state.size = settings.value(kSizeKey, state.size).toSize();
    state.listWidth = settings.value(kListWidthKey, state.listWidth).toInt();
    state.maximized = settings.value(kMaximizedKey, false).toBool();
    m_window.restore(state);
}

void Application::saveWindow()
{
    const WindowState state = m_window.windowState();
    m_profile->settings().setValue(kSizeKey, state.size);
    m_profile->settings().setValue(kListWidthKey, state.listWidth);
    m_profile->settings().setValue(kMaximizedKey, state.maximized);
}

void Application::connectWindow()
{
    connect(&m_window, &MainWindow::accountChosen, this,
        [this](const QString &id) { show(account(id)); });
    connect(&m_window, &MainWindow::addAccountRequested, this,
        [this] { signIn().restart(); });
    connect(&m_window, &MainWindow::newChatRequested, this, &Application::openNewChat);
    connect(&m_window, &MainWindow::settingsRequested, &m_settings, &SettingsFlow::open);
    connect(&m_window, &MainWindow::quitRequested, qApp, &QApplication::quit);
    connect(&m_window, &MainWindow::closing, this, &Application::saveWindow);
    connect(&m_window, &MainWindow::signInPageRequested, this, [this] { signIn().signIn(); });
    connect(&m_window, &MainWindow::textPercentRequested, &m_settings, [this](int percent) {
        m_settings.applyAppearance({m_theme.mode(), percent, m_theme.density()});
    });
}

void Application::connectSettings()
{
    connect(&m_settings, &SettingsFlow::accountChosen, this,
        [this](const QString &id) { show(account(id)); });
    connect(&m_settings, &SettingsFlow::addAccountRequested, this, [this] {
        m_settings.close();
        signIn().restart();
    });
    connect(&m_settings, &SettingsFlow::removeAccountRequested, this, [this](const QString &id) {
        removeAccount(id);
        if (m_accounts.empty())
            m_settings.close();
    });
}

/// The database thread reads the chats while the window is being built; the shown ones first.
void Application::openAccounts()
{
    for (const AccountConfig &config : m_profile->accounts()) {
        m_accounts.push_back(std::make_shared<Account>(config, surroundings()));
        watch(m_accounts.back().get());
    }
    if (Account *last = account(m_profile->currentAccount()))
        last->openArchive(m_profile->lastChat(last->id()));
    for (const std::shared_ptr<Account> &opened : m_accounts)
        opened->openArchive();
}

void Application::showAccounts()
{
    if (m_accounts.empty()) {
        signIn().restart();
        return;
    }
    Account *last = account(m_profile->currentAccount());
    show(last ? last : m_accounts.front().get());
}

Account *Application::account(const QString &id) const
{
    const auto found = std::find_if(m_accounts.begin(), m_accounts.end(),
        [&](const std::shared_ptr<Account> &opened) { return opened->id() == id; });
    return found == m_accounts.end() ? nullptr : found->get();
}

Account *Application::current() const
{
    return m_shown ? &m_shown->account() : nullptr;
}

void Application::watch(Account *opened)
{
    connect(&m_wakeWatch, &WakeWatch::woke, &opened->service(), &ChatService::wake);
    connect(&m_wakeWatch, &WakeWatch::networkChanged, &opened->service(), &ChatService::networkChanged);
    connect(
        &m_wakeWatch, &WakeWatch::portalChanged, &opened->service(), &ChatService::setBehindPortal);
    connect(opened, &Account::configChanged, this, &Application::refreshAccounts);
    connect(opened, &Account::secretsInFile, this, [this, opened] { tellAboutSecrets(opened); });
    connect(opened, &Account::localServerFailed, &m_window,
        [this](const QString &sentence) { m_window.showError({sentence, {}}); });
    const auto refreshSoon = [this] { m_refresh.start(); };
    connect(&opened->service(), &ChatService::phaseChanged, this, refreshSoon);
    connect(&opened->topics(), &TopicList::topicChanged, this, refreshSoon);
    connect(&opened->topics(), &TopicList::selfChanged, this, refreshSoon);
}

void Application::watchNetwork(Account &opened)
{
    if (opened.config().kind == ServerKind::Local)
        return;
    m_wakeWatch.watchNetwork();
    opened.service().setBehindPortal(m_wakeWatch.isBehindPortal());
}

SignInFlow &Application::signIn()
{
    if (!m_signIn) {
        m_signIn = std::make_unique<SignInFlow>(*m_window.signInPages(), surroundings());
        connect(m_signIn.get(), &SignInFlow::accountAdded, this, &Application::adopt);
    }
    return *m_signIn;
}

void Application::adopt(std::shared_ptr<Account> added)
{
    m_accounts.push_back(added);
    watch(added.get());
    watchNetwork(*added);
    show(added.get());
    if (signIn().keptSecretsInFile())
        tellAboutSecrets(added.get());
}

void Application::show(Account *chosen)
{
    if (!chosen)
        return;
    m_shown.reset();
    m_shown = std::make_unique<ShownAccount>(*chosen, m_window, *m_profile);
    m_profile->setCurrentAccount(chosen->id());
    refreshAccounts();
    m_window.showChats();
}

void Application::removeAccount(const QString &id)
{
    Account *gone = account(id);
    if (!gone)
        return;
    if (current() == gone)
        m_shown.reset();
    gone->signOut();
    std::erase_if(m_accounts,
        [&](const std::shared_ptr<Account> &opened) { return opened.get() == gone; });
    m_profile->remove(id);
    if (m_accounts.empty())
        signIn().restart();
    else if (!m_shown)
        show(m_accounts.front().get());
    refreshAccounts();
}

void Application::refreshAccounts()
{
    QList<AccountEntry> entries;
    for (const std::shared_ptr<Account> &opened : m_accounts)
        entries << viewOf(*opened);
    const QString id = current() ? current()->id() : QString();
    m_window.setAccounts(entries, id);
    m_settings.setAccounts(entries, current());
    followLink();
}

void Application::openLink(const QString &text)
{
    m_link = wire::readTopicLink(text);
    if (m_link)
        followLink();
    else
        m_window.showError({tr("This link leads to no message of Confab."), {}});
}

void Application::followLink()
{
    if (!m_link)
        return;
    const TopicName topic = m_link->topic;
    const auto hasIt = [&topic](const Account *opened) { return opened->topics().find(topic) != nullptr; };
    Account *owner = current() && hasIt(current()) ? current() : nullptr;
    bool allOnline = true;
    for (const std::shared_ptr<Account> &opened : m_accounts) {
        if (!owner && hasIt(opened.get()))
            owner = opened.get();
        allOnline = allOnline && opened->service().isOnline();
    }
    if (!owner && !allOnline)
        return; // its chat may still come, from the disk or from the server
    const Seq seq = std::exchange(m_link, std::nullopt)->seq;
    if (!owner) {
        m_window.showError({tr("The chat that this link leads to is not among yours."),
            tr("Ask for an invitation to it.")});
        return;
    }
    if (owner != current())
        show(owner);
    m_window.openMessage(topic, seq);
}

void Application::tellAboutSecrets(Account *account)
{
    // Once for each account is enough.
    const QString key = kFileNoticeKey + u'/' + account->id();
    if (account != current() || m_profile->settings().value(key).toBool())
        return;
    m_profile->settings().setValue(key, true);
    BannerContent notice;
    notice.kind = BannerContent::Kind::Notice;
    notice.why = {tr("There is no system keyring here, so what keeps you signed in is in a file that "
                     "only you can read."),
        {}};
    m_window.setBanner(notice);
}

void Application::openNewChat()
{
    Account *shown = current();
    if (!shown || m_newChat)
        return;
    m_newChat = new NewChatDialog(m_theme, &m_window);
    m_newChat->setAttribute(Qt::WA_DeleteOnClose);
    m_newChat->setOwnId(shown->config().user);
    ChatService *service = &shown->service();
    NewChatDialog *dialog = m_newChat;
    connect(dialog, &NewChatDialog::searchRequested, service, &ChatService::find);
    connect(dialog, &NewChatDialog::chatRequested, service, &ChatService::startChat);
    connect(dialog, &NewChatDialog::groupRequested, service, &ChatService::createGroup);
    connect(service, &ChatService::found, dialog,
        [dialog](const QString &query, const QList<FoundTopic> &topics) {
            QList<FoundPerson> people;
            for (const FoundTopic &topic : topics)
                people << viewOf(topic);
            dialog->setResults(query, people);
        });
    connect(service, &ChatService::topicReady, dialog, &QDialog::accept);
    connect(service, &ChatService::actionFailed, dialog,
        [dialog](const ServiceError &error) { dialog->showError(viewOf(error)); });
    dialog->open();
}

}
