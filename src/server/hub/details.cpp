#include "server/hub/details.h"

#include "server/hub/access.h"
#include "server/hub/limits.h"

#include <algorithm>

namespace confab::server {

using wire::Access;
using wire::AccessMode;
using wire::Acs;
using wire::What;

namespace {

bool isNews(const QDateTime &changed, const QDateTime &since)
{
    return !since.isValid() || changed > since;
}

}

QList<What> Details::askedParts(const wire::GetQuery &query, Order order)
{
    static constexpr What kOfSub[]
        = {What::Desc, What::Sub, What::Tags, What::Cred, What::Aux, What::Data, What::Del};
    static constexpr What kOfGet[]
        = {What::Desc, What::Sub, What::Data, What::Del, What::Tags, What::Cred, What::Aux};
    QList<What> asked;
    for (const What part : order == Order::OfSub ? kOfSub : kOfGet) {
        if (query.what.testFlag(part))
            asked.append(part);
    }
    return asked;
}

void Details::answerMe(const RequestPtr &request, const wire::GetQuery &query, Order order)
{
    for (const What part : askedParts(query, order)) {
        switch (part) {
        case What::Desc: {
            wire::Meta meta;
            meta.desc = describeMe(request->user(), query.desc.ims);
            request->reply(meta);
            break;
        }
        case What::Sub:
            answerChats(request, query.sub);
            break;
        case What::Tags:
            answerTags(request, m_hub.reader.tagsOf(request->userId()));
            break;
        case What::Cred:
            request->replyPart(kNoContent, QStringLiteral("creds"));
            break;
        case What::Aux:
        case What::Data:
        case What::Del:
            request->reply(kDenied);
            break;
        }
    }
}

wire::TopicDesc Details::describeMe(const User &user, const QDateTime &since) const
{
    const UserRecord &record = user.record;
    wire::TopicDesc desc;
    desc.updated = record.updated;
    desc.touched = record.updated;
    desc.defacs = wire::DefaultAccess{record.defaultAuth, record.defaultAnon};
    desc.acs = Acs{record.wantOfMe, access::kMe};
    if (isNews(record.updated, since)) {
        desc.created = record.created;
        desc.pub = record.pub;
        desc.trusted = record.trusted;
        desc.priv = record.priv;
    }
    return desc;
}

void Details::answerChats(const RequestPtr &request, const wire::ListOptions &options)
{
    const int limit = options.limit > 0 ? std::min(options.limit, kMaxList) : kMaxList;
    QList<wire::Subscription> lines;
    for (const ChatRecord &chat : m_hub.reader.chatsOf(request->userId(), options.ims, limit)) {
        const wire::Subscription line = chatLine(chat, request->userId());
        if (options.topic.isEmpty() || options.topic == line.topic)
            lines.append(line);
    }
    if (lines.isEmpty())
        return request->replyPart(kNoContent, QStringLiteral("sub"));
    wire::Meta meta;
    meta.sub = lines;
    request->reply(meta);
}

wire::Subscription Details::chatLine(const ChatRecord &chat, const wire::UserId &user)
{
    // What is in memory is newer than what is on disk: marks are written behind.
    const TopicPtr topic = m_hub.topics.find(chat.topic.key);
    const MemberRecord *inMemory = topic ? topic->member(user) : nullptr;
    const MemberRecord &member = inMemory ? *inMemory : chat.member;
    wire::Subscription line;
    line.topic = topic ? topic->nameFor(user) : chat.topic.key;
    line.updated = member.updated;
    line.touched = chat.topic.touched;
    if (member.isDeleted() || !topic) {
        line.deleted = member.deleted;
        return line;
    }
    line.acs = Acs{member.want, member.given};
    if (!member.has(Access::Join))
        return line;
    line.seq = topic->record.seq;
    line.read = member.read;
    line.recv = member.recv;
    line.clear = std::max(member.delId, topic->record.hardDelId);
    line.priv = member.priv;
    line.trusted = topic->record.trusted;
    if (m_hub.presence.isOnlineFor(*topic, user))
        line.online = true;
    if (topic->kind() == Topic::Kind::Group) {
        line.pub = topic->record.pub;
        line.subcnt = chat.subscribers;
    }
    if (const UserPtr partner = m_hub.users.find(topic->partnerOf(user))) {
        line.pub = partner->record.pub;
        line.trusted = partner->record.trusted;
        if (!line.online && partner->record.seen.isValid() && member.has(Access::Presence))
            line.seen = wire::LastSeen{partner->record.seen, partner->record.ua};
    }
    return line;
}

void Details::answerTopic(
    const RequestPtr &request, const Topic &topic, const wire::GetQuery &query, What part)
{
    switch (part) {
    case What::Desc: {
        wire::Meta meta;
        meta.desc = describe(topic, request->userId(), query.desc.ims);
        return request->reply(meta);
    }
    case What::Sub:
        return answerMembers(request, topic, query.sub);
    case What::Tags:
        if (topic.kind() != Topic::Kind::Group
            || !topic.modeOf(request->userId()).testFlag(Access::Owner))
            return request->reply(kDenied);
        return answerTags(request, topic.tags);
    case What::Aux: {
        // Keys that were taken away leave an empty object, which upstream does not send either.
        if (topic.record.aux.isAbsent() || topic.record.aux.bytes() == "{}")
            return request->replyPart(kNoContent, QStringLiteral("aux"));
        wire::Meta meta;
        meta.aux = topic.record.aux;
        return request->reply(meta);
    }
    case What::Cred:
    case What::Data:
    case What::Del:
        break;
    }
    request->reply(kDenied);
}

wire::TopicDesc Details::describe(
    const Topic &topic, const wire::UserId &user, const QDateTime &since)
{
    wire::TopicDesc desc;
    const TopicRecord &record = topic.record;
    const bool group = topic.kind() == Topic::Kind::Group;
    desc.updated = record.updated;
    desc.touched = record.touched;
    desc.chan = record.channel;
    const MemberRecord *member = topic.member(user);
    QDateTime changed = record.updated;
    if (member) {
        desc.acs = Acs{member->want, member->given};
        desc.seq = record.seq;
        desc.read = member->read;
        desc.recv = member->recv;
        desc.clear = std::max(member->delId, record.hardDelId);
        changed = std::max(changed, member->updated);
        if (access::seesRights(member->mode()) && topic.kind() != Topic::Kind::Direct)
            desc.defacs = wire::DefaultAccess{record.defaultAuth, record.defaultAnon};
        if (group) {
            desc.subcnt = topic.subscriberCount();
            if (topic.announced)
                desc.online = true;
        }
    }
    const UserPtr partner = m_hub.users.find(topic.partnerOf(user));
    if (partner)
        changed = std::max(changed, partner->record.updated);
    if (isNews(changed, since)) {
        desc.created = record.created;
        desc.pub = partner ? partner->record.pub : record.pub;
        desc.trusted = partner ? partner->record.trusted : record.trusted;
        if (member)
            desc.priv = member->priv;
    }
    return desc;
}

void Details::answerMembers(
    const RequestPtr &request, const Topic &topic, const wire::ListOptions &options)
{
    const int limit = options.limit > 0 ? std::min(options.limit, kMaxList) : kMaxList;
    QList<MemberRecord> members;
    const wire::UserId &seeker = request->userId();
    for (const MemberRecord &member : topic.members) {
        // Members and readers of a channel do not see its readers, and readers see only themselves.
        if (member.user != seeker && (member.reader || topic.isReader(seeker)))
            continue;
        const bool asked = options.user.isEmpty() || options.user == member.user;
        const bool news = isNews(std::max(member.updated, member.deleted), options.ims);
        if (asked && news && (!member.isDeleted() || options.ims.isValid()))
            members.append(member);
    }
    std::sort(members.begin(), members.end(), [](const MemberRecord &a, const MemberRecord &b) {
        return std::tie(a.created, a.user) < std::tie(b.created, b.user);
    });
    if (members.isEmpty())
        return request->replyPart(kNoContent, QStringLiteral("sub"));
    QList<wire::Subscription> lines;
    for (const MemberRecord &member : members.mid(0, limit))
        lines.append(memberLine(topic, member, request->userId()));
    wire::Meta meta;
    meta.sub = lines;
    request->reply(meta);
}

wire::Subscription Details::memberLine(
    const Topic &topic, const MemberRecord &member, const wire::UserId &reader)
{
    wire::Subscription line;
    line.user = member.user;
    line.updated = member.updated;
    if (member.isDeleted()) {
        line.deleted = member.deleted;
        return line;
    }
    const bool own = member.user == reader;
    const bool direct = topic.kind() == Topic::Kind::Direct;
    // Who does not manage rights sees what others can do, not what they want and were given.
    if (own || direct || access::seesRights(topic.modeOf(reader)))
        line.acs = Acs{member.want, member.given};
    else
        line.acs = Acs{member.mode(), member.mode()};
    line.read = member.read;
    line.recv = member.recv;
    if (own) {
        line.priv = member.priv;
        line.clear = std::max(member.delId, topic.record.hardDelId);
    }
    if (topic.kind() == Topic::Kind::Group) {
        if (member.has(Access::Presence) && topic.isUserAttached(member.user))
            line.online = true;
        if (const UserPtr user = m_hub.users.find(member.user))
            line.pub = user->record.pub;
    }
    return line;
}

void Details::answerTags(const RequestPtr &request, const QStringList &tags)
{
    if (tags.isEmpty())
        return request->replyPart(kNoContent, QStringLiteral("tags"));
    wire::Meta meta;
    meta.tags = tags;
    request->reply(meta);
}

void Details::answerUnattached(const RequestPtr &request, const wire::GetQuery &query)
{
    if (wire::topicKind(request->topic()) == wire::TopicKind::System)
        return request->reply(kDenied);
    const bool other = (query.what & ~(wire::Whats(What::Desc) | What::Sub)) != wire::Whats();
    const TopicPtr topic = m_hub.topicFor(*request);
    const MemberRecord *member = topic ? topic->member(request->userId()) : nullptr;
    const UserPtr partner = m_hub.users.find(request->topic());
    if (!topic && !partner)
        return request->reply(kTopicNotFound);
    if (other || request->topic() == request->userId())
        return request->reply(kDenied);
    wire::Meta meta;
    if (query.what.testFlag(What::Desc)) {
        if (member || !partner) {
            const bool open = topic->record.defaultAuth.testFlag(Access::Join)
                || wire::topicKind(request->topic()) == wire::TopicKind::Channel;
            if (!member && !open)
                return request->reply(kDenied);
            meta.desc = describe(*topic, request->userId(), query.desc.ims);
        } else {
            meta.desc = wire::TopicDesc();
            meta.desc->created = partner->record.created;
            meta.desc->updated = partner->record.updated;
            meta.desc->acs = Acs{partner->record.defaultAuth, partner->record.defaultAuth};
            meta.desc->pub = partner->record.pub;
            meta.desc->trusted = partner->record.trusted;
        }
        request->reply(meta);
        meta.desc.reset();
    }
    if (query.what.testFlag(What::Sub)) {
        if (!member)
            return request->reply(kDenied);
        meta.sub = QList<wire::Subscription>{memberLine(*topic, *member, request->userId())};
        request->reply(meta);
    }
}

}
