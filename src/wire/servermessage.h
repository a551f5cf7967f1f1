#pragma once

#include "wire/clientmessage.h"
#include "wire/head.h"
#include "wire/ids.h"
#include "wire/jsonblob.h"
#include "wire/parts.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

// What a server sends (protocol.md §6, §9.2).
namespace confab::wire {

/// `ctrl.params`: every key that a client or the local server reads, each absent by default.
struct CtrlParams {
    // hi (§6.2)
    QString ver;
    QString build;
    int maxMessageSize = 0; ///< bytes
    int maxFileUploadSize = 0; ///< bytes
    int maxSubscriberCount = 0;
    int maxTagCount = 0;
    int maxTagLength = 0;
    int minTagLength = 0;
    int msgDelAge = 0; ///< seconds
    JsonBlob reqCred; ///< may be null
    JsonBlob iceServers;
    int callTimeout = 0;
    QString epoch; ///< `x-confab-epoch`: identity of one server history (reliability.md R8)
    // acc, login
    UserId user;
    QString authlvl;
    QByteArray token; ///< raw bytes; standard padded base64 on the wire
    QDateTime expires;
    QStringList cred; ///< methods still to be validated (300)
    std::optional<TopicDesc> desc;
    // sub, set, leave
    std::optional<Acs> acs;
    QString tmpname;
    TopicName topic; ///< 303: the topic to use instead
    std::optional<bool> unsub; ///< 205
    int added = 0;
    int removed = 0;
    // pub, get, del
    Seq seq = 0;
    QString what;
    std::optional<int> count;
    int del = 0;
    // HTTP
    QString url;
    int retryAfter = 0; ///< `x-confab-retry`, milliseconds: when to try again after 429 and 205
    bool operator==(const CtrlParams &) const = default;
};

struct Ctrl {
    QString id;
    TopicName topic;
    int code = 0;
    QString text;
    QDateTime ts;
    std::optional<CtrlParams> params;
    bool operator==(const Ctrl &) const = default;
};

struct Data {
    TopicName topic;
    UserId from; ///< empty in channels
    QDateTime ts;
    QDateTime deleted;
    Seq seq = 0;
    Head head;
    JsonBlob content;
    bool operator==(const Data &) const = default;
};

struct Deletions {
    int clear = 0;
    QList<SeqRange> ranges;
    bool operator==(const Deletions &) const = default;
};

struct Meta {
    QString id;
    TopicName topic;
    QDateTime ts;
    std::optional<TopicDesc> desc;
    std::optional<QList<Subscription>> sub;
    std::optional<QStringList> tags;
    std::optional<QList<Credential>> cred;
    JsonBlob aux;
    std::optional<Deletions> del;
    bool operator==(const Meta &) const = default;
};

enum class PresKind { On, Off, Message, Read, Received, Updated, Access, Gone, Term, Deleted, Tags, Aux, UserAgent };

struct AccessDelta {
    QString want; ///< "+W-P", a full mode, or empty
    QString given;
    bool operator==(const AccessDelta &) const = default;
};

struct Pres {
    TopicName topic;
    QString src;
    PresKind what = PresKind::On;
    Seq seq = 0;
    int clear = 0;
    QList<SeqRange> delseq;
    QString ua;
    UserId act;
    UserId tgt;
    std::optional<AccessDelta> dacs;
    bool operator==(const Pres &) const = default;
};

struct Info {
    TopicName topic;
    TopicName src; ///< set when it comes by way of `me`
    UserId from;
    NoteKind what = NoteKind::Read;
    Seq seq = 0;
    QString event;
    JsonBlob payload;
    bool operator==(const Info &) const = default;
};

/// The bare text frame "0", the answer to Probe.
struct ProbeReply {
    bool operator==(const ProbeReply &) const = default;
};

using ServerMessage = std::variant<Ctrl, Data, Meta, Pres, Info, ProbeReply>;

}
