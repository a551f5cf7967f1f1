#pragma once

#include "server/hub/link.h"
#include "server/serveroptions.h"
#include "wire/clientmessage.h"
#include "wire/result.h"
#include "wire/servermessage.h"

#include <QObject>

#include <memory>
#include <optional>

namespace confab::server {

class AccountWatch;
class Database;
class HubState;
class Dispatcher;
struct Metrics;
struct Session;

/// The Tinode protocol over any number of links: sessions, accounts, topics, access, presence, find
/// (protocol.md §9). One thread, shared with the links and the database object; answers `{pub}`
/// only after the database has committed. Requests of one session are answered in the order they
/// came. Owned by Server; the database is open and outlives the hub.
class Hub : public QObject {
    Q_OBJECT

public:
    Hub(const ServerOptions &options, Database &database, QObject *parent = nullptr);
    ~Hub() override;

    void attach(Link *link);
    void receive(Link *link, const wire::ClientMessage &message);
    /// A text frame that is no packet: answered 400, with the id if one could be read.
    void receiveMalformed(Link *link, const QString &id = {});
    /// The link is gone or about to be; nothing is sent to it from here on.
    void detach(Link *link);
    /// Tells every client 205 "server shutdown", with when to try again.
    void announceShutdown();
    /// Who may make an account from now on.
    void setRegistration(Registration registration);

    /// For HTTP: whose valid token this is (raw bytes).
    std::optional<wire::UserId> userOfToken(const QByteArray &token) const;
    /// For HTTP: one page of a topic, newest first, as that user may read it; the error is a
    /// status. A before of 0 starts at the newest.
    wire::Result<QList<wire::Data>, int> history(
        const wire::UserId &user, const wire::TopicName &topic, wire::Seq before, int limit) const;

    int sessionCount() const;
    qsizetype topicCount() const;
    /// Database transactions so far.
    int commitCount() const;
    /// Whether somebody without an account may come to have one.
    bool isOpenToNewcomers() const;
    /// What everything on this thread counts in.
    Metrics &metrics();

    /// A user that lives inside the server, such as Echo: found by its tag ("alias:echo"), or made
    /// now. It has no login and no password; only attachAs() signs it in. Call it after
    /// construction, before the first client.
    wire::UserId ensureServiceUser(const QString &displayName, const QString &aliasTag);
    /// Like attach(), but the link is at once signed in as this service user: no hi, no login. It
    /// then speaks the protocol like any client: `sub me`, wait for pres, `sub` the chat, `pub`.
    void attachAs(Link *link, const wire::UserId &serviceUser);
    /// Every account made from now on has a direct chat with this service user from its first
    /// moment.
    void addToNewAccounts(const wire::UserId &serviceUser);

private:
    void forget(Session &session);
    void pump(const std::shared_ptr<Session> &session);
    void dispatch(const std::shared_ptr<Session> &session, const wire::ClientMessage &message);

    std::unique_ptr<HubState> m_state;
    std::unique_ptr<Dispatcher> m_dispatcher;
    std::unique_ptr<AccountWatch> m_accountWatch;
};

} // namespace confab::server
