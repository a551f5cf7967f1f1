#pragma once

#include "wire/accessmode.h"
#include "wire/ids.h"
#include "wire/jsonblob.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

// The rows of the server's database as values (protocol.md §9.3, "Storage needed"). Times are UTC
// with milliseconds.
namespace confab::server {

/// How a topic is known inside the server: "grpX", "p2pXY" (both users, in order), "slfX" (its
/// owner), or "sys". Clients never see the last three forms.
using TopicKey = QString;

struct UserRecord {
    wire::UserId id;
    QDateTime created;
    QDateTime updated;
    QDateTime seen; ///< invalid if never online
    QString ua;
    wire::AccessMode defaultAuth; ///< what others with an account get in a direct chat
    wire::AccessMode defaultAnon;
    wire::AccessMode wantOfMe; ///< own mode on `me`; without P the user is invisible
    wire::JsonBlob pub;
    wire::JsonBlob priv;
    wire::JsonBlob trusted;
    int tokenSerial = 1; ///< tokens with another serial are refused
    bool anonymous = false;
};

struct LoginRecord {
    wire::UserId user;
    QString login;
    QByteArray hash; ///< as libsodium writes it
};

struct TopicRecord {
    qint64 id = 0;
    TopicKey key;
    QDateTime created;
    QDateTime updated;
    QDateTime touched; ///< when the last message was stored
    wire::UserId owner; ///< groups only
    wire::Seq seq = 0;
    int delId = 0; ///< counts delete transactions
    int hardDelId = 0; ///< the last one that was for everybody
    wire::AccessMode defaultAuth;
    wire::AccessMode defaultAnon;
    wire::JsonBlob pub;
    wire::JsonBlob trusted;
    wire::JsonBlob aux;
    bool channel = false; ///< a group that people may also read without belonging to it
};

/// One subscription. A deleted one stays, so that a ban outlives leaving and coming back.
struct MemberRecord {
    qint64 topicId = 0;
    wire::UserId user;
    wire::AccessMode want;
    wire::AccessMode given;
    wire::Seq read = 0;
    wire::Seq recv = 0;
    int delId = 0; ///< the last delete transaction that was for this user alone
    wire::JsonBlob priv;
    QDateTime created;
    QDateTime updated;
    QDateTime deleted; ///< invalid while subscribed
    bool reader = false; ///< of a channel, and unknown to its members

    wire::AccessMode mode() const { return isDeleted() ? wire::AccessMode() : want & given; }
    bool has(wire::Access right) const { return mode().testFlag(right); }
    bool isDeleted() const { return deleted.isValid(); }
};

struct StoredTopic {
    TopicRecord topic;
    QList<MemberRecord> members;
};

/// One line of a user's chat list.
struct ChatRecord {
    TopicRecord topic;
    MemberRecord member;
    int subscribers = 0;
};

/// A user in a direct chat with somebody, for presence.
struct PartnerRecord {
    wire::UserId partner;
    wire::AccessMode ownMode;
    wire::AccessMode partnerMode;
};

struct MessageRecord {
    wire::Seq seq = 0;
    wire::UserId from;
    QDateTime ts;
    QByteArray head; ///< JSON; empty if none
    QByteArray content; ///< JSON
};

struct DeletionsRecord {
    int lastId = 0;
    QList<wire::SeqRange> ranges; ///< sorted, merged
};

/// An uploaded file. Its content never changes, so its id stands for both.
struct FileRecord {
    QString id;
    wire::UserId user; ///< who uploaded it; empty: somebody without an account yet
    qint64 size = 0;
    QByteArray type; ///< MIME, as sniffed
    QDateTime created;
};

/// A user or a group found by its tags, or a user by words of its name.
struct FoundRecord {
    QString owner;
    QStringList matched;
};

} // namespace confab::server
