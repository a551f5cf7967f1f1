#pragma once

#include "server/hub/topic.h"
#include "server/hub/users.h"
#include "wire/servermessage.h"

namespace confab::server {

/// What happened in a topic, told to those concerned: on the topic for those attached, on `me` for
/// the others (protocol.md §3, §9.3). The members of a channel never learn of its readers. Sends
/// only to sessions that are there; stores nothing.
class News
{
public:
    explicit News(const Users &users)
        : m_users(users)
    {
    }

    void messageStored(const Topic &topic, const wire::UserId &from, wire::Seq seq) const;
    void marked(const Topic &topic, const wire::UserId &user, wire::NoteKind what, wire::Seq seq,
        const Session *origin) const;
    void typing(const Topic &topic, const wire::UserId &user, wire::NoteKind what,
        const Session *origin) const;
    /// forUser empty: for everybody.
    void deleted(const Topic &topic, const wire::UserId &forUser, int delId,
        const QList<wire::SeqRange> &ranges, const Session *origin) const;

    void accessChanged(const Topic &topic, const wire::UserId &target, const wire::UserId &actor,
        const wire::Acs &before, const wire::Acs &after, const Session *except) const;
    /// A member left or was removed: as rights N for those who see rights.
    void memberGone(const Topic &topic, const wire::UserId &target, const wire::UserId &actor,
        const Session *except) const;
    /// Both sides of a new direct chat learn of it, each by its own rights.
    void directCreated(
        const Topic &topic, const wire::UserId &creator, const Session *except) const;
    void topicUpdated(const Topic &topic, const Session *except) const;
    void privateUpdated(const Topic &topic, const wire::UserId &user, const Session *except) const;
    void auxUpdated(const Topic &topic, const Session *except) const;
    /// Of an account, or of a group to those who may read its tags.
    void tagsUpdated(const User &user, const Session *except) const;
    void tagsUpdated(const Topic &topic, const Session *except) const;
    /// The chat is no more for this user, who called it by this name.
    void gone(const wire::UserId &user, const wire::TopicName &name,
        const Session *except = nullptr) const;

private:
    /// Sessions on `me` that do not hear it from the topic itself.
    QList<Session *> elsewhere(
        const Topic &topic, const wire::UserId &user, const Session *except = nullptr) const;
    void tellApprovers(const Topic &topic, const wire::UserId &target, wire::Pres pres,
        const Session *except) const;

    const Users &m_users;
};

}
