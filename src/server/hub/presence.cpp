#include "server/hub/presence.h"

#include "server/db/reader.h"
#include "server/hub/access.h"

namespace confab::server {

using wire::Access;
using wire::AccessMode;
using wire::Pres;
using wire::PresKind;

namespace {

const QLatin1String kMe("me");

/// New rights against none are told whole, otherwise as a difference.
QString change(AccessMode from, AccessMode to)
{
    return from == AccessMode() ? wire::formatAccess(to) : wire::accessDelta(from, to);
}

Pres presOn(const wire::TopicName &topic, PresKind what, const QString &src)
{
    Pres pres;
    pres.topic = topic;
    pres.what = what;
    pres.src = src;
    return pres;
}

bool exchangesPresence(AccessMode mode)
{
    return mode.testFlag(Access::Join) && mode.testFlag(Access::Presence);
}

} // namespace

Presence::Presence(Users &users, Topics &topics, const Reader &reader)
    : m_users(users)
    , m_topics(topics)
    , m_reader(reader)
{
}

void Presence::toMe(const wire::UserId &user, Pres pres, const Session *except) const
{
    if (const UserPtr found = m_users.find(user)) {
        pres.topic = kMe;
        sendToAll(found->onMe(except), pres);
    }
}

void Presence::toMembersOnMe(const Topic &topic, AccessMode needed, const Pres &pres,
    const Session *except, bool attachedToo) const
{
    QHash<QString, QList<Session *>> byName; // direct chats have another name for each side
    for (const MemberRecord &member : topic.members) {
        if ((member.mode() & needed) != needed)
            continue;
        const UserPtr user = m_users.find(member.user);
        if (!user)
            continue;
        for (Session *session : user->onMe(except)) {
            if (attachedToo || !topic.isAttached(session))
                byName[topic.nameFor(member.user)].append(session);
        }
    }
    for (auto it = byName.cbegin(); it != byName.cend(); ++it) {
        Pres own = pres;
        own.topic = kMe;
        own.src = it.key();
        sendToAll(it.value(), own);
    }
}

bool Presence::isUserVisible(const wire::UserId &user) const
{
    const UserPtr found = m_users.find(user);
    return found && found->isOnline() && found->record.wantOfMe.testFlag(Access::Presence);
}

void Presence::userCame(Session &session)
{
    const User &user = *session.user;
    if (user.onMe(&session).isEmpty() && user.record.wantOfMe.testFlag(Access::Presence)) {
        for (const PartnerRecord &partner : m_reader.partnersOf(user.record.id)) {
            if (!exchangesPresence(partner.ownMode) || !exchangesPresence(partner.partnerMode))
                continue;
            Pres pres = presOn(kMe, PresKind::On, user.record.id);
            pres.ua = session.ua;
            toMe(partner.partner, pres);
        }
    }
}

void Presence::userWent(const User &user, const QString &ua)
{
    if (user.isOnline() || !user.record.wantOfMe.testFlag(Access::Presence))
        return;
    for (const PartnerRecord &partner : m_reader.partnersOf(user.record.id)) {
        if (!exchangesPresence(partner.ownMode) || !exchangesPresence(partner.partnerMode))
            continue;
        Pres pres = presOn(kMe, PresKind::Off, user.record.id);
        pres.ua = ua;
        toMe(partner.partner, pres);
    }
}

void Presence::userUpdated(const User &user, bool publicChanged, const Session *except)
{
    toMe(user.record.id, presOn(kMe, PresKind::Updated, kMe), except);
    if (!publicChanged)
        return;
    for (const PartnerRecord &partner : m_reader.partnersOf(user.record.id)) {
        if (partner.partnerMode.testFlag(Access::Join))
            toMe(partner.partner, presOn(kMe, PresKind::Updated, user.record.id));
    }
}

void Presence::groupCame(Topic &topic, const Session *except)
{
    if (topic.kind() != Topic::Kind::Group || topic.announced)
        return;
    topic.announced = true;
    toMembersOnMe(topic, AccessMode(Access::Join) | Access::Presence, presOn(kMe, PresKind::On, {}),
        except, true);
}

void Presence::groupWent(Topic &topic)
{
    if (!topic.announced)
        return;
    topic.announced = false;
    toMembersOnMe(topic, AccessMode(Access::Join) | Access::Presence,
        presOn(kMe, PresKind::Off, {}), nullptr, true);
}

void Presence::memberCame(const Topic &topic, const wire::UserId &user)
{
    if (topic.kind() != Topic::Kind::Group || !topic.modeOf(user).testFlag(Access::Presence))
        return;
    QList<Session *> others;
    for (Session *session : topic.sessions) {
        if (session->userId() != user && topic.modeOf(session->userId()).testFlag(Access::Presence))
            others.append(session);
    }
    sendToAll(others, presOn(topic.record.key, PresKind::On, user));
}

void Presence::memberWent(const Topic &topic, const wire::UserId &user, const Session *except)
{
    if (topic.kind() != Topic::Kind::Group)
        return;
    QList<Session *> others;
    for (Session *session : topic.sessions) {
        const bool told = session != except && session->userId() != user;
        if (told && topic.modeOf(session->userId()).testFlag(Access::Presence))
            others.append(session);
    }
    sendToAll(others, presOn(topic.record.key, PresKind::Off, user));
}

void Presence::tellOnline(const Topic &topic, const wire::UserId &user, bool online)
{
    toMe(user, presOn(kMe, online ? PresKind::On : PresKind::Off, topic.nameFor(user)));
}

bool Presence::isOnlineFor(const Topic &topic, const wire::UserId &user) const
{
    if (!exchangesPresence(topic.modeOf(user)))
        return false;
    if (topic.kind() == Topic::Kind::Group)
        return topic.announced;
    const wire::UserId partner = topic.partnerOf(user);
    return !partner.isEmpty() && exchangesPresence(topic.modeOf(partner)) && isUserVisible(partner);
}

void Presence::messageStored(const Topic &topic, const wire::UserId &from, wire::Seq seq)
{
    Pres pres = presOn(kMe, PresKind::Message, {});
    pres.seq = seq;
    const AccessMode needed = AccessMode(Access::Read) | Access::Presence;
    // `act` names the author for everybody but the author, whose other sessions take its absence as
    // "sent by me" (protocol.md §3.2).
    for (const MemberRecord &member : topic.members) {
        if ((member.mode() & needed) != needed)
            continue;
        const UserPtr user = m_users.find(member.user);
        if (!user)
            continue;
        QList<Session *> elsewhere;
        for (Session *session : user->onMe()) {
            if (!topic.isAttached(session))
                elsewhere.append(session);
        }
        Pres own = pres;
        own.src = topic.nameFor(member.user);
        own.act = member.user == from ? wire::UserId() : from;
        sendToAll(elsewhere, own);
    }
}

void Presence::marked(const Topic &topic, const wire::UserId &user, wire::NoteKind what,
    wire::Seq seq, const Session *origin)
{
    wire::Info info;
    info.from = user;
    info.what = what;
    info.seq = seq;
    const AccessMode needed = AccessMode(Access::Read) | Access::Presence;
    for (const MemberRecord &member : topic.members) {
        const UserPtr other = m_users.find(member.user);
        if (!other || !member.has(Access::Read))
            continue;
        const wire::TopicName name = topic.nameFor(member.user);
        QList<Session *> elsewhere;
        for (Session *session : other->onMe(origin)) {
            if (!topic.isAttached(session) && (member.mode() & needed) == needed)
                elsewhere.append(session);
        }
        if (member.user == user) {
            Pres pres = presOn(
                kMe, what == wire::NoteKind::Read ? PresKind::Read : PresKind::Received, name);
            pres.seq = seq;
            sendToAll(elsewhere, pres);
        }
        info.topic = name;
        info.src.clear();
        sendToAll(topic.sessionsOf(member.user, origin), info);
        info.topic = kMe;
        info.src = name;
        sendToAll(elsewhere, info);
    }
}

void Presence::typing(
    const Topic &topic, const wire::UserId &user, wire::NoteKind what, const Session *origin)
{
    QHash<QString, QList<Session *>> byName;
    for (Session *session : topic.sessions) {
        // Own devices see recordings but not typing (protocol.md §3.1).
        const bool hidden
            = session == origin || (session->userId() == user && what == wire::NoteKind::Typing);
        if (!hidden && topic.modeOf(session->userId()).testFlag(Access::Read))
            byName[topic.nameFor(session->userId())].append(session);
    }
    for (auto it = byName.cbegin(); it != byName.cend(); ++it) {
        wire::Info info;
        info.topic = it.key();
        info.from = user;
        info.what = what;
        sendToAll(it.value(), info);
    }
}

void Presence::deleted(const Topic &topic, const wire::UserId &forUser, int delId,
    const QList<wire::SeqRange> &ranges, const Session *origin)
{
    for (const MemberRecord &member : topic.members) {
        if (!member.has(Access::Read) || (!forUser.isEmpty() && member.user != forUser))
            continue;
        const wire::TopicName name = topic.nameFor(member.user);
        Pres pres = presOn(name, PresKind::Deleted, {});
        pres.clear = delId;
        pres.delseq = ranges;
        sendToAll(topic.sessionsOf(member.user, origin), pres);
        const UserPtr user = m_users.find(member.user);
        if (!user || !member.has(Access::Presence))
            continue;
        QList<Session *> elsewhere;
        for (Session *session : user->onMe(origin)) {
            if (!topic.isAttached(session))
                elsewhere.append(session);
        }
        pres.topic = kMe;
        pres.src = name;
        pres.delseq.clear();
        sendToAll(elsewhere, pres);
    }
}

void Presence::accessChanged(const Topic &topic, const wire::UserId &target,
    const wire::UserId &actor, const wire::Acs &before, const wire::Acs &after,
    const Session *except)
{
    Pres pres;
    pres.what = PresKind::Access;
    pres.dacs
        = wire::AccessDelta{change(before.want, after.want), change(before.given, after.given)};
    if (before.want == after.want)
        pres.dacs->want.clear();
    if (before.given == after.given)
        pres.dacs->given.clear();

    const wire::TopicName ownName = topic.nameFor(target);
    pres.topic = ownName;
    sendToAll(topic.sessionsOf(target, except), pres);

    pres.act = actor == target ? wire::UserId() : actor;
    if (const UserPtr user = m_users.find(target)) {
        QList<Session *> elsewhere;
        for (Session *session : user->onMe(except)) {
            if (!topic.isAttached(session))
                elsewhere.append(session);
        }
        pres.topic = kMe;
        pres.src = ownName;
        sendToAll(elsewhere, pres);
    }

    for (const MemberRecord &member : topic.members) {
        if (member.user == target || !access::seesRights(member.mode()))
            continue;
        pres.topic = topic.nameFor(member.user);
        pres.src = target;
        pres.tgt.clear();
        sendToAll(topic.sessionsOf(member.user, except), pres);
        const UserPtr user = m_users.find(member.user);
        if (!user || !member.has(Access::Approve) || topic.isUserAttached(member.user))
            continue;
        pres.topic = kMe;
        pres.src = topic.nameFor(member.user);
        pres.tgt = target;
        sendToAll(user->onMe(except), pres);
    }
}

void Presence::memberGone(const Topic &topic, const wire::UserId &target, const wire::UserId &actor,
    const Session *except)
{
    Pres pres;
    pres.topic = topic.record.key;
    pres.what = PresKind::Access;
    pres.src = target;
    pres.act = actor == target ? wire::UserId() : actor;
    const QString none = wire::formatAccess({});
    pres.dacs = wire::AccessDelta{none, none};
    QList<Session *> others;
    for (Session *session : topic.sessions) {
        if (session != except && access::seesRights(topic.modeOf(session->userId())))
            others.append(session);
    }
    sendToAll(others, pres);
}

void Presence::directCreated(const Topic &topic, const wire::UserId &creator, const Session *except)
{
    for (const wire::UserId &side : {topic.partnerOf(creator), creator}) {
        const MemberRecord *member = topic.member(side);
        if (!member)
            continue;
        Pres pres = presOn(kMe, PresKind::Access, topic.nameFor(side));
        pres.act = side == creator ? wire::UserId() : creator;
        pres.dacs = wire::AccessDelta{
            wire::formatAccess(member->want), wire::formatAccess(member->given)};
        toMe(side, pres, except);
    }
}

void Presence::topicUpdated(const Topic &topic, const Session *except)
{
    toMembersOnMe(
        topic, AccessMode(Access::Join), presOn(kMe, PresKind::Updated, {}), except, true);
}

void Presence::privateUpdated(const Topic &topic, const wire::UserId &user, const Session *except)
{
    toMe(user, presOn(kMe, PresKind::Updated, topic.nameFor(user)), except);
}

void Presence::auxUpdated(const Topic &topic, const Session *except)
{
    QHash<QString, QList<Session *>> byName;
    for (Session *session : topic.sessions) {
        if (session != except)
            byName[topic.nameFor(session->userId())].append(session);
    }
    for (auto it = byName.cbegin(); it != byName.cend(); ++it)
        sendToAll(it.value(), presOn(it.key(), PresKind::Aux, {}));
}

void Presence::tagsUpdated(const User &user, const Session *except)
{
    Pres pres = presOn(kMe, PresKind::Tags, {});
    toMe(user.record.id, pres, except);
}

void Presence::gone(const Topic &topic, const wire::UserId &user, const Session *except)
{
    toMe(user, presOn(kMe, PresKind::Gone, topic.nameFor(user)), except);
}

} // namespace confab::server
