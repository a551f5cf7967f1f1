#include "app/confab/signinflow.h"

#include "app/confab/viewtext.h"
#include "widgets/firstrunpage.h"
#include "widgets/namepage.h"

namespace confab {

namespace {

/// Where on the login page an error belongs.
LoginPage::Field fieldOf(ErrorKind kind)
{
    if (isUnreached(kind))
        return LoginPage::Field::Address;
    switch (kind) {
    case ErrorKind::WrongPassword:
    case ErrorKind::PasswordNotAllowed:
        return LoginPage::Field::Password;
    case ErrorKind::LoginTaken:
    case ErrorKind::LoginNotAllowed:
        return LoginPage::Field::Login;
    case ErrorKind::InviteNeeded:
        return LoginPage::Field::Invite;
    case ErrorKind::BadAddress:
    case ErrorKind::WrongApiKey:
    case ErrorKind::NotTinode:
    case ErrorKind::ProtocolTooOld:
        return LoginPage::Field::Address;
    default:
        return LoginPage::Field::Form;
    }
}

QString systemUserName()
{
    const QString name = qEnvironmentVariable("USER");
    return name == QLatin1String("root") ? QString() : name;
}

}

SignInFlow::SignInFlow(SignInPages &pages, Account::Surroundings surroundings, QObject *parent)
    : QObject(parent)
    , m_pages(pages)
    , m_surroundings(std::move(surroundings))
    , m_probe(m_surroundings.sessions, m_surroundings.threads->network())
{
    connectFirstRun();
    connectLogin();
    connectPlain();
    connect(&m_probe, &ServerProbe::finished, this, [this](const ProbeReport &report) {
        m_pages.login()->setProbeResult(viewOf(report));
        m_pages.plain()->setProbeResult(viewOf(report));
    });
}

SignInFlow::~SignInFlow()
{
    giveUp();
}

void SignInFlow::restart()
{
    giveUp();
    m_pages.showFirstRun();
}

void SignInFlow::signIn()
{
    giveUp();
    m_pages.showLogin();
}

void SignInFlow::connectFirstRun()
{
    FirstRunPage *page = m_pages.firstRun();
    connect(page, &FirstRunPage::startHereChosen, this,
        [this] { m_pages.showName(systemUserName()); });
    connect(page, &FirstRunPage::connectChosen, this, [this] { m_pages.showLogin(); });
    connect(page, &FirstRunPage::plainChosen, this,
        [this] { m_pages.showPlain(systemUserName()); });
    connect(m_pages.name(), &NamePage::startRequested, this, &SignInFlow::startLocal);
    connect(m_pages.name(), &FormPage::backRequested, this, &SignInFlow::giveUp);
}

void SignInFlow::connectLogin()
{
    LoginPage *page = m_pages.login();
    page->setNotice(tr("What keeps you signed in is stored in the system keyring."));
    connect(page, &LoginPage::addressEdited, page, [page](const QString &typed) {
        const auto address = parseTinodeAddress(typed);
        page->setAddressHint(address ? address->shown : QString());
    });
    connect(page, &LoginPage::testRequested, this, [this, page](const QString &typed) {
        const auto address = parseTinodeAddress(typed);
        if (address)
            m_probe.run(*address, ServerKind::Tinode, {});
        else
            page->showError(viewOf(address.error()), LoginPage::Field::Address);
    });
    connect(page, &LoginPage::submitted, this, &SignInFlow::startTinode);
    connect(page, &FormPage::backRequested, this, &SignInFlow::giveUp);
}

void SignInFlow::connectPlain()
{
    PlainPage *page = m_pages.plain();
    connect(page, &PlainPage::addressEdited, page, [page](const QString &typed) {
        const auto address = parsePlainAddress(typed);
        page->setAddressHint(address ? address->shown : QString());
    });
    connect(page, &PlainPage::testRequested, this, [this, page](const QString &typed) {
        const auto address = parsePlainAddress(typed);
        if (address)
            m_probe.run(*address, ServerKind::Plain, {});
        else
            page->showError(viewOf(address.error()));
    });
    connect(page, &PlainPage::submitted, this, &SignInFlow::startPlain);
    connect(page, &FormPage::backRequested, this, &SignInFlow::giveUp);
}

void SignInFlow::makeAttempt(AccountConfig config)
{
    giveUp();
    m_attempt = std::make_shared<Account>(
        m_surroundings.profile->add(std::move(config)), m_surroundings);
    Account *account = m_attempt.get();
    connect(account, &Account::secretsInFile, this, [this] { m_secretsInFile = true; });
    connect(account, &Account::localServerFailed, this, [this](const QString &sentence) {
        m_pages.name()->showError({sentence, {}});
        giveUp();
    });
    // The list of chats is the first thing shown, so wait for it: it follows the sign-in at once.
    connect(&account->service(), &ChatService::synced, this, &SignInFlow::succeed);
    connect(&account->service(), &ChatService::signInFailed, this, &SignInFlow::fail);
    connect(&account->service(), &ChatService::phaseChanged, this, &SignInFlow::onPhase);
}

void SignInFlow::startLocal(const QString &displayName)
{
    AccountConfig config;
    config.kind = ServerKind::Local;
    config.displayName = displayName;
    makeAttempt(config);
    m_attempt->createLocal();
}

void SignInFlow::startTinode(const LoginPage::Request &request)
{
    const auto address = parseTinodeAddress(request.address);
    if (!address) {
        m_pages.login()->showError(viewOf(address.error()), LoginPage::Field::Address);
        return;
    }
    AccountConfig config;
    config.url = address->channels;
    config.login = request.login;
    config.displayName = request.displayName;
    makeAttempt(config);
    m_attempt->start();
    if (request.create)
        m_attempt->createAccount(
            request.login, request.password, request.displayName, request.invite);
    else
        m_attempt->signIn(request.login, request.password);
}

void SignInFlow::startPlain(const PlainPage::Request &request)
{
    const auto address = parsePlainAddress(request.address);
    if (!address) {
        m_pages.plain()->showError(viewOf(address.error()));
        return;
    }
    AccountConfig config;
    config.kind = ServerKind::Plain;
    config.url = address->channels;
    config.displayName = request.displayName;
    config.plainText = request.text;
    makeAttempt(config);
    m_attempt->start();
}

void SignInFlow::onPhase(const Phase &phase)
{
    // Here a link that can't be made is an answer, not something to wait for.
    if (const auto *waiting = std::get_if<Waiting>(&phase))
        fail(waiting->why);
    else if (const auto *stopped = std::get_if<Stopped>(&phase); stopped && !stopped->needsSignIn)
        fail(stopped->why);
}

void SignInFlow::fail(const ServiceError &error)
{
    if (!m_attempt)
        return;
    const ErrorText text = viewOf(error);
    switch (m_attempt->config().kind) {
    case ServerKind::Local:
        m_pages.name()->showError(text);
        break;
    case ServerKind::Tinode:
        m_pages.login()->showError(text, fieldOf(error.kind));
        break;
    case ServerKind::Plain:
        m_pages.plain()->showError(text);
        break;
    }
    giveUp();
}

void SignInFlow::succeed()
{
    const std::shared_ptr<Account> account = std::exchange(m_attempt, nullptr);
    account->disconnect(this);
    account->service().disconnect(this);
    emit accountAdded(account);
}

void SignInFlow::giveUp()
{
    m_probe.cancel();
    const std::shared_ptr<Account> attempt = std::exchange(m_attempt, nullptr);
    if (!attempt)
        return;
    attempt->disconnect(this);
    attempt->service().disconnect(this);
    m_surroundings.profile->remove(attempt->id());
    // A signal of the service may be on the stack: it goes when the loop is back. Its folder is gone
    // by then, and stays gone.
    QMetaObject::invokeMethod(this, [attempt] { attempt->signOut(); }, Qt::QueuedConnection);
}

}
