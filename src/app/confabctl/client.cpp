#include "app/confabctl/client.h"

#include "app/confabctl/linereader.h"

#include <QCoreApplication>

#include <iostream>
#include <string>
#include <unistd.h>

namespace confab {

namespace {

const auto kSaved = QStringLiteral("slf");
constexpr std::chrono::seconds kSavedPatience{2};

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
    switch (kind) {
    case ErrorKind::UnknownHost:
    case ErrorKind::Refused:
    case ErrorKind::Unreachable:
    case ErrorKind::TimedOut:
    case ErrorKind::TlsNotTrusted:
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
    else if (openAccount())
        m_account->start();
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
    watchAccount();
    m_deadline.start();
}

void Client::watchAccount()
{
    ChatService &service = m_account->service();
    connect(&service, &ChatService::phaseChanged, this, &Client::onPhase);
    connect(&service, &ChatService::synced, this, &Client::connected);
    connect(&service, &ChatService::signInFailed, this,
        [this](const ServiceError &error) { fail(error, exitCodeOf(error.kind)); });
    connect(&service, &ChatService::actionFailed, this,
        [this](const ServiceError &error) { fail(error, exitCodeOf(error.kind)); });
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

void Client::end(int exitCode)
{
    m_deadline.stop();
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
    QString sentence = error.sentence + u' ' + error.nextStep;
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
        fail(stopped->why,
            stopped->needsSignIn ? exitcode::kNotSignedIn : exitCodeOf(stopped->why.kind));
    } else if (const auto *waiting = std::get_if<Waiting>(&phase); waiting && !m_connected) {
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
        m_account->createAccount(wanted.login, password, wanted.displayName);
    else
        m_account->signIn(wanted.login, password);
}

void Client::connected()
{
    if (m_connected)
        return; // synced again after a reconnect
    m_connected = true;
    m_deadline.stop();
    switch (m_options.command) {
    case Options::Command::Login:
        finishLogin();
        break;
    case Options::Command::WhoAmI:
        whoAmI();
        break;
    case Options::Command::List:
        list();
        break;
    case Options::Command::Send:
        resolve(m_options.topic, &Client::send);
        break;
    case Options::Command::History:
        resolve(m_options.topic, &Client::history);
        break;
    case Options::Command::Tail:
        if (m_options.topic.isEmpty())
            tail({});
        else
            resolve(m_options.topic, &Client::tail);
        break;
    case Options::Command::Find:
        find();
        break;
    case Options::Command::Logout:
        logout();
        break;
    }
}

void Client::finishLogin()
{
    // The first sign-in makes "Saved messages" a moment after the list of chats has come.
    TopicList &topics = m_account->topics();
    if (m_account->config().kind == ServerKind::Plain || topics.find(kSaved)) {
        whoAmI();
        return;
    }
    connect(&topics, &TopicList::added, this, [this](Topic *topic) {
        if (topic->name() == kSaved)
            whoAmI();
    });
    // Some servers have none.
    QTimer::singleShot(kSavedPatience, this, &Client::whoAmI);
}

void Client::resolve(const QString &named, void (Client::*then)(const TopicName &))
{
    const TopicList &topics = m_account->topics();
    if (topics.find(named)) {
        (this->*then)(named);
        return;
    }
    QList<TopicName> titled;
    for (int row = 0; row < topics.count(); ++row) {
        if (topics.at(row)->title().compare(named, Qt::CaseInsensitive) == 0)
            titled << topics.at(row)->name();
    }
    if (titled.size() == 1) {
        (this->*then)(titled.first());
        return;
    }
    if (titled.isEmpty() && wire::isUserId(named)) {
        connect(&m_account->service(), &ChatService::topicReady, this, then);
        m_deadline.start();
        m_account->service().startChat(named);
        return;
    }
    complain(titled.isEmpty()
            ? tr("there is no chat \"%1\". See: confabctl list").arg(named)
            : tr("several chats are called \"%1\". Use an id; see: confabctl list").arg(named));
    end(exitcode::kFailed);
}

void Client::list()
{
    const TopicList &topics = m_account->topics();
    for (int row = 0; row < topics.count(); ++row)
        m_printer.topic(*topics.at(row));
    end(exitcode::kDone);
}

void Client::send(const TopicName &topic)
{
    ChatService &service = m_account->service();
    const auto endWhenAllAreThere = [this] {
        if (m_allRead && m_toQueue == 0 && m_waiting.isEmpty())
            end(exitcode::kDone);
    };
    connect(&service, &ChatService::messageQueued, this, [this](const TopicName &, const QString &cid) {
        --m_toQueue;
        m_waiting.insert(cid);
    });
    connect(&service, &ChatService::messageSent, this,
        [this, endWhenAllAreThere](const TopicName &, const QString &cid) {
            m_waiting.remove(cid);
            if (m_waiting.isEmpty() && m_toQueue == 0)
                m_deadline.stop(); // the next line may be long in coming
            else
                m_deadline.start();
            endWhenAllAreThere();
        });
    connect(&service, &ChatService::messageFailed, this,
        [this](const TopicName &, const QString &, const ServiceError &error) {
            fail(error, exitCodeOf(error.kind));
        });

    if (!m_options.lines) {
        m_deadline.start();
        sendLine(topic, m_options.text);
        m_allRead = true;
        endWhenAllAreThere();
        return;
    }
    auto *lines = new LineReader(STDIN_FILENO, this);
    connect(lines, &LineReader::lineRead, this, [this, topic](const QString &line) {
        m_deadline.start();
        sendLine(topic, line);
    });
    connect(lines, &LineReader::finished, this, [this, endWhenAllAreThere] {
        m_allRead = true;
        endWhenAllAreThere();
    });
}

void Client::sendLine(const TopicName &topic, const QString &line)
{
    if (line.trimmed().isEmpty())
        return; // an empty line is no message
    ++m_toQueue;
    m_account->service().send(topic, line);
}

void Client::history(const TopicName &name)
{
    Topic *topic = m_account->topics().find(name);
    connect(topic, &Topic::loadingChanged, this, [this, topic] { historyGrew(topic); });
    m_deadline.start();
    m_account->service().openTopic(name);
}

void Client::historyGrew(Topic *topic)
{
    m_deadline.start();
    if (topic->isLoading())
        return;
    const Timeline &timeline = topic->timeline();
    const Seq end = topic->info().seq + 1;
    if (timeline.firstSeq() > 0 && !timeline.known().holes({timeline.firstSeq(), end}).isEmpty())
        return; // from the disk so far; the service is fetching what came since
    const int wanted = m_options.limit;
    if (!topic->isAtStart() && (wanted == 0 || timeline.messageCount() < wanted)) {
        m_account->service().loadOlder(topic->name());
        return;
    }
    topic->disconnect(this);
    printHistory(*topic);
}

void Client::printHistory(const Topic &topic)
{
    const int count = topic.timeline().messageCount();
    const int first = m_options.limit > 0 ? qMax(0, count - m_options.limit) : 0;
    for (int row = first; row < count; ++row)
        m_printer.message(m_account->topics(), topic.name(), topic.timeline().message(row));
    end(exitcode::kDone);
}

void Client::tail(const TopicName &wanted)
{
    connect(&m_account->service(), &ChatService::messagesReceived, this,
        [this, wanted](const TopicName &topic, const QList<Message> &messages) {
            if (!wanted.isEmpty() && topic != wanted)
                return;
            for (const Message &message : messages)
                m_printer.message(m_account->topics(), topic, message);
        });
    if (!wanted.isEmpty())
        m_account->service().openTopic(wanted);
}

void Client::find()
{
    connect(&m_account->service(), &ChatService::found, this,
        [this](const QString &, const QList<FoundTopic> &topics) {
            for (const FoundTopic &topic : topics)
                m_printer.found(topic);
            end(exitcode::kDone);
        });
    m_deadline.start();
    m_account->service().find(m_options.query);
}

void Client::whoAmI()
{
    if (std::exchange(m_told, true))
        return;
    m_printer.whoAmI(m_account->config().user, m_account->title(), m_account->config().login,
        m_account->serverName());
    end(exitcode::kDone);
}

void Client::logout()
{
    m_account->service().disconnect(this);
    m_account->signOut();
    end(exitcode::kDone);
}

}
