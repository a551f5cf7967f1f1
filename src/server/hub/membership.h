#pragma once

#include "server/hub/details.h"
#include "server/hub/hubstate.h"
#include "server/hub/messages.h"

namespace confab::server {

/// Who stays in a topic and with which rights: leave, set sub, del sub, del topic (protocol.md
/// §9.2, §9.3). The ways in are in Joining.
class Membership
{
public:
    Membership(HubState &hub, Details &details, Messages &messages)
        : m_hub(hub)
        , m_details(details)
        , m_messages(messages)
    {
    }

    void leave(const RequestPtr &request, const wire::Leave &packet);
    /// One part of a set: own rights (no user) or another's.
    void setSub(const RequestPtr &request, const TopicPtr &topic, const wire::SetSub &set);
    void removeMember(const RequestPtr &request, const wire::Del &packet);
    void removeTopic(const RequestPtr &request);

    /// All that a get asks for, in the given order (protocol.md §1).
    void answerParts(const RequestPtr &request, const TopicPtr &topic, const wire::GetQuery &query,
        Details::Order order);

    /// What a sub or set does to rights, told to the others once it is stored.
    struct Change {
        wire::UserId target;
        wire::Acs before;
        MemberRecord after;
        std::optional<MemberRecord> formerOwner;
    };
    void announce(const RequestPtr &request, const TopicPtr &topic, const Change &change);

private:
    void setOwn(const RequestPtr &request, const TopicPtr &topic, const wire::SetSub &set);
    void setOther(const RequestPtr &request, const TopicPtr &topic, const wire::SetSub &set);
    void invite(const RequestPtr &request, const TopicPtr &topic, const wire::SetSub &set,
        wire::AccessMode actor);
    void apply(const RequestPtr &request, const TopicPtr &topic, const Change &change);
    void announceOnline(const Topic &topic, const Change &change);
    void unsubscribe(const RequestPtr &request, const TopicPtr &topic);
    void dismissReader(const TopicPtr &topic, const wire::UserId &user);

    HubState &m_hub;
    Details &m_details;
    Messages &m_messages;
};

/// The rights of a subscription, none if it has ended.
wire::Acs acsOf(const MemberRecord &member);
/// Gives it these rights, and life if it had ended.
void setAcs(MemberRecord &member, const wire::Acs &acs, const QDateTime &now);
/// What a user had in this topic before, or a fresh start.
MemberRecord newMember(const Topic &topic, const wire::UserId &user, const QDateTime &now);

}
