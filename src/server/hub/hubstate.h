#pragma once

#include "server/db/database.h"
#include "server/hub/actionlimits.h"
#include "server/hub/logingate.h"
#include "server/hub/loginthrottle.h"
#include "server/hub/news.h"
#include "server/hub/passwords.h"
#include "server/hub/presence.h"
#include "server/hub/request.h"
#include "server/hub/tokens.h"
#include "server/hub/topics.h"
#include "server/hub/users.h"
#include "server/metrics.h"
#include "server/serveroptions.h"

#include <QTimer>

#include <unordered_map>

namespace confab::server {

/// What the hub's request handlers share. Owned by Hub, used on its thread only.
class HubState
{
public:
    HubState(const ServerOptions &theOptions, Database &theDatabase, QObject *theContext);

    /// Writes, then goes on after the commit; the time in between belongs to the request. If it
    /// fails, the request is answered (409 duplicate, 500) and undo puts memory right again.
    void commit(const RequestPtr &request, WriteOperation operation,
        std::function<void(const WriteOutcome &)> committed, std::function<void()> undo = {});
    /// The same for a topic: it stays in memory until then, and a failure reloads it.
    void commit(const RequestPtr &request, const TopicPtr &topic, WriteOperation operation,
        std::function<void(const WriteOutcome &)> committed);

    /// In a few seconds what nobody uses leaves memory, and what the database keeps once all rest.
    void sweepLater();

    /// False: the client does this too often and was told so (429).
    bool allows(ActionLimits::Action action, const Request &request);

    /// The topic that the client named, loaded; null if it does not exist.
    TopicPtr topicFor(const Request &request);
    /// The same if the session is attached to it by this name, otherwise null.
    TopicPtr attachedTopic(const Request &request) const;
    /// The session has come to `me`: its user's partners are told.
    void cameOnMe(Session &session);
    /// The topic is about to be deleted, or just was: nobody is attached or subscribed any more,
    /// and its subscribers are told.
    void closeTopic(const TopicKey &key);
    /// Tells all sessions of a user 205 and closes them.
    void endSessions(const User &user);
    /// Ends a session's attachment and tells the others.
    void detach(Session &session, const TopicPtr &topic);
    /// Tells a user's attached sessions 205 and detaches them; the others are told by the caller.
    void evict(const TopicPtr &topic, const wire::UserId &user, bool unsub);

    ServerOptions options;
    Database &database;
    QObject *const context;
    const Reader &reader;
    Users users;
    Topics topics;
    Presence presence;
    News news;
    Tokens tokens;
    Passwords passwords;
    LoginThrottle throttle;
    LoginGate gate;
    ActionLimits actionLimits;
    Metrics metrics;
    QTimer sweeper; ///< runs while there was work not long ago
    quint64 packetsSwept = 0; ///< when it ran out for the last time
    std::unordered_map<Link *, std::shared_ptr<Session>> sessions;
    QList<UserPtr> serviceUsers;
    wire::UserId welcomeUser; ///< a contact of every new account; may be empty
};

} // namespace confab::server
