#include "server/hub/membership.h"

#include "server/hub/access.h"

namespace confab::server {

using wire::Access;
using wire::AccessMode;
using wire::Acs;

Acs acsOf(const MemberRecord &member)
{
    return member.isDeleted() ? Acs() : Acs{member.want, member.given};
}

void setAcs(MemberRecord &member, const Acs &acs, const QDateTime &now)
{
    member.want = acs.want;
    member.given = acs.given;
    member.updated = now;
    member.deleted = {};
}

MemberRecord newMember(const Topic &topic, const wire::UserId &user, const QDateTime &now)
{
    const auto former = topic.members.constFind(user);
    MemberRecord member = former != topic.members.constEnd() ? *former : MemberRecord();
    if (former == topic.members.constEnd() || former->isDeleted())
        member.created = now;
    member.topicId = topic.record.id;
    member.user = user;
    return member;
}

void Membership::answerParts(const RequestPtr &request, const TopicPtr &topic,
    const wire::GetQuery &query, Details::Order order)
{
    using wire::What;
    for (const What part : Details::askedParts(query, order)) {
        if (part == What::Data)
            m_messages.answerData(request, topic, query.data);
        else if (part == What::Del)
            m_messages.answerDeletions(request, topic, query.del);
        else
            m_details.answerTopic(request, *topic, query, part);
    }
}

void Membership::leave(const RequestPtr &request, const wire::Leave &packet)
{
    Session &session = request->session();
    const wire::TopicKind kind = wire::topicKind(packet.topic);
    if (kind == wire::TopicKind::Me || kind == wire::TopicKind::Find) {
        if (packet.unsub)
            return request->reply(kDenied);
        bool &attached = kind == wire::TopicKind::Me ? session.onMe : session.onFind;
        if (!attached)
            return request->reply(kNotJoined);
        attached = false;
        request->reply(kOk);
        if (kind == wire::TopicKind::Me)
            m_hub.presence.userWent(request->user(), session.ua);
        return;
    }
    const TopicPtr topic = m_hub.attachedTopic(*request);
    if (!topic)
        return request->reply(packet.unsub ? kAttachFirst : kNotJoined);
    if (packet.unsub)
        return unsubscribe(request, topic);
    request->reply(kOk);
    m_hub.detach(session, topic);
}

void Membership::unsubscribe(const RequestPtr &request, const TopicPtr &topic)
{
    const wire::UserId user = request->userId();
    const MemberRecord *present = topic->member(user);
    if (!present)
        return request->reply(kNotJoined);
    if (topic->record.owner == user) // hands it over first, or deletes it
        return request->reply(kDenied);
    MemberRecord member = *present;
    const Acs before = acsOf(member);
    member.deleted = request->time();
    topic->members.insert(user, member);
    m_hub.commit(request, topic, PutMembers{topic->record.id, topic->record.owner, {member}},
        [this, request, topic, before, user](const WriteOutcome &) {
            Session &session = request->session();
            request->reply(kOk);
            const bool wasThere = topic->isUserAttached(user);
            if (topic->isAttached(&session))
                m_hub.topics.detach(*topic, session);
            m_hub.news.gone(user, topic->nameFor(user), &session);
            m_hub.evict(topic, user, true);
            if (topic->kind() != Topic::Kind::Group)
                return;
            m_hub.news.memberGone(*topic, user, user, &session);
            if (wasThere)
                m_hub.presence.memberWent(*topic, user);
        });
}

void Membership::setSub(const RequestPtr &request, const TopicPtr &topic, const wire::SetSub &set)
{
    if (set.user.isEmpty() || set.user == request->userId())
        return setOwn(request, topic, set);
    setOther(request, topic, set);
}

void Membership::setOwn(const RequestPtr &request, const TopicPtr &topic, const wire::SetSub &set)
{
    const MemberRecord *present = topic->member(request->userId());
    if (!present)
        return request->reply(kDenied);
    const Acs before = acsOf(*present);
    const wire::Result<Acs, Answer> acs
        = access::ownChange(topic->kind(), before, set.mode.value_or(before.want));
    if (!acs)
        return request->reply(acs.error());
    if (*acs == before)
        return request->reply(kNotModified);
    Change change{request->userId(), before, *present, std::nullopt};
    setAcs(change.after, *acs, request->time());
    const bool takesOver = acs->has(Access::Owner) && !before.has(Access::Owner);
    if (takesOver) {
        if (const MemberRecord *owner = topic->member(topic->record.owner)) {
            change.formerOwner = *owner;
            const AccessMode keep = ~AccessMode(Access::Owner);
            setAcs(*change.formerOwner, {owner->want & keep, owner->given & keep}, request->time());
        }
        topic->record.owner = request->userId();
    }
    apply(request, topic, change);
}

void Membership::setOther(const RequestPtr &request, const TopicPtr &topic, const wire::SetSub &set)
{
    const AccessMode actor = topic->modeOf(request->userId());
    const MemberRecord *present = topic->member(set.user);
    if (!present || present->reader)
        return invite(request, topic, set, actor);
    const Acs before = acsOf(*present);
    const wire::Result<Acs, Answer> acs
        = access::otherChange(topic->kind(), actor, before, set.mode);
    if (!acs)
        return request->reply(acs.error());
    if (*acs == before)
        return request->reply(kNotModified);
    Change change{set.user, before, *present, std::nullopt};
    setAcs(change.after, *acs, request->time());
    apply(request, topic, change);
}

void Membership::invite(
    const RequestPtr &request, const TopicPtr &topic, const wire::SetSub &set, AccessMode actor)
{
    if (topic->kind() != Topic::Kind::Group || !access::seesRights(actor))
        return request->reply(kDenied);
    if (!m_hub.users.find(set.user))
        return request->reply(kUserNotFound);
    MemberRecord member = newMember(*topic, set.user, request->time());
    const bool approver = actor.testFlag(Access::Approve);
    // Only an approver takes back a ban.
    if (member.isDeleted() && !approver && !member.given.testFlag(Access::Join))
        return request->reply(kDenied);
    // Writers of a channel are not offered to join by themselves, but by invitation they are.
    const AccessMode defaults = topic->record.channel ? topic->record.defaultAuth | Access::Join
                                                      : topic->record.defaultAuth;
    const wire::Result<Acs, Answer> acs = access::invite(actor, defaults, set.mode);
    if (!acs)
        return request->reply(acs.error());
    if (topic->memberCount() >= m_hub.options.maxSubscribers)
        return request->reply(kPolicy);
    if (topic->member(set.user))
        dismissReader(topic, set.user);
    member.reader = false;
    setAcs(member, *acs, request->time());
    apply(request, topic, Change{set.user, Acs(), member, std::nullopt});
}

/// Who becomes a member of a channel is no reader any more: the chat gets its other name.
void Membership::dismissReader(const TopicPtr &topic, const wire::UserId &user)
{
    m_hub.evict(topic, user, true);
    m_hub.news.gone(user, topic->nameFor(user));
}

void Membership::apply(const RequestPtr &request, const TopicPtr &topic, const Change &change)
{
    PutMembers operation{topic->record.id, topic->record.owner, {change.after}};
    topic->members.insert(change.target, change.after);
    if (change.formerOwner) {
        topic->members.insert(change.formerOwner->user, *change.formerOwner);
        operation.members.append(*change.formerOwner);
    }
    m_hub.commit(request, topic, operation, [this, request, topic, change](const WriteOutcome &) {
        if (!change.after.has(Access::Join) && change.before.has(Access::Join))
            m_hub.evict(topic, change.target, false);
        wire::CtrlParams params;
        params.acs = acsOf(change.after);
        if (change.target != request->userId())
            params.user = change.target;
        request->reply(kOk, params);
        announce(request, topic, change);
    });
}

void Membership::announce(const RequestPtr &request, const TopicPtr &topic, const Change &change)
{
    const wire::UserId actor = request->userId();
    Session *origin = &request->session();
    if (change.formerOwner) {
        const MemberRecord &former = *change.formerOwner;
        const Acs before{former.want | Access::Owner, former.given | Access::Owner};
        m_hub.news.accessChanged(*topic, former.user, actor, before, acsOf(former), nullptr);
    }
    if (topic->kind() == Topic::Kind::Direct && change.before == Acs())
        m_hub.news.directCreated(*topic, change.target, origin);
    else
        m_hub.news.accessChanged(
            *topic, change.target, actor, change.before, acsOf(change.after), origin);
    announceOnline(*topic, change);
}

/// Who gets or loses presence sees who is there, or no longer.
void Membership::announceOnline(const Topic &topic, const Change &change)
{
    const AccessMode needed = AccessMode(Access::Join) | Access::Presence;
    const bool saw = (change.before.mode() & needed) == needed;
    const bool sees = (change.after.mode() & needed) == needed;
    if (saw == sees)
        return;
    if (saw)
        return m_hub.presence.tellOnline(topic, change.target, false);
    QList<wire::UserId> concerned{change.target};
    if (topic.kind() == Topic::Kind::Direct)
        concerned.append(topic.partnerOf(change.target));
    for (const wire::UserId &user : concerned) {
        if (m_hub.presence.isOnlineFor(topic, user))
            m_hub.presence.tellOnline(topic, user, true);
    }
}

void Membership::removeMember(const RequestPtr &request, const wire::Del &packet)
{
    const TopicPtr topic = m_hub.attachedTopic(*request);
    if (!topic)
        return request->reply(kAttachFirst);
    const AccessMode actor = topic->modeOf(request->userId());
    if (topic->kind() != Topic::Kind::Group || packet.user == request->userId()
        || !access::mayEvict(actor, Acs()))
        return request->reply(kDenied);
    const MemberRecord *present = topic->member(packet.user);
    if (!present || present->reader)
        return request->reply(kNoAction);
    if (!access::mayEvict(actor, acsOf(*present)))
        return request->reply(kDenied);
    MemberRecord member = *present;
    member.deleted = request->time();
    topic->members.insert(member.user, member);
    m_hub.commit(request, topic, PutMembers{topic->record.id, topic->record.owner, {member}},
        [this, request, topic, target = member.user](const WriteOutcome &) {
            const bool wasThere = topic->isUserAttached(target);
            m_hub.evict(topic, target, true);
            m_hub.news.gone(target, topic->nameFor(target));
            request->reply(kOk);
            m_hub.news.memberGone(*topic, target, request->userId(), &request->session());
            if (wasThere)
                m_hub.presence.memberWent(*topic, target, &request->session());
        });
}

void Membership::removeTopic(const RequestPtr &request)
{
    const TopicPtr topic = m_hub.topicFor(*request);
    if (!topic || !topic->member(request->userId()))
        return request->reply(kTopicNotFound);
    if (topic->record.owner != request->userId())
        return unsubscribe(request, topic);
    const RemoveTopic operation{topic->record.id, topic->record.key};
    m_hub.commit(request, operation, [this, request, key = operation.key](const WriteOutcome &) {
        request->reply(kOk);
        m_hub.closeTopic(key);
    });
}

}
