#include "server/hub/accountremoval.h"

#include "server/logevent.h"

namespace confab::server {

void AccountRemoval::removeOwn(const RequestPtr &request)
{
    const UserPtr user = request->session().user;
    const wire::UserId id = user->record.id;
    RemoveUser operation{id, {}};
    for (const TopicRecord &topic : m_hub.reader.topicsOwnedBy(id))
        operation.topics.append({topic.id, topic.key});
    const QList<wire::UserId> watchers = m_hub.presence.watchersOf(*user);
    m_hub.commit(request, operation, [=, this](const WriteOutcome &) {
        QList<TopicKey> ownTopics;
        for (const RemoveTopic &topic : operation.topics)
            ownTopics.append(topic.key);
        forget(id, ownTopics);
        LogEvent::info("account-removed").with("user", id).with("sessions", user->sessions.size());
        request->reply(kOk);
        signOut(*user, watchers);
    });
}

void AccountRemoval::followRemoval(const UserPtr &user)
{
    // The database knows nothing of it any more; those who are here are in memory.
    QList<TopicKey> ownTopics;
    QList<wire::UserId> watchers;
    for (const TopicPtr &topic : m_hub.topics.loadedOf(user->record.id)) {
        if (topic->record.owner == user->record.id)
            ownTopics.append(topic->record.key);
        else if (topic->kind() == Topic::Kind::Direct)
            watchers.append(topic->partnerOf(user->record.id));
    }
    forget(user->record.id, ownTopics);
    signOut(*user, watchers);
}

void AccountRemoval::forget(const wire::UserId &user, const QList<TopicKey> &ownTopics)
{
    for (const TopicKey &key : ownTopics)
        m_hub.closeTopic(key);
    leaveChats(user);
    m_hub.users.remove(user);
}

void AccountRemoval::signOut(const User &user, const QList<wire::UserId> &watchers)
{
    m_hub.endSessions(user);
    m_hub.presence.userVanished(user.record.id, watchers);
}

void AccountRemoval::leaveChats(const wire::UserId &user)
{
    for (const TopicPtr &topic : m_hub.topics.loadedOf(user)) {
        const bool wasThere = topic->isUserAttached(user);
        for (Session *session : topic->sessionsOf(user))
            m_hub.topics.detach(*topic, *session);
        if (topic->kind() == Topic::Kind::Group && topic->member(user)) {
            m_hub.news.memberGone(*topic, user, user, nullptr);
            if (wasThere)
                m_hub.presence.memberWent(*topic, user);
        }
        topic->members.remove(user);
    }
}

}
