#pragma once

#include "server/hub/membership.h"

namespace confab::server {

/// Ways into a topic: sub of me, fnd, new groups and channels, direct chats, saved messages,
/// groups, and channels as their readers see them (protocol.md §1, §9.2).
class Joining
{
public:
    Joining(HubState &hub, Details &details, Membership &membership)
        : m_hub(hub)
        , m_details(details)
        , m_membership(membership)
    {
    }

    void sub(const RequestPtr &request, const wire::Sub &packet);

private:
    using Change = Membership::Change;

    void subMe(const RequestPtr &request, const wire::Sub &packet);
    void subFind(const RequestPtr &request);
    void subNewGroup(const RequestPtr &request, const wire::Sub &packet);
    void subDirect(const RequestPtr &request, const wire::Sub &packet);
    void subSelf(const RequestPtr &request, const wire::Sub &packet);
    void subGroup(const RequestPtr &request, const wire::Sub &packet);
    void joinGroup(const RequestPtr &request, const wire::Sub &packet, const TopicPtr &topic);
    void joinChannel(const RequestPtr &request, const wire::Sub &packet, const TopicPtr &topic);
    void create(const RequestPtr &request, const wire::Sub &packet, const StoredTopic &stored,
        const QStringList &tags, const wire::TopicName &tmpname);
    void resume(const RequestPtr &request, const wire::Sub &packet, const TopicPtr &topic,
        MemberRecord member);
    void attach(const RequestPtr &request, const wire::Sub &packet, const TopicPtr &topic,
        const std::optional<Change> &change, const wire::TopicName &tmpname = {});

    HubState &m_hub;
    Details &m_details;
    Membership &m_membership;
};

}
