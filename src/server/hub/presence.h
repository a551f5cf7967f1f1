#pragma once

#include "server/hub/topics.h"
#include "server/hub/users.h"
#include "wire/servermessage.h"

namespace confab::server {

class Reader;

/// Who is here: users for their partners in direct chats, members for the other members of a group,
/// groups as a whole for their members (protocol.md §3.2, §9.3). Sends only to sessions that are
/// there; stores nothing.
class Presence
{
public:
    Presence(Users &users, Topics &topics, const Reader &reader);

    /// The first session of a user attached to `me`, or the last one left.
    void userCame(Session &session);
    void userWent(const User &user, const QString &ua);
    /// A user who is there starts or stops hiding it.
    void userVisibilityChanged(const User &user, bool visible) const;
    /// Those who are told when this user comes or goes.
    QList<wire::UserId> watchersOf(const User &user) const;
    /// The account is no more; who watched it was found out before.
    void userVanished(const wire::UserId &id, const QList<wire::UserId> &watchers) const;
    /// A user that is there now uses another program.
    void userAgentChanged(const User &user, const QString &ua);
    /// Those who share a chat learn only of a change of what they see.
    void userUpdated(const User &user, bool publicChanged, const Session *except);

    void groupCame(Topic &topic, const Session *except = nullptr);
    void groupWent(Topic &topic);
    /// A user's first session attached to a group, or the last one left. Readers of a channel come
    /// and go unseen.
    void memberCame(const Topic &topic, const wire::UserId &user);
    void memberWent(const Topic &topic, const wire::UserId &user, const Session *except = nullptr);
    /// Tells one user on `me` whether the topic is there.
    void tellOnline(const Topic &topic, const wire::UserId &user, bool online);
    bool isOnlineFor(const Topic &topic, const wire::UserId &user) const;

    bool isUserVisible(const wire::UserId &user) const;

private:
    QList<wire::UserId> exchangingWith(const wire::UserId &user) const;
    void tell(const QList<wire::UserId> &watchers, const wire::Pres &pres) const;
    void toWatchers(const User &user, wire::PresKind what, const QString &ua) const;
    void toMembersOnMe(const Topic &topic, wire::PresKind what, const Session *except) const;
    void toOtherMembers(const Topic &topic, const wire::UserId &user, wire::PresKind what,
        const Session *except) const;

    Users &m_users;
    Topics &m_topics;
    const Reader &m_reader;
};

}
