#include "app/confabctl/client.h"

#include "app/confabctl/commands.h"

#include <iostream>
#include <string>

namespace confab {

namespace {

/// The first line of standard input. Waits for it: nothing else is under way yet.
QString readPassword()
{
    std::string line;
    std::getline(std::cin, line);
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    return QString::fromUtf8(line.data(), qsizetype(line.size()));
}

int exitCodeOf(ErrorKind kind)
{
    if (isUnreached(kind))
        return exitcode::kNoConnection;
    switch (kind) {
    case ErrorKind::ConnectionLost:
    case ErrorKind::PingFailed:
    case ErrorKind::ServerStopping:
    case ErrorKind::ServerBusy:
        return exitcode::kNoConnection;
    case ErrorKind::SessionExpired:
        return exitcode::kNotSignedIn;
    default:
        return exitcode::kFailed;
    }
}

bool isNamed(const AccountConfig &config, const QString &which)
{
    return config.id == which || config.login == which || config.url.authority() == which;
}

}

Client::Client(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_printer(m_options.json)
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(std::chrono::seconds(m_options.timeout));
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        complain(tr("the server did not answer in time. Check the connection, or allow more time "
                    "with --timeout."));
        end(exitcode::kNoConnection);
    });
}

Client::~Client() = default;

void Client::run()
{
    if (!openProfile())
        return;
    m_threads = std::make_unique<Threads>();
    if (m_options.command == Options::Command::Login)
        login();
    else if (!openAccount())
        return; // it has told why
    else if (m_command->needsConnection())
        m_account->start();
    else
        m_account->openArchive();
}

bool Client::openProfile()
{
    DataFolders folders = DataFolders::standard();
    if (!m_options.dataDir.isEmpty())
        folders.root = m_options.dataDir;
    auto profile = Profile::open(folders.profile(m_options.profile));
    if (!profile) {
        complain(profile.error());
        end(exitcode::kProfileInUse);
        return false;
    }
    m_profile = std::move(profile).value();
    m_localServer = std::make_unique<LocalServerHost>(folders.localServer());
    return true;
}

const AccountConfig *Client::chooseAccount(const QList<AccountConfig> &accounts) const
{
    const QString current = m_profile->currentAccount();
    for (const AccountConfig &config : accounts) {
        if (m_options.account.isEmpty() ? config.id == current : isNamed(config, m_options.account))
            return &config;
    }
    return m_options.account.isEmpty() && !accounts.isEmpty() ? &accounts.first() : nullptr;
}

bool Client::openAccount()
{
    const QList<AccountConfig> accounts = m_profile->accounts();
    const AccountConfig *chosen = chooseAccount(accounts);
    if (!chosen) {
        complain(m_options.account.isEmpty()
                ? tr("this profile has no account yet. Use: confabctl login ADDRESS --user U "
                     "--password-stdin")
                : tr("this profile has no account \"%1\".").arg(m_options.account));
        end(exitcode::kNotSignedIn);
        return false;
    }
    makeAccount(*chosen);
    return true;
}

void Client::makeAccount(const AccountConfig &config)
{
    Account::Surroundings surroundings;
    surroundings.profile = m_profile.get();
    surroundings.threads = m_threads.get();
    surroundings.localServer = m_localServer.get();
    surroundings.sessions = socketSessionFactory();
    m_account = std::make_unique<Account>(config, surroundings);
    m_command = makeCommand({*m_account, m_options, m_printer});
    watchAccount();
    watchCommand();
    if (!m_options.wait)
        m_deadline.start();
}

void Client::watchAccount()
{
    ChatService &service = m_account->service();
    connect(&service, &ChatService::phaseChanged, this, &Client::onPhase);
    connect(&service, m_command->needsConnection() ? &ChatService::synced : &ChatService::restored,
        this, &Client::startCommand);
    connect(&service, &ChatService::signInFailed, this,
        [this](const ServiceError &error) { fail(error, exitCodeOf(error.kind)); });
    connect(&service, &ChatService::actionFailed, this,
        [this](const ServiceError &error) { fail(error, exitCodeOf(error.kind)); });
    connect(&service, &ChatService::noticed, this, [](const ServiceError &notice) {
        complain(notice.sentences());
    });
    connect(m_account.get(), &Account::localServerFailed, this, [this](const QString &sentence) {
        complain(sentence);
        end(exitcode::kNoConnection);
    });
    if (m_options.command != Options::Command::Login)
        return;
    connect(m_account.get(), &Account::secretsInFile, this, [] {
        complain(tr("there is no keychain: the session is kept in a file that only you can read."));
    });
}

