#pragma once

#include "server/hub/details.h"
#include "server/hub/hubstate.h"
#include "server/hub/messages.h"

namespace confab::server {

/// Who belongs to a topic: sub, leave, set sub, del sub, del topic (protocol.md §1, §9.2, §9.3).
class Membership {
public:
    Membership(HubState &hub, Details &details, Messages &messages)
        : m_hub(hub)
        , m_details(details)
        , m_messages(messages)
    {
    }

    void sub(const RequestPtr &request, const wire::Sub &packet);
    void leave(const RequestPtr &request, const wire::Leave &packet);
    /// One part of a set: own rights (no user) or another's.
    void setSub(const RequestPtr &request, const TopicPtr &topic, const wire::SetSub &set);
    void removeMember(const RequestPtr &request, const wire::Del &packet);
    void removeTopic(const RequestPtr &request);

    /// All that a get asks for, in the given order (protocol.md §1).
    enum class Order { OfSub, OfGet };
    void answerParts(
        const RequestPtr &request, const TopicPtr &topic, const wire::GetQuery &query, Order order);

private:
    /// What a sub or set does to rights, told to the others once it is stored.
    struct Change {
        wire::UserId target;
        wire::Acs before;
        MemberRecord after;
        std::optional<MemberRecord> formerOwner;
    };

    void subMe(const RequestPtr &request, const wire::Sub &packet);
    void subFind(const RequestPtr &request);
    void subNewGroup(const RequestPtr &request, const wire::Sub &packet);
    void subDirect(const RequestPtr &request, const wire::Sub &packet);
    void subSelf(const RequestPtr &request, const wire::Sub &packet);
    void subGroup(const RequestPtr &request, const wire::Sub &packet);
    void create(const RequestPtr &request, const wire::Sub &packet, const StoredTopic &stored,
        const QStringList &tags, const wire::TopicName &tmpname);
    void resume(const RequestPtr &request, const wire::Sub &packet, const TopicPtr &topic,
        MemberRecord member);
    void attach(const RequestPtr &request, const wire::Sub &packet, const TopicPtr &topic,
        const std::optional<Change> &change, const wire::TopicName &tmpname = {});

    void setOwn(const RequestPtr &request, const TopicPtr &topic, const wire::SetSub &set);
    void setOther(const RequestPtr &request, const TopicPtr &topic, const wire::SetSub &set);
    void inviteNew(const RequestPtr &request, const TopicPtr &topic, const wire::SetSub &set,
        wire::AccessMode actor);
    void apply(const RequestPtr &request, const TopicPtr &topic, const Change &change);
    void afterChange(const RequestPtr &request, const TopicPtr &topic, const Change &change);
    void unsubscribe(const RequestPtr &request, const TopicPtr &topic);
    MemberRecord newMember(
        const Topic &topic, const wire::UserId &user, const QDateTime &now) const;

    HubState &m_hub;
    Details &m_details;
    Messages &m_messages;
};

} // namespace confab::server
