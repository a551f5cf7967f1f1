#include "server/hub/presence.h"

#include "server/db/reader.h"
#include "server/hub/mailing.h"

namespace confab::server {

using wire::Access;
using wire::AccessMode;
using wire::Pres;
using wire::PresKind;

namespace {

const QLatin1String kMe("me");

bool exchangesPresence(AccessMode mode)
{
    return mode.testFlag(Access::Join) && mode.testFlag(Access::Presence);
}

}

Presence::Presence(Users &users, Topics &topics, const Reader &reader)
    : m_users(users)
    , m_topics(topics)
    , m_reader(reader)
{
}

/// Partners in direct chats where both sides have J and P.
QList<wire::UserId> Presence::exchangingWith(const wire::UserId &user) const
{
    QList<wire::UserId> partners;
    for (const PartnerRecord &partner : m_reader.partnersOf(user)) {
        if (exchangesPresence(partner.ownMode) && exchangesPresence(partner.partnerMode))
            partners.append(partner.partner);
    }
    return partners;
}

QList<wire::UserId> Presence::watchersOf(const User &user) const
{
    return user.record.wantOfMe.testFlag(Access::Presence) ? exchangingWith(user.record.id)
                                                           : QList<wire::UserId>();
}

void Presence::tell(const QList<wire::UserId> &watchers, const Pres &pres) const
{
    QList<Session *> sessions;
    for (const wire::UserId &watcher : watchers)
        sessions += m_users.onMe(watcher);
    sendToAll(sessions, pres);
}

void Presence::toWatchers(const User &user, PresKind what, const QString &ua) const
{
    Pres pres = presOn(kMe, what, user.record.id);
    pres.ua = ua;
    tell(watchersOf(user), pres);
}

void Presence::userVisibilityChanged(const User &user, bool visible) const
{
    Pres pres = presOn(kMe, visible ? PresKind::On : PresKind::Off, user.record.id);
    pres.ua = user.ua;
    if (user.isOnline())
        tell(exchangingWith(user.record.id), pres);
}

void Presence::userVanished(const wire::UserId &id, const QList<wire::UserId> &watchers) const
{
    tell(watchers, presOn(kMe, PresKind::Off, id));
}

void Presence::toMembersOnMe(const Topic &topic, PresKind what, const Session *except) const
{
    Mailing<Pres> mailing;
    for (const MemberRecord &member : topic.members) {
        if (exchangesPresence(member.mode()))
            mailing.add(
                presOn(kMe, what, topic.nameFor(member.user)), m_users.onMe(member.user, except));
    }
    mailing.send();
}

bool Presence::isUserVisible(const wire::UserId &user) const
{
    if (m_users.onMe(user).isEmpty())
        return false;
    const UserPtr found = m_users.find(user);
    return found && found->record.wantOfMe.testFlag(Access::Presence);
}

void Presence::userCame(Session &session)
{
    const User &user = *session.user;
    if (user.onMe(&session).isEmpty())
        toWatchers(user, PresKind::On, session.ua);
}

void Presence::userWent(const User &user, const QString &ua)
{
    if (!user.isOnline())
        toWatchers(user, PresKind::Off, ua);
}

void Presence::userAgentChanged(const User &user, const QString &ua)
{
    if (user.isOnline())
        toWatchers(user, PresKind::UserAgent, ua);
}

void Presence::userUpdated(const User &user, bool publicChanged, const Session *except)
{
    const wire::UserId &id = user.record.id;
    sendToAll(m_users.onMe(id, except), presOn(kMe, PresKind::Updated, kMe));
    if (!publicChanged)
        return;
    QList<Session *> partners;
    for (const PartnerRecord &partner : m_reader.partnersOf(id)) {
        if (partner.partnerMode.testFlag(Access::Join))
            partners += m_users.onMe(partner.partner);
    }
    sendToAll(partners, presOn(kMe, PresKind::Updated, id));
    for (const TopicPtr &topic : m_topics.loadedOf(id)) {
        if (topic->kind() == Topic::Kind::Group && topic->member(id))
            toOtherMembers(*topic, id, PresKind::Updated, except);
    }
}

void Presence::groupCame(Topic &topic, const Session *except)
{
    if (topic.kind() != Topic::Kind::Group || topic.announced)
        return;
    topic.announced = true;
    toMembersOnMe(topic, PresKind::On, except);
}

void Presence::groupWent(Topic &topic)
{
    if (!topic.announced)
        return;
    topic.announced = false;
    toMembersOnMe(topic, PresKind::Off, nullptr);
}

/// Coming and going needs P, news of a member only J.
void Presence::toOtherMembers(
    const Topic &topic, const wire::UserId &user, PresKind what, const Session *except) const
{
    const Access needed = what == PresKind::Updated ? Access::Join : Access::Presence;
    QList<Session *> others;
    for (Session *session : topic.sessions) {
        const wire::UserId &other = session->userId();
        if (session != except && other != user && !topic.isReader(other)
            && topic.modeOf(other).testFlag(needed))
            others.append(session);
    }
    sendToAll(others, presOn(topic.record.key, what, user));
}

void Presence::memberCame(const Topic &topic, const wire::UserId &user)
{
    if (topic.kind() == Topic::Kind::Group && !topic.isReader(user)
        && topic.modeOf(user).testFlag(Access::Presence))
        toOtherMembers(topic, user, PresKind::On, nullptr);
}

void Presence::memberWent(const Topic &topic, const wire::UserId &user, const Session *except)
{
    if (topic.kind() == Topic::Kind::Group && !topic.isReader(user))
        toOtherMembers(topic, user, PresKind::Off, except);
}

void Presence::tellOnline(const Topic &topic, const wire::UserId &user, bool online)
{
    const PresKind what = online ? PresKind::On : PresKind::Off;
    sendToAll(m_users.onMe(user), presOn(kMe, what, topic.nameFor(user)));
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

}
