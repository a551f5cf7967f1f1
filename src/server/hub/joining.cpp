#include "server/hub/joining.h"

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

wire::SetDesc descOf(const wire::Sub &packet)
{
    return packet.set && packet.set->desc ? *packet.set->desc : wire::SetDesc();
}

/// Notes of one's own that come along with joining.
bool addPrivate(MemberRecord &member, const wire::Sub &packet)
{
    member.priv = wire::JsonBlob::merged(member.priv, descOf(packet).priv);
    return member.priv.bytes().size() <= kMaxPrivateBytes;
}

/// What somebody wants who ends a self-block by coming back without a word about rights.
AccessMode wantOnReturn(const Topic &topic, const MemberRecord &member)
{
    if (member.reader)
        return access::kChannelReader;
    return topic.kind() == Topic::Kind::Group ? topic.record.defaultAuth | Access::Join
                                              : access::kDirect;
}

}

void Joining::sub(const RequestPtr &request, const wire::Sub &packet)
{
    const wire::TopicKind kind = wire::topicKind(packet.topic);
    switch (kind) {
    case wire::TopicKind::Me:
        return subMe(request, packet);
    case wire::TopicKind::Find:
        return subFind(request);
    case wire::TopicKind::System:
        return request->reply(kDenied);
    case wire::TopicKind::Unknown:
        return request->reply(packet.topic.isEmpty() ? kMalformed : kTopicNotFound);
    case wire::TopicKind::NewGroup:
    case wire::TopicKind::NewChannel:
    case wire::TopicKind::Channel:
    case wire::TopicKind::Direct:
    case wire::TopicKind::Group:
    case wire::TopicKind::Self:
        break;
    }
    if (m_hub.attachedTopic(*request))
        return request->reply(kAlreadySubscribed);
    if (request->session().attached.size() >= kMaxAttachedPerSession)
        return request->reply(kPolicy);
    if (kind == wire::TopicKind::NewGroup || kind == wire::TopicKind::NewChannel)
        return subNewGroup(request, packet);
    if (kind == wire::TopicKind::Self)
        return subSelf(request, packet);
    if (kind == wire::TopicKind::Direct)
        return subDirect(request, packet);
    subGroup(request, packet);
}

void Joining::subMe(const RequestPtr &request, const wire::Sub &packet)
{
    Session &session = request->session();
    if (session.onMe)
        return request->reply(kAlreadySubscribed);
    session.onMe = true;
    request->reply(kOk);
    m_hub.cameOnMe(session);
    if (packet.get)
        m_details.answerMe(request, *packet.get, Details::Order::OfSub);
}

void Joining::subFind(const RequestPtr &request)
{
    Session &session = request->session();
    if (session.onFind)
        return request->reply(kAlreadySubscribed);
    session.onFind = true;
    request->reply(kOk);
}

