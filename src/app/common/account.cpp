#include "app/common/account.h"

#include <QRandomGenerator>

namespace confab {

namespace {

const auto kToken = QStringLiteral("token");
const auto kPassword = QStringLiteral("password");

/// 160 random bits; nobody types it.
QString randomWord(int bytes)
{
    QByteArray random(bytes, Qt::Uninitialized);
    for (char &byte : random)
        byte = char(QRandomGenerator::system()->bounded(256));
    return QString::fromLatin1(random.toHex());
}

ChatService::Parts partsOf(
    const Account::Surroundings &surroundings, const QString &folder, TopicList &topics, Archive &archive)
{
    ChatService::Parts parts;
    parts.sessions = surroundings.sessions;
    parts.networkThread = surroundings.threads->network();
    parts.topics = &topics;
    parts.archive = &archive;
    parts.folder = folder;
    return parts;
}

}

Account::Account(AccountConfig config, Surroundings surroundings, QObject *parent)
    : QObject(parent)
    , m_config(std::move(config))
    , m_surroundings(std::move(surroundings))
    , m_secrets(m_surroundings.profile->accountFolder(m_config.id), m_config.id)
    , m_archive(
          m_surroundings.profile->accountFolder(m_config.id), m_surroundings.threads->database())
    , m_service(m_config, partsOf(m_surroundings, folder(), m_topics, m_archive))
{
    connect(&m_secrets, &SecretStore::keptInFile, this, &Account::secretsInFile);
    connect(&m_service, &ChatService::signedIn, this, &Account::keepSession);
    connect(&m_service, &ChatService::phaseChanged, this, &Account::onPhase);
    connect(&m_service, &ChatService::tokenRejected, this, [this] {
        m_secrets.remove(kToken);
        if (m_config.kind == ServerKind::Local)
            signInWithKeptPassword();
    });
    if (m_config.kind == ServerKind::Local) {
        LocalServerHost *host = m_surroundings.localServer;
        connect(host, &LocalServerHost::available, this, &Account::serverAvailable);
        connect(host, &LocalServerHost::failed, this, &Account::localServerFailed);
    }
}

Account::~Account() = default;

QString Account::title() const
{
    const QString name = m_topics.selfCard().name;
    if (!name.isEmpty())
        return name;
    return m_config.displayName.isEmpty() ? m_config.login : m_config.displayName;
}

QString Account::serverName() const
{
    return m_config.kind == ServerKind::Local ? tr("This computer") : m_config.url.authority();
}

int Account::unread() const
{
    int sum = 0;
    for (int row = 0; row < m_topics.count(); ++row) {
        if (!m_topics.at(row)->info().muted)
            sum += m_topics.at(row)->unread();
    }
    return sum;
}

void Account::start()
{
    if (m_config.kind != ServerKind::Local) {
        goOn();
        return;
    }
    m_whenServerIsThere = [this] { goOn(); };
    m_surroundings.localServer->ensure();
}

void Account::openArchive(const TopicName &chat)
{
    m_service.openArchive(chat);
}

void Account::goOn()
{
    if (m_config.kind == ServerKind::Plain) {
        m_service.start();
        return;
    }
    m_secrets.read(kToken, [this](const QByteArray &token) {
        m_service.start(token);
        if (token.isEmpty() && m_config.kind == ServerKind::Local)
            signInWithKeptPassword();
    });
}

void Account::signInWithKeptPassword()
{
    m_secrets.read(kPassword, [this](const QByteArray &password) {
        if (!password.isEmpty())
            m_service.signIn(m_config.login, QString::fromUtf8(password));
    });
}

void Account::createLocal()
{
    constexpr int kLoginBytes = 5;
    constexpr int kPasswordBytes = 20;
    m_config.login = QStringLiteral("local") + randomWord(kLoginBytes);
    const QString password = randomWord(kPasswordBytes);
    m_surroundings.profile->save(m_config);
    m_secrets.write(kPassword, password.toUtf8());
    m_whenServerIsThere = [this, password] {
        m_service.start();
        m_service.createAccount(m_config.login, password, m_config.displayName);
    };
    m_surroundings.localServer->ensure();
}

void Account::serverAvailable(const QUrl &channels)
{
    const bool moved = m_config.url != channels;
    if (moved) {
        m_config.url = channels;
        m_surroundings.profile->save(m_config);
        m_service.setConfig(m_config);
    }
    if (auto go = std::exchange(m_whenServerIsThere, {}))
        go();
    else if ((moved || m_surroundings.localServer->isHosting())
        && std::holds_alternative<Waiting>(m_service.phase()))
        m_service.reconnectNow(); // else another program's server is still where it was: backoff
}

void Account::onPhase(const Phase &phase)
{
    // The program that ran the local server may have ended: then this one runs it from here on.
    const bool lost = std::holds_alternative<Waiting>(phase);
    if (lost && m_config.kind == ServerKind::Local && !m_surroundings.localServer->isHosting())
        m_surroundings.localServer->ensure();
}

void Account::signIn(const QString &login, const QString &password)
{
    m_config.login = login;
    m_service.signIn(login, password);
}

void Account::createAccount(const QString &login, const QString &password,
    const QString &displayName, const QString &invite)
{
    m_config.login = login;
    m_config.displayName = displayName;
    m_service.createAccount(login, password, displayName, invite);
}

void Account::keepSession(const SignedIn &session)
{
    m_secrets.write(kToken, session.token);
    AccountConfig config = m_config;
    config.user = session.user;
    if (!session.login.isEmpty())
        config.login = session.login;
    if (config == m_config)
        return;
    m_config = config;
    m_surroundings.profile->save(m_config);
    emit configChanged();
}

void Account::setConfig(AccountConfig config)
{
    config.id = m_config.id;
    if (config == m_config)
        return;
    m_config = std::move(config);
    m_surroundings.profile->save(m_config);
    m_service.setConfig(m_config);
    emit configChanged();
}

void Account::signOut()
{
    m_secrets.removeAll();
    m_service.signOut();
}

}
