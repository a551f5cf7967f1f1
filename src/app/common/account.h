#pragma once

#include "app/common/localserverhost.h"
#include "app/common/profile.h"
#include "app/common/secretstore.h"
#include "app/common/threads.h"
#include "service/chatservice.h"
#include "store/archive/archive.h"
#include "store/topiclist.h"

#include <QObject>

#include <memory>

namespace confab {

/// One account with everything that hangs on it: folder, settings, secrets, store, archive, service.
/// Keeps the token that a sign-in yields, and gives it back at the next start. GUI thread; made by the
/// programs' composition roots, no two know of each other.
class Account : public QObject
{
    Q_OBJECT

public:
    /// Shared by all accounts of a program; they outlive them.
    struct Surroundings {
        Profile *profile = nullptr;
        Threads *threads = nullptr;
        LocalServerHost *localServer = nullptr;
        SessionFactory sessions;
    };

    Account(AccountConfig config, Surroundings surroundings, QObject *parent = nullptr);
    ~Account() override;

    const AccountConfig &config() const { return m_config; }
    QString id() const { return m_config.id; }
    QString folder() const { return m_surroundings.profile->accountFolder(m_config.id); }
    ChatService &service() { return m_service; }
    const ChatService &service() const { return m_service; }
    Archive &archive() { return m_archive; }
    TopicList &topics() { return m_topics; }
    const TopicList &topics() const { return m_topics; }
    /// Name of the person.
    QString title() const;
    /// "This computer", or the host.
    QString serverName() const;
    int unread() const;

    /// Goes on with what is kept: token, or for a local account its password.
    void start();
    /// Only what is on disk, without a connection: ChatService::restored() follows.
    void openArchive(const TopicName &chat = {});
    /// Makes the account on the local server, with a random password that nobody needs to know.
    void createLocal();
    void signIn(const QString &login, const QString &password);
    void createAccount(const QString &login, const QString &password, const QString &displayName,
        const QString &invite = {});
    void setConfig(AccountConfig config); ///< saved and applied at once
    /// Ends the session and forgets its secrets; chats and waiting messages stay on disk.
    void signOut();
    /// Runs `done` once what was to be kept is kept; a program should not end before.
    void whenKept(std::function<void()> done) { m_secrets.whenIdle(std::move(done)); }

signals:
    void configChanged();
    /// No keychain: secrets are in a file.
    void secretsInFile();
    void localServerFailed(const QString &sentence);

private:
    void keepSession(const SignedIn &session);
    void onPhase(const Phase &phase);
    void serverAvailable(const QUrl &channels);
    void goOn();
    void signInWithKeptPassword();

    AccountConfig m_config;
    Surroundings m_surroundings;
    SecretStore m_secrets;
    TopicList m_topics;
    Archive m_archive;
    ChatService m_service;
    std::function<void()> m_whenServerIsThere; ///< local accounts: what waits for the address
};

}
