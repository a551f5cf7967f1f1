#include "server/hub/accountremoval.h"

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
        for (const RemoveTopic &topic : operation.topics)
            m_hub.closeTopic(topic.key);
        leaveChats(id);
        m_hub.users.remove(id);
        request->reply(kOk);
        m_hub.endSessions(*user);
        m_hub.presence.userVanished(id, watchers);
    });
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
