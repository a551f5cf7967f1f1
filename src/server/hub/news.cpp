#include "server/hub/news.h"

#include "server/hub/access.h"
#include "server/hub/mailing.h"

namespace confab::server {

using wire::Access;
using wire::AccessMode;
using wire::Pres;
using wire::PresKind;

namespace {

const QLatin1String kMe("me");

/// Nothing for what stays; new rights against none are told whole, otherwise as a difference.
QString change(AccessMode from, AccessMode to)
{
    if (from == to)
        return {};
    return from == AccessMode() ? wire::formatAccess(to) : wire::accessDelta(from, to);
}

}

QList<Session *> News::elsewhere(
    const Topic &topic, const wire::UserId &user, const Session *except) const
{
    QList<Session *> result = m_users.onMe(user, except);
    result.removeIf([&topic](const Session *session) { return topic.isAttached(session); });
    return result;
}

void News::messageStored(const Topic &topic, const wire::UserId &from, wire::Seq seq) const
{
    const AccessMode needed = AccessMode(Access::Read) | Access::Presence;
    Mailing<Pres> mailing;
    for (const MemberRecord &member : topic.members) {
        if ((member.mode() & needed) != needed)
            continue;
        // In a busy group most have it open: nothing is made up for those.
        const QList<Session *> away = elsewhere(topic, member.user);
        if (away.isEmpty())
            continue;
        Pres pres = presOn(kMe, PresKind::Message, topic.nameFor(member));
        pres.seq = seq;
        // `act` names the author for everybody but the author, whose other sessions take its
        // absence as "sent by me" (protocol.md §3.2). Readers learn only that it was not them.
        if (member.reader)
            pres.act = pres.src;
        else if (member.user != from)
            pres.act = from;
        mailing.add(pres, away);
    }
    mailing.send();
}

void News::marked(const Topic &topic, const wire::UserId &user, wire::NoteKind what, wire::Seq seq,
    const Session *origin) const
{
    const bool secret = topic.isReader(user);
    const PresKind own = what == wire::NoteKind::Read ? PresKind::Read : PresKind::Received;
    Mailing<Pres> counters;
    Mailing<wire::Info> infos;
    for (const MemberRecord &member : topic.members) {
        if (!member.has(Access::Read) || member.reader != secret || (secret && member.user != user))
            continue;
        const wire::TopicName name = topic.nameFor(member.user);
        const QList<Session *> away = member.has(Access::Presence)
            ? elsewhere(topic, member.user, origin)
            : QList<Session *>();
        if (member.user == user) {
            Pres pres = presOn(kMe, own, name);
            pres.seq = seq;
            counters.add(pres, away);
        }
        wire::Info info;
        info.topic = name;
        info.from = user;
        info.what = what;
        info.seq = seq;
        infos.add(info, topic.sessionsOf(member.user, origin));
        info.topic = kMe;
        info.src = name;
        infos.add(info, away);
    }
    counters.send();
    infos.send();
}

void News::typing(
    const Topic &topic, const wire::UserId &user, wire::NoteKind what, const Session *origin) const
{
    Mailing<wire::Info> mailing;
    for (Session *session : topic.sessions) {
        // Own devices see recordings but not typing (protocol.md §3.1); readers of a channel do not
        // learn who writes.
        const wire::UserId &other = session->userId();
        const bool hidden = session == origin || topic.isReader(other)
            || (other == user && what == wire::NoteKind::Typing);
        if (hidden || !topic.modeOf(other).testFlag(Access::Read))
            continue;
        wire::Info info;
        info.topic = topic.nameFor(other);
        info.from = user;
        info.what = what;
        mailing.add(info, session);
    }
    mailing.send();
}

void News::deleted(const Topic &topic, const wire::UserId &forUser, int delId,
    const QList<wire::SeqRange> &ranges, const Session *origin) const
{
    Mailing<Pres> mailing;
    for (const MemberRecord &member : topic.members) {
        if (!member.has(Access::Read) || (!forUser.isEmpty() && member.user != forUser))
            continue;
        const wire::TopicName name = topic.nameFor(member.user);
        Pres pres = presOn(name, PresKind::Deleted);
        pres.clear = delId;
        pres.delseq = ranges;
        mailing.add(pres, topic.sessionsOf(member.user, origin));
        if (!member.has(Access::Presence))
            continue;
        pres.topic = kMe;
        pres.src = name;
        pres.delseq.clear();
        mailing.add(pres, elsewhere(topic, member.user, origin));
    }
    mailing.send();
}

void News::accessChanged(const Topic &topic, const wire::UserId &target, const wire::UserId &actor,
    const wire::Acs &before, const wire::Acs &after, const Session *except) const
{
    const wire::TopicName name = topic.nameFor(target);
    Pres pres = presOn(name, PresKind::Access);
    pres.dacs
        = wire::AccessDelta{change(before.want, after.want), change(before.given, after.given)};
    sendToAll(topic.sessionsOf(target, except), pres);
    pres.act = actor == target ? wire::UserId() : actor;
    pres.topic = kMe;
    pres.src = name;
    sendToAll(elsewhere(topic, target, except), pres);
    if (!topic.isReader(target))
        tellApprovers(topic, target, pres, except);
}

void News::tellApprovers(
    const Topic &topic, const wire::UserId &target, Pres pres, const Session *except) const
{
    Mailing<Pres> mailing;
    for (const MemberRecord &member : topic.members) {
        if (member.user == target || !access::seesRights(member.mode()))
            continue;
        pres.topic = topic.nameFor(member.user);
        pres.src = target;
        pres.tgt.clear();
        mailing.add(pres, topic.sessionsOf(member.user, except));
        if (!member.has(Access::Approve) || topic.isUserAttached(member.user))
            continue;
        pres.src = pres.topic;
        pres.topic = kMe;
        pres.tgt = target;
        mailing.add(pres, m_users.onMe(member.user, except));
    }
    mailing.send();
}

void News::memberGone(const Topic &topic, const wire::UserId &target, const wire::UserId &actor,
    const Session *except) const
{
    if (topic.isReader(target))
        return;
    Pres pres = presOn(topic.record.key, PresKind::Access, target);
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

void News::directCreated(
    const Topic &topic, const wire::UserId &creator, const Session *except) const
{
    for (const wire::UserId &side : {topic.partnerOf(creator), creator}) {
        const MemberRecord *member = topic.member(side);
        if (!member)
            continue;
        Pres pres = presOn(kMe, PresKind::Access, topic.nameFor(side));
        pres.act = side == creator ? wire::UserId() : creator;
        pres.dacs = wire::AccessDelta{
            wire::formatAccess(member->want), wire::formatAccess(member->given)};
        sendToAll(m_users.onMe(side, except), pres);
    }
}

void News::topicUpdated(const Topic &topic, const Session *except) const
{
    Mailing<Pres> mailing;
    for (const MemberRecord &member : topic.members) {
        if (member.has(Access::Join))
            mailing.add(presOn(kMe, PresKind::Updated, topic.nameFor(member.user)),
                m_users.onMe(member.user, except));
    }
    mailing.send();
}

void News::privateUpdated(const Topic &topic, const wire::UserId &user, const Session *except) const
{
    sendToAll(m_users.onMe(user, except), presOn(kMe, PresKind::Updated, topic.nameFor(user)));
}

void News::auxUpdated(const Topic &topic, const Session *except) const
{
    Mailing<Pres> mailing;
    for (Session *session : topic.sessions) {
        if (session != except)
            mailing.add(presOn(topic.nameFor(session->userId()), PresKind::Aux), session);
    }
    mailing.send();
}

void News::tagsUpdated(const User &user, const Session *except) const
{
    sendToAll(user.onMe(except), presOn(kMe, PresKind::Tags));
}

void News::tagsUpdated(const Topic &topic, const Session *except) const
{
    QList<Session *> owners;
    for (Session *session : topic.sessions) {
        if (session != except && topic.modeOf(session->userId()).testFlag(Access::Owner))
            owners.append(session);
    }
    sendToAll(owners, presOn(topic.record.key, PresKind::Tags));
}

void News::gone(const wire::UserId &user, const wire::TopicName &name, const Session *except) const
{
    sendToAll(m_users.onMe(user, except), presOn(kMe, PresKind::Gone, name));
}

}
