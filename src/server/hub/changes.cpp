#include "server/hub/changes.h"

#include "server/hub/access.h"
#include "server/hub/limits.h"
#include "server/hub/tags.h"
#include "wire/card.h"

namespace confab::server {

using wire::Access;
using wire::AccessMode;
using wire::Acs;

namespace {

wire::CtrlParams tagParams(const QStringList &before, const QStringList &after)
{
    wire::CtrlParams params;
    for (const QString &tag : after)
        params.added += before.contains(tag) ? 0 : 1;
    for (const QString &tag : before)
        params.removed += after.contains(tag) ? 0 : 1;
    return params;
}

}

void Changes::setUnattached(
    const RequestPtr &request, const wire::SetQuery &query, const SetOwnSub &setSub)
{
    if (wire::topicKind(request->topic()) == wire::TopicKind::System)
        return request->reply(kDenied);
    const TopicPtr topic = m_hub.topicFor(*request);
    if (!topic || !topic->member(request->userId()))
        return request->reply(kTopicNotFound);
    const bool ownSub
        = query.sub && (query.sub->user.isEmpty() || query.sub->user == request->userId());
    const bool onlyPrivate = query.desc && query.desc->pub.isAbsent() && !query.desc->defacs
        && query.desc->trusted.isAbsent();
    const bool allowed = (!query.sub || ownSub) && (!query.desc || onlyPrivate) && !query.tags
        && !query.cred && query.aux.isAbsent();
    if (!allowed)
        return request->reply(kAttachFirst);
    if (query.desc)
        setPrivate(request, topic, query.desc->priv);
    if (query.sub)
        setSub(request, topic, *query.sub);
}

void Changes::setMe(const RequestPtr &request, const wire::SetQuery &query)
{
    if (query.desc)
        setMyDesc(request, *query.desc);
    if (query.sub)
        setMyMode(request, *query.sub);
    if (query.tags)
        setMyTags(request, *query.tags);
    if (query.cred)
        request->reply(kNotImplemented);
    if (!query.aux.isAbsent())
        request->reply(kDenied);
}

void Changes::setMyDesc(const RequestPtr &request, const wire::SetDesc &desc)
{
    const UserPtr user = request->session().user;
    UserRecord record = user->record;
    record.pub = wire::JsonBlob::merged(record.pub, desc.pub);
    record.priv = wire::JsonBlob::merged(record.priv, desc.priv);
    if (desc.defacs && desc.defacs->auth)
        record.defaultAuth = access::userDefault(*desc.defacs->auth);
    if (desc.defacs && desc.defacs->anon)
        record.defaultAnon = access::userDefault(*desc.defacs->anon);
    if (!desc.trusted.isAbsent())
        return request->reply(kDenied);
    if (record.pub.bytes().size() > kMaxPublicBytes
        || record.priv.bytes().size() > kMaxPrivateBytes)
        return request->reply(kTooLarge);
    const bool pubChanged = record.pub != user->record.pub;
    if (!pubChanged && record.priv == user->record.priv
        && record.defaultAuth == user->record.defaultAuth
        && record.defaultAnon == user->record.defaultAnon)
        return request->reply(kNotModified);
    record.updated = request->time();
    user->record = record;
    const UpdateUser operation{record, nameWords(wire::Card::fromPublic(record.pub).name)};
    m_hub.commit(
        request, operation,
        [this, request, user, pubChanged](const WriteOutcome &) {
            request->reply(kOk);
            m_hub.presence.userUpdated(*user, pubChanged, &request->session());
        },
        [this, user] { m_hub.users.reload(*user); });
}

void Changes::setMyMode(const RequestPtr &request, const wire::SetSub &set)
{
    const UserPtr user = request->session().user;
    if (!set.user.isEmpty() && set.user != user->record.id)
        return request->reply(kDenied);
    const AccessMode want = (set.mode.value_or(user->record.wantOfMe) & access::kMe) | Access::Join;
    if (want == user->record.wantOfMe)
        return request->reply(kNotModified);
    const bool visible = want.testFlag(Access::Presence);
    const bool wasVisible = user->record.wantOfMe.testFlag(Access::Presence);
    user->record.wantOfMe = want;
    const UpdateUser operation{
        user->record, nameWords(wire::Card::fromPublic(user->record.pub).name)};
    m_hub.commit(
        request, operation,
        [this, request, user, want, visible, wasVisible](const WriteOutcome &) {
            wire::CtrlParams params;
            params.acs = Acs{want, access::kMe};
            request->reply(kOk, params);
            if (visible != wasVisible)
                m_hub.presence.userVisibilityChanged(*user, visible);
        },
        [this, user] { m_hub.users.reload(*user); });
}

void Changes::setMyTags(const RequestPtr &request, const QStringList &wish)
{
    const UserPtr user = request->session().user;
    const QStringList before = m_hub.reader.tagsOf(user->record.id);
    const wire::Result<QStringList, Answer> after
        = changedTags(before, wish, m_hub.options.maxTags);
    if (!after)
        return request->reply(after.error());
    if (*after == before)
        return request->reply(kNotModified);
    m_hub.commit(request, SetTags{user->record.id, *after, request->time()},
        [this, request, user, params = tagParams(before, *after)](const WriteOutcome &) {
            user->record.updated = request->time();
            request->reply(kOk, params);
            m_hub.news.tagsUpdated(*user, &request->session());
        });
}

void Changes::setDesc(const RequestPtr &request, const TopicPtr &topic, const wire::SetDesc &desc)
{
    const MemberRecord *member = topic->member(request->userId());
    if (!member)
        return request->reply(kDenied);
    const bool shared = !desc.pub.isAbsent() || desc.defacs || !desc.trusted.isAbsent();
    if (!shared)
        return setPrivate(request, topic, desc.priv);
    if (topic->kind() != Topic::Kind::Group || !member->has(Access::Owner)
        || !desc.trusted.isAbsent())
        return request->reply(kDenied);
    TopicRecord record = topic->record;
    const AccessMode grantable = ~AccessMode(Access::Owner);
    record.pub = wire::JsonBlob::merged(record.pub, desc.pub);
    if (desc.defacs && desc.defacs->auth)
        record.defaultAuth = *desc.defacs->auth & grantable;
    if (desc.defacs && desc.defacs->anon)
        record.defaultAnon = *desc.defacs->anon & grantable;
    MemberRecord own = *member;
    own.priv = wire::JsonBlob::merged(own.priv, desc.priv);
    if (record.pub.bytes().size() > kMaxPublicBytes || own.priv.bytes().size() > kMaxPrivateBytes)
        return request->reply(kTooLarge);
    if (record.pub == topic->record.pub && record.defaultAuth == topic->record.defaultAuth
        && record.defaultAnon == topic->record.defaultAnon)
        return setPrivate(request, topic, desc.priv);
    if (own.priv != member->priv) { // this user's own, stored with it; one answer for both
        own.updated = request->time();
        topic->members.insert(own.user, own);
        m_hub.database.write(PutMembers{topic->record.id, topic->record.owner, {own}});
    }
    record.updated = request->time();
    topic->record = record;
    m_hub.commit(request, topic, UpdateTopic{record}, [this, request, topic](const WriteOutcome &) {
        request->reply(kOk);
        m_hub.news.topicUpdated(*topic, &request->session());
    });
}

void Changes::setPrivate(
    const RequestPtr &request, const TopicPtr &topic, const wire::JsonBlob &patch)
{
    MemberRecord member = *topic->member(request->userId());
    const wire::JsonBlob priv = wire::JsonBlob::merged(member.priv, patch);
    if (priv.bytes().size() > kMaxPrivateBytes)
        return request->reply(kTooLarge);
    if (priv == member.priv)
        return request->reply(kNotModified);
    member.priv = priv;
    member.updated = request->time();
    topic->members.insert(member.user, member);
    m_hub.commit(request, topic, PutMembers{topic->record.id, topic->record.owner, {member}},
        [this, request, topic](const WriteOutcome &) {
            request->reply(kOk);
            m_hub.news.privateUpdated(*topic, request->userId(), &request->session());
        });
}

void Changes::setTags(const RequestPtr &request, const TopicPtr &topic, const QStringList &wish)
{
    if (topic->kind() != Topic::Kind::Group
        || !topic->modeOf(request->userId()).testFlag(Access::Owner))
        return request->reply(kDenied);
    const QStringList before = topic->tags;
    const wire::Result<QStringList, Answer> after
        = changedTags(before, wish, m_hub.options.maxTags);
    if (!after)
        return request->reply(after.error());
    if (*after == before)
        return request->reply(kNotModified);
    m_hub.commit(request, topic, SetTags{topic->record.key, *after, request->time()},
        [this, request, topic, before, after = *after](const WriteOutcome &) {
            topic->tags = after;
            topic->record.updated = request->time();
            request->reply(kOk, tagParams(before, after));
            m_hub.news.tagsUpdated(*topic, &request->session());
        });
}

void Changes::setAux(const RequestPtr &request, const TopicPtr &topic, const wire::JsonBlob &aux)
{
    const AccessMode mode = topic->modeOf(request->userId());
    const bool allowed = mode.testFlag(Access::Owner) || mode.testFlag(Access::Approve);
    if (!allowed)
        return request->reply(kDenied);
    TopicRecord record = topic->record;
    record.aux = wire::JsonBlob::merged(record.aux, aux);
    if (record.aux.bytes().size() > kMaxAuxBytes)
        return request->reply(kTooLarge);
    if (record.aux == topic->record.aux)
        return request->reply(kNotModified);
    topic->record = record;
    m_hub.commit(request, topic, UpdateTopic{record}, [this, request, topic](const WriteOutcome &) {
        request->reply(kOk);
        m_hub.news.auxUpdated(*topic, &request->session());
    });
}

}
