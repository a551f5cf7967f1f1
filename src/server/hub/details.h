#pragma once

#include "server/hub/hubstate.h"

namespace confab::server {

/// Describes accounts and topics: get of desc, sub, tags, cred and aux (protocol.md §9.2).
class Details
{
public:
    explicit Details(HubState &hub)
        : m_hub(hub)
    {
    }

    /// Upstream answers the same query in another order in a sub than in a get (protocol.md §1).
    enum class Order { OfSub, OfGet };
    static QList<wire::What> askedParts(const wire::GetQuery &query, Order order);

    void answerMe(const RequestPtr &request, const wire::GetQuery &query, Order order);
    /// One of desc, sub, tags, cred, aux of an attached topic.
    void answerTopic(const RequestPtr &request, const Topic &topic, const wire::GetQuery &query,
        wire::What part);
    /// Desc and own sub are all that a session may ask without being attached.
    void answerUnattached(const RequestPtr &request, const wire::GetQuery &query);

private:
    wire::TopicDesc describeMe(const User &user, const QDateTime &since) const;
    wire::TopicDesc describe(const Topic &topic, const wire::UserId &user, const QDateTime &since);
    void answerChats(const RequestPtr &request, const wire::ListOptions &options);
    wire::Subscription chatLine(const ChatRecord &chat, const wire::UserId &user);
    void answerMembers(
        const RequestPtr &request, const Topic &topic, const wire::ListOptions &options);
    wire::Subscription memberLine(
        const Topic &topic, const MemberRecord &member, const wire::UserId &reader);
    void answerTags(const RequestPtr &request, const QStringList &tags);
    HubState &m_hub;
};

}
