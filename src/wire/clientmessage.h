#pragma once

#include "wire/head.h"
#include "wire/ids.h"
#include "wire/jsonblob.h"
#include "wire/parts.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

// What a client sends (protocol.md §1, §9.2). `id` is the request id that the reply repeats; empty
// means that no reply is wanted.
namespace confab::wire {

struct Hi {
    QString id;
    QString ver;
    QString ua;
    QString lang;
    QString platf;
    QString dev;
    bool bkg = false;
    bool operator==(const Hi &) const = default;
};

struct Acc {
    QString id;
    QString user; ///< "new", or empty for one's own account
    QString scheme;
    QByteArray secret; ///< raw bytes; standard padded base64 on the wire
    bool login = false;
    QString tmpscheme;
    QByteArray tmpsecret;
    QStringList tags;
    std::optional<SetDesc> desc;
    QList<Credential> cred;
    bool operator==(const Acc &) const = default;
};

struct Login {
    QString id;
    QString scheme;
    QByteArray secret; ///< "login:password" for basic; the raw token for token
    QList<Credential> cred;
    bool operator==(const Login &) const = default;
};

struct Sub {
    QString id;
    TopicName topic;
    std::optional<SetQuery> set;
    std::optional<GetQuery> get;
    bool bkg = false;
    bool operator==(const Sub &) const = default;
};

struct Leave {
    QString id;
    TopicName topic;
    bool unsub = false;
    bool operator==(const Leave &) const = default;
};

struct Pub {
    QString id;
    TopicName topic;
    bool noecho = false;
    Head head;
    JsonBlob content; ///< null is a value here: upstream accepts and stores it
    QStringList attachments; ///< extra.attachments
    bool operator==(const Pub &) const = default;
};

struct Get {
    QString id;
    TopicName topic;
    GetQuery query;
    bool operator==(const Get &) const = default;
};

struct Set {
    QString id;
    TopicName topic;
    SetQuery query;
    bool operator==(const Set &) const = default;
};

struct Del {
    enum class Kind { Messages, Topic, Subscription, User, Credential };
    QString id;
    TopicName topic;
    Kind what = Kind::Messages;
    QList<SeqRange> delseq;
    UserId user;
    std::optional<Credential> cred;
    bool hard = false;
    bool operator==(const Del &) const = default;
};

enum class NoteKind { Typing, RecordingAudio, RecordingVideo, Received, Read, Call, Data };

/// Never answered.
struct Note {
    TopicName topic;
    NoteKind what = NoteKind::Read;
    Seq seq = 0;
    int unread = 0;
    QString event; ///< calls only
    JsonBlob payload;
    bool operator==(const Note &) const = default;
};

/// The text frame "1": is anybody there? Answered by ProbeReply.
struct Probe {
    bool operator==(const Probe &) const = default;
};

using ClientMessage = std::variant<Hi, Acc, Login, Sub, Leave, Pub, Get, Set, Del, Note, Probe>;

}
