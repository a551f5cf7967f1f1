#pragma once

#include "server/db/records.h"
#include "server/hub/session.h"

#include <QHash>
#include <QStringList>

#include <memory>

namespace confab::server {

/// A topic in memory with all its subscriptions and the sessions attached to it.
struct Topic {
    enum class Kind { Direct, Group, Self, System };

    Kind kind() const;
    /// What this user calls it: the partner's id, "slf", "sys", the group's name, or for readers of
    /// a channel its name as such.
    wire::TopicName nameFor(const wire::UserId &user) const;
    wire::TopicName nameFor(const MemberRecord &member) const;
    /// The other user of a direct chat.
    wire::UserId partnerOf(const wire::UserId &user) const;

    /// Null for those who are not subscribed (any more).
    const MemberRecord *member(const wire::UserId &user) const;
    wire::AccessMode modeOf(const wire::UserId &user) const;
    /// Whether somebody reads this channel without belonging to it, now or before leaving.
    bool isReader(const wire::UserId &user) const;
    /// Without the readers of a channel.
    int memberCount() const;
    int subscriberCount() const;

    bool isAttached(const Session *session) const
    {
        return session->attached.contains(record.key); // as quick in a large group
    }
    /// Whether any session of the user is attached, not counting one.
    bool isUserAttached(const wire::UserId &user, const Session *except = nullptr) const;
    QList<Session *> sessionsOf(const wire::UserId &user, const Session *except = nullptr) const;

    TopicRecord record;
    QHash<wire::UserId, MemberRecord> members; ///< the deleted ones too
    QStringList tags; ///< groups only
    QList<Session *> sessions;
    QDateTime idleSince; ///< of the last detach
    bool announced = false; ///< members were told that the group is online
};

using TopicPtr = std::shared_ptr<Topic>;

TopicKey directKey(const wire::UserId &a, const wire::UserId &b);
TopicKey selfKey(const wire::UserId &owner);
/// "chnX" for the channel that its members know as "grpX".
wire::TopicName channelName(const TopicKey &key);
/// The key for what a client named. Empty if the name can't be a stored topic for this user.
TopicKey topicKey(const wire::TopicName &name, const wire::UserId &user);
/// A prefix and 64 random bits (protocol.md §11, "User ids").
QString randomId(QLatin1String prefix);

} // namespace confab::server