void Client::watchCommand()
{
    connect(m_command.get(), &AbstractCommand::finished, this, &Client::end);
    connect(m_command.get(), &AbstractCommand::failed, this,
        [this](const ServiceError &error) { fail(error, exitCodeOf(error.kind)); });
    connect(m_command.get(), &AbstractCommand::waiting, &m_deadline, qOverload<>(&QTimer::start));
    connect(m_command.get(), &AbstractCommand::idle, &m_deadline, &QTimer::stop);
}

void Client::startCommand()
{
    if (std::exchange(m_started, true))
        return; // synced again after a reconnect
    m_deadline.stop();
    m_command->start();
}

void Client::end(int exitCode)
{
    if (std::exchange(m_ended, true))
        return;
    m_deadline.stop();
    if (const QString comfort = m_command ? m_command->consolation() : QString(); !comfort.isEmpty())
        complain(comfort);
    if (!m_account) {
        emit finished(exitCode);
        return;
    }
    m_account->service().disconnect(this);
    m_account->service().stop();
    if (m_newAccount && exitCode != exitcode::kDone)
        m_account->signOut();
    m_account->whenKept([this, exitCode] {
        if (m_newAccount && exitCode != exitcode::kDone)
            m_profile->remove(m_account->id());
        emit finished(exitCode);
    });
}

void Client::fail(const ServiceError &error, int exitCode)
{
    QString sentence = error.sentences();
    if (!error.detail.isEmpty())
        sentence += QStringLiteral(" (%1)").arg(error.detail);
    complain(sentence);
    end(exitCode);
}

void Client::onPhase(const Phase &phase)
{
    if (const auto *stopped = std::get_if<Stopped>(&phase)) {
        if (stopped->needsSignIn && m_signingIn)
            return; // the answer to the sign-in is still to come
        if (m_started && m_options.command == Options::Command::Logout)
            return; // as it should be
        fail(stopped->why,
            stopped->needsSignIn ? exitcode::kNotSignedIn : exitCodeOf(stopped->why.kind));
    } else if (const auto *waiting = std::get_if<Waiting>(&phase); waiting && !m_started && !m_options.wait) {
        // A script wants to know at once; its own schedule tries again.
        if (m_account->config().kind != ServerKind::Local)
            fail(waiting->why, exitCodeOf(waiting->why.kind));
    }
}

void Client::login()
{
    if (m_options.address == QLatin1String("local")) {
        loginTo({});
        return;
    }
    auto address = m_options.plain ? parsePlainAddress(m_options.address)
                                   : parseTinodeAddress(m_options.address);
    if (!address) {
        fail(address.error(), exitcode::kUsage);
        return;
    }
    loginTo(*address);
}

void Client::loginTo(const ServerAddress &address)
{
    AccountConfig wanted;
    wanted.kind = m_options.plain ? ServerKind::Plain : ServerKind::Tinode;
    if (m_options.address == QLatin1String("local"))
        wanted.kind = ServerKind::Local;
    wanted.url = address.channels;
    wanted.login = m_options.user;
    wanted.displayName = m_options.displayName.isEmpty() ? m_options.user : m_options.displayName;

    const QList<AccountConfig> accounts = m_profile->accounts();
    const auto same = std::find_if(accounts.begin(), accounts.end(), [&](const AccountConfig &config) {
        return config.kind == wanted.kind && config.url == wanted.url && config.login == wanted.login;
    });
    const bool exists = same != accounts.end() && wanted.kind != ServerKind::Local;
    m_newAccount = !exists;
    const AccountConfig config = exists ? *same : m_profile->add(wanted);
    m_profile->setCurrentAccount(config.id);
    makeAccount(config);
    m_signingIn = true;
    if (wanted.kind == ServerKind::Local) {
        m_account->createLocal();
        return;
    }
    m_account->start();
    if (wanted.kind == ServerKind::Plain)
        return;
    const QString password = readPassword();
    if (m_options.create)
        m_account->createAccount(wanted.login, password, wanted.displayName, m_options.invite);
    else
        m_account->signIn(wanted.login, password);
}

}
