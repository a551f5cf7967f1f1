#include "server/hub/membership.h"

#include "server/hub/access.h"
#include "server/hub/limits.h"
#include "server/hub/tags.h"

namespace confab::server {

using wire::Access;
using wire::AccessMode;
using wire::Acs;

namespace {

constexpr QLatin1String kGroupPrefix("grp");

std::optional<AccessMode> wishOf(const wire::Sub &packet)
{
    return packet.set && packet.set->sub ? packet.set->sub->mode : std::nullopt;
}

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

} // namespace

MemberRecord Membership::newMember(
    const Topic &topic, const wire::UserId &user, const QDateTime &now) const
{
    const auto former = topic.members.constFind(user);
    MemberRecord member = former != topic.members.constEnd() ? *former : MemberRecord();
    if (former == topic.members.constEnd() || former->isDeleted())
        member.created = now;
    member.topicId = topic.record.id;
    member.user = user;
    return member;
}

void Membership::sub(const RequestPtr &request, const wire::Sub &packet)
{
    switch (wire::topicKind(packet.topic)) {
    case wire::TopicKind::Me:
        return subMe(request, packet);
    case wire::TopicKind::Find:
        return subFind(request);
    case wire::TopicKind::NewGroup:
        return subNewGroup(request, packet);
    case wire::TopicKind::NewChannel:
    case wire::TopicKind::Channel:
        return request->reply(kNotImplemented);
    case wire::TopicKind::System:
        return request->reply(kDenied);
    case wire::TopicKind::Direct:
    case wire::TopicKind::Group:
    case wire::TopicKind::Self:
        break;
    case wire::TopicKind::Unknown:
        return request->reply(packet.topic.isEmpty() ? kMalformed : kTopicNotFound);
    }
    if (request->session().attached.contains(topicKey(packet.topic, request->userId())))
        return request->reply(kAlreadySubscribed);
    if (request->session().attached.size() >= kMaxAttachedPerSession)
        return request->reply(kPolicy);
    if (packet.topic == u"slf")
        return subSelf(request, packet);
    if (wire::topicKind(packet.topic) == wire::TopicKind::Direct)
        return subDirect(request, packet);
    subGroup(request, packet);
}

void Membership::subMe(const RequestPtr &request, const wire::Sub &packet)
{
    Session &session = request->session();
    if (session.onMe)
        return request->reply(kAlreadySubscribed);
    session.onMe = true;
    request->reply(kOk);
    m_hub.presence.userCame(session);
    if (packet.get)
        m_details.answerMe(request, *packet.get, Details::Order::OfSub);
}

void Membership::subFind(const RequestPtr &request)
{
    Session &session = request->session();
    if (session.onFind)
        return request->reply(kAlreadySubscribed);
    session.onFind = true;
    request->reply(kOk);
}

void Membership::subNewGroup(const RequestPtr &request, const wire::Sub &packet)
{
    const wire::SetDesc desc = packet.set && packet.set->desc ? *packet.set->desc : wire::SetDesc();
    if (desc.pub.bytes().size() > kMaxPublicBytes || desc.priv.bytes().size() > kMaxPrivateBytes)
        return request->reply(kTooLarge);
    const QStringList wanted
        = packet.set ? packet.set->tags.value_or(QStringList()) : QStringList();
    const wire::Result<QStringList, Answer> tags = changedTags({}, wanted, m_hub.options.maxTags);
    if (!tags)
        return request->reply(tags.error());

    StoredTopic stored;
    TopicRecord &topic = stored.topic;
    topic.id = m_hub.database.takeTopicId();
    topic.key = randomId(kGroupPrefix);
    topic.created = topic.updated = topic.touched = request->time();
    topic.owner = request->userId();
    const wire::DefaultAccess defaults = desc.defacs.value_or(wire::DefaultAccess());
    const AccessMode grantable = ~AccessMode(Access::Owner);
    topic.defaultAuth = defaults.auth.value_or(access::kGroupMember) & grantable;
    topic.defaultAnon = defaults.anon.value_or(access::kNone) & grantable;
    topic.pub = wire::JsonBlob::merged({}, desc.pub);
    MemberRecord owner;
    owner.topicId = topic.id;
    owner.user = request->userId();
    owner.want = owner.given = access::kGroupOwner;
    owner.priv = wire::JsonBlob::merged({}, desc.priv);
    owner.created = owner.updated = request->time();
    stored.members = {owner};
    create(request, packet, stored, *tags, packet.topic);
}

void Membership::create(const RequestPtr &request, const wire::Sub &packet,
    const StoredTopic &stored, const QStringList &tags, const wire::TopicName &tmpname)
{
    const TopicPtr topic = m_hub.topics.add(stored, tags);
    const TopicKey key = stored.topic.key;
    Change change;
    change.target = request->userId();
    change.after = *topic->member(request->userId());
    m_hub.commit(
        request, AddTopic{stored.topic, stored.members, tags},
        [this, request, packet, topic, change, tmpname](
            const WriteOutcome &) { attach(request, packet, topic, change, tmpname); },
        [this, topic, key] { m_hub.topics.remove(key); });
}

void Membership::subSelf(const RequestPtr &request, const wire::Sub &packet)
{
    if (const TopicPtr topic = m_hub.topicFor(*request)) {
        if (const MemberRecord *member = topic->member(request->userId()))
            return resume(request, packet, topic, *member);
        MemberRecord member = newMember(*topic, request->userId(), request->time());
        setAcs(member, {access::kSelf, access::kSelf}, request->time());
        return resume(request, packet, topic, member);
    }
    StoredTopic stored;
    stored.topic.id = m_hub.database.takeTopicId();
    stored.topic.key = selfKey(request->userId());
    stored.topic.created = stored.topic.updated = stored.topic.touched = request->time();
    stored.topic.owner = request->userId();
    stored.topic.defaultAuth = access::kSelf;
    MemberRecord member;
    member.topicId = stored.topic.id;
    member.user = request->userId();
    member.created = request->time();
    setAcs(member, {access::kSelf, access::kSelf}, request->time());
    stored.members = {member};
    create(request, packet, stored, {}, {});
}

void Membership::subDirect(const RequestPtr &request, const wire::Sub &packet)
{
    if (packet.topic == request->userId())
        return request->reply(kDenied);
    const UserPtr partner = m_hub.users.find(packet.topic);
    if (!partner)
        return request->reply(wire::isUserId(packet.topic) ? kUserNotFound : kMalformed);
    const User &self = request->user();
    const AccessMode granted
        = self.record.anonymous ? partner->record.defaultAnon : partner->record.defaultAuth;
    const AccessMode wish = wishOf(packet).value_or(self.record.defaultAuth & access::kDirect);
    const TopicPtr known = m_hub.topicFor(*request);
    if (known && known->member(self.record.id))
        return resume(request, packet, known, *known->member(self.record.id));

    StoredTopic stored;
    if (known) {
        stored.topic = known->record;
    } else {
        stored.topic.id = m_hub.database.takeTopicId();
        stored.topic.key = directKey(self.record.id, partner->record.id);
        stored.topic.created = stored.topic.updated = stored.topic.touched = request->time();
    }
    MemberRecord own = known ? newMember(*known, self.record.id, request->time()) : MemberRecord();
    const bool returning = own.deleted.isValid();
    own.topicId = stored.topic.id;
    own.user = self.record.id;
    own.created = request->time();
    setAcs(own, {(wish & access::kDirect) | Access::Approve, returning ? own.given : granted},
        request->time());
    if (packet.set && packet.set->desc)
        own.priv = wire::JsonBlob::merged(own.priv, packet.set->desc->priv);
    if (!own.has(Access::Join) || own.priv.bytes().size() > kMaxPrivateBytes)
        return request->reply(kDenied);
    if (known)
        return resume(request, packet, known, own);

    MemberRecord other;
    other.topicId = stored.topic.id;
    other.user = partner->record.id;
    other.created = request->time();
    const bool ownDefaults = packet.set && packet.set->desc && packet.set->desc->defacs;
    const AccessMode offered = ownDefaults && packet.set->desc->defacs->auth
        ? *packet.set->desc->defacs->auth
        : self.record.defaultAuth;
    setAcs(other,
        {(partner->record.defaultAuth & access::kDirect) | Access::Approve,
            (offered & access::kDirect) | Access::Approve},
        request->time());
    stored.members = {own, other};
    create(request, packet, stored, {}, {});
}

void Membership::subGroup(const RequestPtr &request, const wire::Sub &packet)
{
    const TopicPtr topic = m_hub.topicFor(*request);
    if (!topic)
        return request->reply(kTopicNotFound);
    if (const MemberRecord *present = topic->member(request->userId()))
        return resume(request, packet, topic, *present);
    MemberRecord member = newMember(*topic, request->userId(), request->time());
    const AccessMode defaults
        = request->user().record.anonymous ? topic->record.defaultAnon : topic->record.defaultAuth;
    // Who was a member before gets what it had: leaving and coming back does not undo a ban.
    const AccessMode given = member.isDeleted() ? member.given : defaults;
    const wire::Result<Acs, Answer> acs = access::join(given, defaults, wishOf(packet));
    if (!acs)
        return request->reply(acs.error());
    if (topic->memberCount() >= m_hub.options.maxSubscribers)
        return request->reply(kPolicy);
    setAcs(member, *acs, request->time());
    resume(request, packet, topic, member);
}

/// Attaches with the rights in member, and stores them first where they changed.
void Membership::resume(
    const RequestPtr &request, const wire::Sub &packet, const TopicPtr &topic, MemberRecord member)
{
    const auto stored = topic->members.constFind(member.user);
    Change change;
    change.target = member.user;
    change.before = stored != topic->members.constEnd() ? acsOf(*stored) : Acs();
    if (topic->member(member.user)) {
        AccessMode want = member.want;
        if (const std::optional<AccessMode> wish = wishOf(packet))
            want = *wish;
        else if (!want.testFlag(Access::Join)) // coming back ends a self-block
            want = topic->kind() == Topic::Kind::Group ? topic->record.defaultAuth | Access::Join
                                                       : access::kDirect;
        if (want != member.want) {
            const wire::Result<Acs, Answer> acs
                = access::ownChange(topic->kind(), {member.want, member.given}, want);
            if (!acs)
                return request->reply(acs.error());
            setAcs(member, *acs, request->time());
        }
    }
    if (!member.has(Access::Join))
        return request->reply(kDenied);
    change.after = member;
    if (acsOf(member) == change.before)
        return attach(request, packet, topic, std::nullopt);
    topic->members.insert(member.user, member);
    m_hub.commit(request, topic, PutMembers{topic->record.id, topic->record.owner, {member}},
        [this, request, packet, topic, change](
            const WriteOutcome &) { attach(request, packet, topic, change); });
}

void Membership::attach(const RequestPtr &request, const wire::Sub &packet, const TopicPtr &topic,
    const std::optional<Change> &change, const wire::TopicName &tmpname)
{
    Session &session = request->session();
    const wire::UserId user = request->userId();
    if (!session.link)
        return;
    // While the commit ran the rights may have gone, or another request of this session attached.
    if (!topic->modeOf(user).testFlag(Access::Join))
        return request->reply(kDenied);
    const bool firstOfUser = !topic->isUserAttached(user);
    m_hub.topics.attach(topic, session);
    request->setTopic(topic->nameFor(user));
    std::optional<wire::CtrlParams> params;
    if (change) {
        params = wire::CtrlParams();
        params->acs = acsOf(change->after);
        params->tmpname = tmpname;
    }
    request->reply(kOk, params);
    if (change && tmpname.isEmpty())
        afterChange(request, topic, *change);
    m_hub.presence.groupCame(*topic);
    if (firstOfUser)
        m_hub.presence.memberCame(*topic, user);
    if (packet.get)
        answerParts(request, topic, *packet.get, Order::OfSub);
}

void Membership::answerParts(
    const RequestPtr &request, const TopicPtr &topic, const wire::GetQuery &query, Order order)
{
    using wire::What;
    static constexpr What kOfSub[]
        = {What::Desc, What::Sub, What::Tags, What::Cred, What::Aux, What::Data, What::Del};
    static constexpr What kOfGet[]
        = {What::Desc, What::Sub, What::Data, What::Del, What::Tags, What::Cred, What::Aux};
    for (const What part : order == Order::OfSub ? kOfSub : kOfGet) {
        if (!query.what.testFlag(part))
            continue;
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
    const TopicPtr topic = session.attached.value(topicKey(packet.topic, request->userId()));
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
    if (topic->kind() == Topic::Kind::Group && topic->record.owner == user)
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
            m_hub.presence.gone(*topic, user, &session);
            m_hub.evict(topic, user, true);
            if (topic->kind() != Topic::Kind::Group)
                return;
            m_hub.presence.memberGone(*topic, user, user, &session);
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
    if (!present)
        return inviteNew(request, topic, set, actor);
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

void Membership::inviteNew(
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
    const wire::Result<Acs, Answer> acs
        = access::invite(actor, topic->record.defaultAuth, set.mode);
    if (!acs)
        return request->reply(acs.error());
    if (topic->memberCount() >= m_hub.options.maxSubscribers)
        return request->reply(kPolicy);
    setAcs(member, *acs, request->time());
    apply(request, topic, Change{set.user, Acs(), member, std::nullopt});
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
        afterChange(request, topic, change);
    });
}

void Membership::afterChange(const RequestPtr &request, const TopicPtr &topic, const Change &change)
{
    const wire::UserId actor = request->userId();
    Session *origin = &request->session();
    if (change.formerOwner) {
        const MemberRecord &former = *change.formerOwner;
        const Acs before{former.want | Access::Owner, former.given | Access::Owner};
        m_hub.presence.accessChanged(*topic, former.user, actor, before, acsOf(former), nullptr);
    }
    if (topic->kind() == Topic::Kind::Direct && change.before == Acs())
        m_hub.presence.directCreated(*topic, change.target, origin);
    else
        m_hub.presence.accessChanged(
            *topic, change.target, actor, change.before, acsOf(change.after), origin);
    const AccessMode needed = AccessMode(Access::Join) | Access::Presence;
    const bool saw = (change.before.mode() & needed) == needed;
    const bool sees = (change.after.mode() & needed) == needed;
    if (topic->kind() == Topic::Kind::Direct) {
        const wire::UserId partner = topic->partnerOf(change.target);
        if (saw && !sees)
            m_hub.presence.tellOnline(*topic, change.target, false);
        else if (!saw && sees) {
            for (const wire::UserId &user : {change.target, partner}) {
                if (m_hub.presence.isOnlineFor(*topic, user))
                    m_hub.presence.tellOnline(*topic, user, true);
            }
        }
        return;
    }
    if (saw && !sees)
        m_hub.presence.tellOnline(*topic, change.target, false);
    else if (!saw && sees && m_hub.presence.isOnlineFor(*topic, change.target))
        m_hub.presence.tellOnline(*topic, change.target, true);
}

void Membership::removeMember(const RequestPtr &request, const wire::Del &packet)
{
    const TopicPtr topic
        = request->session().attached.value(topicKey(packet.topic, request->userId()));
    if (!topic)
        return request->reply(kAttachFirst);
    const AccessMode actor = topic->modeOf(request->userId());
    if (topic->kind() != Topic::Kind::Group || packet.user == request->userId()
        || !access::mayEvict(actor, Acs()))
        return request->reply(kDenied);
    const MemberRecord *present = topic->member(packet.user);
    if (!present)
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
            m_hub.presence.gone(*topic, target);
            request->reply(kOk);
            m_hub.presence.memberGone(*topic, target, request->userId(), &request->session());
            if (wasThere)
                m_hub.presence.memberWent(*topic, target, &request->session());
        });
}

void Membership::removeTopic(const RequestPtr &request)
{
    const TopicPtr topic = m_hub.topicFor(*request);
    if (!topic || !topic->member(request->userId()))
        return request->reply(kTopicNotFound);
    if (topic->kind() != Topic::Kind::Group || topic->record.owner != request->userId())
        return unsubscribe(request, topic);
    const QHash<wire::UserId, MemberRecord> members = topic->members;
    m_hub.topics.remove(topic->record.key);
    topic->members.clear(); // from here on nobody may do anything with it
    for (Session *session : QList<Session *>(topic->sessions))
        m_hub.topics.detach(*topic, *session);
    m_hub.commit(request, RemoveTopic{topic->record.id, topic->record.key, request->time()},
        [this, request, topic, members](const WriteOutcome &) {
            request->reply(kOk);
            for (const MemberRecord &member : members) {
                if (!member.isDeleted())
                    m_hub.presence.gone(*topic, member.user);
            }
        });
}

} // namespace confab::server
