#pragma once

#include "server/db/records.h"

#include <optional>
#include <variant>

// What can be written, one struct for each change that must be whole or absent. An outcome reports
// on one of them.
namespace confab::server {

/// A new account. Fails with Duplicate if the login or a unique tag (alias:, basic:) is taken, and
/// with Refused if it needs an invite and that is unknown, used up or too old.
struct AddUser {
    UserRecord user;
    LoginRecord login; ///< empty login: none
    QStringList tags;
    QStringList nameWords;
    std::optional<QByteArray> invite = {}; ///< SHA-256 of the code, where one is needed
};

struct UpdateUser {
    UserRecord user;
    QStringList nameWords;
};

/// Replaces login and password; raises nothing by itself. Duplicate if the login is taken.
struct SetLogin {
    LoginRecord login;
    int tokenSerial = 1;
};

/// Another hash of the same password. Nothing happens if the password was changed meanwhile.
struct RenewHash {
    LoginRecord known;
    QByteArray hash;
};

struct MarkSeen {
    wire::UserId user;
    QDateTime seen;
    QString ua;
};

/// All tags of a user or group. Duplicate if a unique one belongs to somebody else.
struct SetTags {
    QString owner;
    QStringList tags;
    QDateTime updated;
};

/// A topic with its messages, subscriptions and tags.
struct RemoveTopic {
    qint64 id = 0;
    TopicKey key;
};

/// The account with its login, tags, subscriptions and own topics. Messages in other chats stay.
struct RemoveUser {
    wire::UserId user;
    QList<RemoveTopic> topics;
};

struct AddTopic {
    TopicRecord topic;
    QList<MemberRecord> members;
    QStringList tags;
};

/// Everything of a topic but its message and delete counters, which only StoreMessage and
/// RemoveMessages move.
struct UpdateTopic {
    TopicRecord topic;
};

/// Adds or replaces subscriptions and names the owner, together.
struct PutMembers {
    qint64 topicId = 0;
    wire::UserId owner;
    QList<MemberRecord> members;
};

struct MoveMarks {
    qint64 topicId = 0;
    wire::UserId user;
    wire::Seq read = 0;
    wire::Seq recv = 0;
};

/// Gives the message the next number of its topic in the same transaction, so that none is ever
/// skipped or used twice. A known (topic, from, cid) stores nothing and reports the old number and
/// time. The author's own marks move to the new number.
struct StoreMessage {
    qint64 topicId = 0;
    wire::UserId from;
    QDateTime ts;
    QByteArray head;
    QByteArray content;
    QString cid; ///< empty: never a duplicate
    QStringList files; ///< ids of uploaded files that it refers to
};

struct RemoveMessages {
    qint64 topicId = 0;
    wire::UserId onlyFor; ///< empty: for everybody, and the rows go
    QList<wire::SeqRange> ranges;
};

/// A file that nothing refers to yet.
struct AddFile {
    FileRecord file;
};

/// Forgets a file, unless something refers to it. The outcome's number: 1 if it is gone.
struct RemoveUnlinkedFile {
    QString id;
};

using WriteOperation = std::variant<AddUser, UpdateUser, SetLogin, RenewHash, MarkSeen, SetTags,
    RemoveUser, AddTopic, UpdateTopic, RemoveTopic, PutMembers, MoveMarks, StoreMessage,
    RemoveMessages, AddFile, RemoveUnlinkedFile>;

/// DiskFailed: it was full or broken, so the same may succeed later.
enum class WriteStatus { Committed, Duplicate, Refused, Failed, DiskFailed };

struct WriteOutcome {
    WriteStatus status = WriteStatus::Committed;
    int number = 0; ///< StoreMessage: the seq; RemoveMessages: the delete transaction
    QDateTime storedAt; ///< StoreMessage, Duplicate: when the first one was stored
};

} // namespace confab::server
