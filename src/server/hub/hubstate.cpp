#include "server/hub/hubstate.h"

#include "server/hub/limits.h"

namespace confab::server {

HubState::HubState(const ServerOptions &theOptions, Database &theDatabase, QObject *theContext)
    : options(theOptions)
    , database(theDatabase)
    , context(theContext)
    , reader(theDatabase.reader())
    , users(reader)
    , topics(reader)
    , presence(users, topics, reader)
    , tokens(theDatabase.tokenKey())
{
    sweeper.setInterval(kTopicIdle);
    QObject::connect(&sweeper, &QTimer::timeout, context, [this] {
        topics.sweep(kTopicIdle, [this](Topic &topic) { presence.groupWent(topic); });
        users.sweep();
    });
    sweeper.start();
}

void HubState::commit(const RequestPtr &request, WriteOperation operation,
    std::function<void(const WriteOutcome &)> committed, std::function<void()> undo)
{
    database.write(
        std::move(operation), context, [request, committed, undo](const WriteOutcome &outcome) {
            if (outcome.status == WriteStatus::Committed)
                return committed(outcome);
            if (undo)
                undo();
            request->reply(
                outcome.status == WriteStatus::Duplicate ? kDuplicateCredential : kInternal);
        });
}

void HubState::commit(const RequestPtr &request, const TopicPtr &topic, WriteOperation operation,
    std::function<void(const WriteOutcome &)> committed)
{
    commit(
        request, std::move(operation),
        [topic, committed](const WriteOutcome &outcome) { committed(outcome); },
        [this, topic] { topics.reload(*topic); });
}

TopicPtr HubState::topicFor(const Request &request)
{
    return topics.find(topicKey(request.topic(), request.userId()));
}

void HubState::detach(Session &session, const TopicPtr &topic)
{
    topics.detach(*topic, session);
    if (!topic->isUserAttached(session.userId()))
        presence.memberWent(*topic, session.userId());
}

void HubState::evict(const TopicPtr &topic, const wire::UserId &user, bool unsub)
{
    wire::CtrlParams params;
    params.unsub = unsub;
    for (Session *session : topic->sessionsOf(user)) {
        session->tell(kEvicted, topic->nameFor(user), params);
        topics.detach(*topic, *session);
    }
}

} // namespace confab::server
