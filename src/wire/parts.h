#pragma once

#include "wire/accessmode.h"
#include "wire/ids.h"
#include "wire/jsonblob.h"

#include <QDateTime>
#include <QFlags>
#include <QList>
#include <QStringList>

#include <optional>

// Parts shared by packets of both directions. Absent is: empty string, 0, false, invalid time,
// absent blob, or no optional where absent and empty differ (protocol.md §9.1).
namespace confab::wire {

/// The parts that `get what=` names. Order of replies: protocol.md §1.
enum class What { Desc = 1, Sub = 2, Tags = 4, Cred = 8, Aux = 16, Data = 32, Del = 64 };
Q_DECLARE_FLAGS(Whats, What)
Q_DECLARE_OPERATORS_FOR_FLAGS(Whats)

struct DefaultAccess {
    std::optional<AccessMode> auth;
    std::optional<AccessMode> anon;
    bool operator==(const DefaultAccess &) const = default;
};

/// `desc` as a client sends it in acc, sub and set.
struct SetDesc {
    std::optional<DefaultAccess> defacs;
    JsonBlob pub;
    JsonBlob priv;
    JsonBlob trusted;
    bool operator==(const SetDesc &) const = default;
};

struct SetSub {
    UserId user; ///< empty: one's own subscription
    std::optional<AccessMode> mode; ///< absent or "" means unchanged
    bool operator==(const SetSub &) const = default;
};

struct Credential {
    QString meth;
    QString val;
    QString resp;
    bool done = false; ///< server to client only
    JsonBlob params;
    bool operator==(const Credential &) const = default;
};

/// The body of `set`, also inside `sub`.
struct SetQuery {
    std::optional<SetDesc> desc;
    std::optional<SetSub> sub;
    std::optional<QStringList> tags;
    std::optional<Credential> cred;
    JsonBlob aux;
    bool isEmpty() const;
    bool operator==(const SetQuery &) const = default;
};

struct ListOptions {
    UserId user;
    TopicName topic;
    QDateTime ims; ///< "if modified since"
    int limit = 0;
    bool operator==(const ListOptions &) const = default;
};

/// since is inclusive, before exclusive; ranges override both (protocol.md §2).
struct PageOptions {
    Seq since = 0;
    Seq before = 0;
    QList<SeqRange> ranges;
    int limit = 0;
    bool operator==(const PageOptions &) const = default;
};

/// The body of `get`, also inside `sub`.
struct GetQuery {
    Whats what;
    ListOptions desc;
    ListOptions sub;
    PageOptions data;
    PageOptions del;
    QStringList tags; ///< fnd: whose exact tag this is
    bool operator==(const GetQuery &) const = default;
};

/// When a user was last here, and with which program.
struct LastSeen {
    QDateTime when;
    QString ua;
    bool operator==(const LastSeen &) const = default;
};

/// `meta.desc`; also inside the ctrl that answers `acc`.
struct TopicDesc {
    QDateTime created;
    QDateTime updated;
    QDateTime touched;
    std::optional<DefaultAccess> defacs;
    std::optional<Acs> acs; ///< an empty `acs` object means unknown, and is no value (protocol.md §11)
    Seq seq = 0;
    Seq read = 0;
    Seq recv = 0;
    int clear = 0; ///< a delete-transaction id, never a message number
    int subcnt = 0;
    bool chan = false;
    std::optional<bool> online;
    std::optional<LastSeen> seen;
    JsonBlob pub;
    JsonBlob trusted;
    JsonBlob priv;
    bool operator==(const TopicDesc &) const = default;
};

/// One entry of `meta.sub`: a chat on `me`, a member on a group, a hit on `fnd`.
struct Subscription {
    UserId user;
    TopicName topic;
    QDateTime updated;
    QDateTime touched;
    QDateTime deleted;
    std::optional<Acs> acs;
    Seq seq = 0;
    Seq read = 0;
    Seq recv = 0;
    int clear = 0;
    int subcnt = 0;
    bool chan = false;
    std::optional<bool> online;
    std::optional<LastSeen> seen;
    JsonBlob pub;
    JsonBlob trusted;
    JsonBlob priv; ///< on fnd: the tags that matched, see matchedTags()
    bool operator==(const Subscription &) const = default;

    QStringList matchedTags() const;
    static JsonBlob fromMatchedTags(const QStringList &tags);
};

}
