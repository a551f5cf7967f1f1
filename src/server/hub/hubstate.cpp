#include "server/hub/hubstate.h"

#include "server/hub/limits.h"

#include <utility>

namespace confab::server {

HubState::HubState(const ServerOptions &theOptions, Database &theDatabase, QObject *theContext)
    : options(theOptions)
    , database(theDatabase)
    , context(theContext)
    , reader(theDatabase.reader())
    , users(reader)
    , topics(reader)
    , presence(users, topics, reader)
    , news(users)
    , tokens(theDatabase.tokenKey())
    , actionLimits(theOptions)
{
    sweeper.setSingleShot(true);
    sweeper.setInterval(kTopicIdle);
    QObject::connect(&sweeper, &QTimer::timeout, context, [this] {
        users.sweep();
        const bool isAnyIdle
            = topics.sweep(kTopicIdle, [this](Topic &topic) { presence.groupWent(topic); });
        if (isAnyIdle || std::exchange(packetsSwept, metrics.packets) != metrics.packets)
            sweepLater();
        else
            database.releaseMemory();
    });
}

void HubState::sweepLater()
{
    if (!sweeper.isActive())
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
            request->reply(outcome.status == WriteStatus::Duplicate ? kDuplicateCredential
                                                                    : answerTo(outcome.status));
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

bool HubState::allows(ActionLimits::Action action, const Request &request)
{
    const Link *link = request.session().link;
    if (!link)
        return false;
    const auto wait = actionLimits.take(
        action, link->remoteAddress(), request.userId(), ActionLimits::Time::clock::now());
    if (wait <= wait.zero())
        return true;
    metrics.refused(Refusal::Rate);
    wire::CtrlParams params;
    params.retryAfter = int(wait.count());
    request.reply(kTooManyRequests, params);
    return false;
}

TopicPtr HubState::topicFor(const Request &request)
{
    const TopicPtr topic = topics.find(topicKey(request.topic(), request.userId()));
    const bool asChannel = wire::topicKind(request.topic()) == wire::TopicKind::Channel;
    return topic && asChannel && !topic->record.channel ? nullptr : topic;
}

TopicPtr HubState::attachedTopic(const Request &request) const
{
    const TopicKey key = topicKey(request.topic(), request.userId());
    const TopicPtr topic = request.session().attached.value(key);
    return topic && topic->nameFor(request.userId()) == request.topic() ? topic : nullptr;
}

void HubState::cameOnMe(Session &session)
{
    presence.userCame(session);
    User &user = *session.user;
    const bool changed = !user.onMe(&session).isEmpty() && user.ua != session.ua;
    user.ua = session.ua;
    if (!changed)
        return;
    // Spread, so that somebody who switches to and fro is told of once (protocol.md §6.2).
    QTimer::singleShot(options.userAgentDelay, context,
        [this, holder = std::weak_ptr(session.user), ua = user.ua] {
            const UserPtr present = holder.lock();
            if (present && present->ua == ua)
                presence.userAgentChanged(*present, ua);
        });
}

void HubState::closeTopic(const TopicKey &key)
{
    const TopicPtr topic = topics.find(key);
    if (!topic)
        return;
    QHash<wire::UserId, wire::TopicName> names;
    for (const MemberRecord &member : std::as_const(topic->members)) {
        if (!member.isDeleted())
            names.insert(member.user, topic->nameFor(member.user));
    }
    for (Session *session : QList<Session *>(topic->sessions))
        topics.detach(*topic, *session);
    topic->members.clear(); // whoever still holds it may do nothing with it
    topics.remove(key);
    for (auto it = names.cbegin(); it != names.cend(); ++it)
        news.gone(it.key(), it.value());
}

void HubState::endSessions(const User &user)
{
    constexpr int kNormalClosure = 1000;
    for (Session *session : QList<Session *>(user.sessions)) {
        for (const TopicPtr &topic : QList<TopicPtr>(session->attached.values()))
            detach(*session, topic);
        session->tell(kEvicted);
        if (session->link)
            session->link->close(kNormalClosure, QString());
    }
}

void HubState::detach(Session &session, const TopicPtr &topic)
{
    topics.detach(*topic, session);
    const bool seen = topic->modeOf(session.userId()).testFlag(wire::Access::Presence);
    if (seen && !topic->isUserAttached(session.userId()))
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