void Joining::subNewGroup(const RequestPtr &request, const wire::Sub &packet)
{
    const wire::SetDesc desc = descOf(packet);
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
    topic.channel = wire::topicKind(packet.topic) == wire::TopicKind::NewChannel;
    topic.created = topic.updated = topic.touched = request->time();
    topic.owner = request->userId();
    const wire::DefaultAccess defaults = desc.defacs.value_or(wire::DefaultAccess());
    const AccessMode grantable = ~AccessMode(Access::Owner);
    const AccessMode usual = topic.channel ? access::kChannelMember : access::kGroupMember;
    topic.defaultAuth = defaults.auth.value_or(usual) & grantable;
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

void Joining::create(const RequestPtr &request, const wire::Sub &packet, const StoredTopic &stored,
    const QStringList &tags, const wire::TopicName &tmpname)
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

void Joining::subSelf(const RequestPtr &request, const wire::Sub &packet)
{
    if (const TopicPtr topic = m_hub.topicFor(*request)) {
        if (const MemberRecord *member = topic->member(request->userId()))
            return resume(request, packet, topic, *member);
        return request->reply(kDenied);
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

void Joining::subDirect(const RequestPtr &request, const wire::Sub &packet)
{
    if (packet.topic == request->userId())
        return request->reply(kDenied);
    const TopicPtr known = m_hub.topicFor(*request);
    const User &self = request->user();
    if (known && known->member(self.record.id))
        return resume(request, packet, known, *known->member(self.record.id));
    const UserPtr partner = m_hub.users.find(packet.topic);
    if (!partner)
        return request->reply(wire::isUserId(packet.topic) ? kUserNotFound : kMalformed);

    const AccessMode granted
        = self.record.anonymous ? partner->record.defaultAnon : partner->record.defaultAuth;
    const AccessMode wish = wishOf(packet).value_or(self.record.defaultAuth & access::kDirect);
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
    if (!addPrivate(own, packet))
        return request->reply(kTooLarge);
    if (!own.has(Access::Join))
        return request->reply(kDenied);
    if (known)
        return resume(request, packet, known, own);

    MemberRecord other;
    other.topicId = stored.topic.id;
    other.user = partner->record.id;
    other.created = request->time();
    const wire::DefaultAccess ownDefaults = descOf(packet).defacs.value_or(wire::DefaultAccess());
    const AccessMode offered = ownDefaults.auth.value_or(self.record.defaultAuth);
    setAcs(other,
        {(partner->record.defaultAuth & access::kDirect) | Access::Approve,
            (offered & access::kDirect) | Access::Approve},
        request->time());
    stored.members = {own, other};
    create(request, packet, stored, {}, {});
}

/// A channel has two names, one for its members and one for its readers: who uses the wrong one is
/// told the right one.
void Joining::subGroup(const RequestPtr &request, const wire::Sub &packet)
{
    const TopicPtr topic = m_hub.topicFor(*request);
    if (!topic)
        return request->reply(kTopicNotFound);
    if (const MemberRecord *present = topic->member(request->userId())) {
        const wire::TopicName name = topic->nameFor(request->userId());
        if (name == packet.topic)
            return resume(request, packet, topic, *present);
        wire::CtrlParams params;
        params.topic = name;
        return request->reply(kUseOther, params);
    }
    if (wire::topicKind(packet.topic) == wire::TopicKind::Channel)
        return joinChannel(request, packet, topic);
    joinGroup(request, packet, topic);
}

void Joining::joinGroup(const RequestPtr &request, const wire::Sub &packet, const TopicPtr &topic)
{
    MemberRecord member = newMember(*topic, request->userId(), request->time());
    const AccessMode defaults
        = request->user().record.anonymous ? topic->record.defaultAnon : topic->record.defaultAuth;
    // Who was a member before gets what it had: leaving and coming back does not undo a ban.
    const AccessMode given = member.isDeleted() && !member.reader ? member.given : defaults;
    const wire::Result<Acs, Answer> acs = access::join(given, defaults, wishOf(packet));
    if (!acs)
        return request->reply(acs.error());
    if (topic->memberCount() >= m_hub.options.maxSubscribers)
        return request->reply(kPolicy);
    if (!addPrivate(member, packet))
        return request->reply(kTooLarge);
    member.reader = false;
    setAcs(member, *acs, request->time());
    resume(request, packet, topic, member);
}

void Joining::joinChannel(const RequestPtr &request, const wire::Sub &packet, const TopicPtr &topic)
{
    MemberRecord member = newMember(*topic, request->userId(), request->time());
    const bool banned
        = member.isDeleted() && !member.reader && !member.given.testFlag(Access::Join);
    const wire::Result<Acs, Answer> acs
        = access::join(access::kChannelReader, access::kChannelReader, wishOf(packet));
    if (banned || !acs)
        return request->reply(kDenied);
    if (!addPrivate(member, packet))
        return request->reply(kTooLarge);
    member.reader = true;
    setAcs(member, *acs, request->time());
    resume(request, packet, topic, member);
}

/// Attaches with the rights in member, and stores them first where they changed.
void Joining::resume(
    const RequestPtr &request, const wire::Sub &packet, const TopicPtr &topic, MemberRecord member)
{
    const auto stored = topic->members.constFind(member.user);
    Change change;
    change.target = member.user;
    change.before = stored != topic->members.constEnd() ? acsOf(*stored) : Acs();
    if (topic->member(member.user)) {
        AccessMode want = wishOf(packet).value_or(member.want);
        if (!wishOf(packet) && !want.testFlag(Access::Join))
            want = wantOnReturn(*topic, member);
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

void Joining::attach(const RequestPtr &request, const wire::Sub &packet, const TopicPtr &topic,
    const std::optional<Change> &change, const wire::TopicName &tmpname)
{
    Session &session = request->session();
    const wire::UserId user = request->userId();
    if (!session.link)
        return;
    // While the commit ran the rights may have gone.
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
        m_membership.announce(request, topic, *change);
    m_hub.presence.groupCame(*topic);
    if (firstOfUser)
        m_hub.presence.memberCame(*topic, user);
    if (packet.get)
        m_membership.answerParts(request, topic, *packet.get, Details::Order::OfSub);
}

}
