#pragma once

#include "server/hub/topics.h"
#include "server/hub/users.h"
#include "wire/servermessage.h"

namespace confab::server {

class Reader;

/// Who is told what, and by which way: on the topic for those attached, on `me` for the others
/// (protocol.md §3 and §9.3). Sends only to sessions that are there; stores nothing.
class Presence {
public:
    Presence(Users &users, Topics &topics, const Reader &reader);

    /// The first session of a user attached to `me`, or the last one left.
    void userCame(Session &session);
    void userWent(const User &user, const QString &ua);
    /// Partners learn only of a change of what they see.
    void userUpdated(const User &user, bool publicChanged, const Session *except);

    void groupCame(Topic &topic, const Session *except = nullptr);
    void groupWent(Topic &topic);
    /// A user's first session attached to a group, or the last one left.
    void memberCame(const Topic &topic, const wire::UserId &user);
    void memberWent(const Topic &topic, const wire::UserId &user, const Session *except = nullptr);
    /// Tells one user on `me` whether the topic is there.
    void tellOnline(const Topic &topic, const wire::UserId &user, bool online);
    bool isOnlineFor(const Topic &topic, const wire::UserId &user) const;

    void messageStored(const Topic &topic, const wire::UserId &from, wire::Seq seq);
    void marked(const Topic &topic, const wire::UserId &user, wire::NoteKind what, wire::Seq seq,
        const Session *origin);
    void typing(
        const Topic &topic, const wire::UserId &user, wire::NoteKind what, const Session *origin);
    /// forUser empty: for everybody.
    void deleted(const Topic &topic, const wire::UserId &forUser, int delId,
        const QList<wire::SeqRange> &ranges, const Session *origin);

    void accessChanged(const Topic &topic, const wire::UserId &target, const wire::UserId &actor,
        const wire::Acs &before, const wire::Acs &after, const Session *except);
    /// A member left or was removed: as rights N for those who see rights.
    void memberGone(const Topic &topic, const wire::UserId &target, const wire::UserId &actor,
        const Session *except);
    /// Both sides of a new direct chat learn of it, each by its own rights.
    void directCreated(const Topic &topic, const wire::UserId &creator, const Session *except);
    void topicUpdated(const Topic &topic, const Session *except);
    void privateUpdated(const Topic &topic, const wire::UserId &user, const Session *except);
    void auxUpdated(const Topic &topic, const Session *except);
    void tagsUpdated(const User &user, const Session *except);
    void gone(const Topic &topic, const wire::UserId &user, const Session *except = nullptr);

    bool isUserVisible(const wire::UserId &user) const;

private:
    void toMe(const wire::UserId &user, wire::Pres pres, const Session *except = nullptr) const;
    void toMembersOnMe(const Topic &topic, wire::AccessMode needed, const wire::Pres &pres,
        const Session *except, bool attachedToo) const;

    Users &m_users;
    Topics &m_topics;
    const Reader &m_reader;
};

} // namespace confab::server
