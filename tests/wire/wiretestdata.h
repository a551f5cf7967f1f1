#pragma once

#include "wire/clientmessage.h"
#include "wire/servermessage.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>

#include <string>

// What the tests of wire share: recorded frames, and one packet of each kind with every field set.
namespace confab::wire::testdata {

inline QDateTime time(int second)
{
    return QDateTime(QDate(2026, 11, 23), QTime(9, 33, second, 38), Qt::UTC);
}

inline JsonBlob blob(const char *json)
{
    return JsonBlob::fromBytes(QByteArray(json));
}

/// A list of one. QList{x} copies x if x is itself a list or converts to the element.
template <typename T>
QList<T> listOf(const T &value)
{
    QList<T> list;
    list.append(value);
    return list;
}

inline std::vector<QJsonObject> jsonLines(const char *name)
{
    QFile file(QStringLiteral(CONFAB_TEST_DATA "/frames/") + QLatin1String(name));
    std::vector<QJsonObject> lines;
    if (!file.open(QIODevice::ReadOnly))
        return lines;
    while (!file.atEnd())
        lines.push_back(QJsonDocument::fromJson(file.readLine()).object());
    return lines;
}

/// The recorded frames that this side sent as JSON objects: "server" or "client".
inline std::vector<QJsonObject> recordedFrames(QLatin1String from)
{
    std::vector<QJsonObject> frames;
    for (const char *name : {"upstream-0.25.jsonl", "cluster-0.25.jsonl"}) {
        for (const QJsonObject &line : jsonLines(name)) {
            if (line.value(QLatin1String("from")).toString() == from
                && line.value(QLatin1String("frame")).isObject())
                frames.push_back(line.value(QLatin1String("frame")).toObject());
        }
    }
    return frames;
}

inline DefaultAccess fullDefaultAccess()
{
    return {Access::Join | Access::Read, AccessMode()};
}

inline Acs fullAcs()
{
    return {Access::Join | Access::Read | Access::Owner, Access::Join | Access::Write};
}

inline Credential fullCredential()
{
    return {QStringLiteral("email"), QStringLiteral("a@example.test"), QStringLiteral("123456"),
            true, blob(R"({"k":1})")};
}

inline SetQuery fullSetQuery()
{
    SetQuery query;
    query.desc = SetDesc{fullDefaultAccess(), blob(R"({"fn":"A"})"), blob(R"({"comment":"c"})"),
                         blob(R"({"staff":true})")};
    query.sub = SetSub{QStringLiteral("usrAAAAAAAAAAA"), Access::Join | Access::Delete};
    query.tags = QStringList{QStringLiteral("one"), QStringLiteral("two")};
    query.cred = fullCredential();
    query.aux = blob(R"({"pins":[1]})");
    return query;
}

inline GetQuery fullGetQuery()
{
    GetQuery query;
    query.what
        = What::Desc | What::Sub | What::Tags | What::Cred | What::Aux | What::Data | What::Del;
    query.desc = {QStringLiteral("usrAAAAAAAAAAA"), QStringLiteral("grpAAAAAAAAAAA"), time(1), 5};
    query.sub = {QStringLiteral("usrBBBBBBBBBBB"), QStringLiteral("grpBBBBBBBBBBB"), time(2), 6};
    query.data = {3, 9, {SeqRange{1, 4}, SeqRange{7, 8}}, 24};
    query.del = {4, 10, listOf(SeqRange{2, 6}), 25};
    query.tags = QStringList{QStringLiteral("alias:me")};
    return query;
}

inline TopicDesc fullTopicDesc()
{
    TopicDesc desc;
    desc.created = time(1);
    desc.updated = time(2);
    desc.touched = time(3);
    desc.defacs = fullDefaultAccess();
    desc.acs = fullAcs();
    desc.seq = 30;
    desc.read = 20;
    desc.recv = 25;
    desc.clear = 2;
    desc.subcnt = 4;
    desc.chan = true;
    desc.online = false;
    desc.seen = LastSeen{time(4), QStringLiteral("Confab/0.1")};
    desc.pub = blob(R"({"fn":"Group"})");
    desc.trusted = blob(R"({"verified":true})");
    desc.priv = blob(R"({"comment":"mine"})");
    return desc;
}

inline Subscription fullSubscription()
{
    Subscription sub;
    sub.user = QStringLiteral("usrAAAAAAAAAAA");
    sub.topic = QStringLiteral("grpAAAAAAAAAAA");
    sub.updated = time(2);
    sub.touched = time(3);
    sub.deleted = time(4);
    sub.acs = fullAcs();
    sub.seq = 30;
    sub.read = 20;
    sub.recv = 25;
    sub.clear = 2;
    sub.subcnt = 4;
    sub.chan = true;
    sub.online = true;
    sub.seen = LastSeen{time(5), QStringLiteral("Confab/0.1")};
    sub.pub = blob(R"({"fn":"Group"})");
    sub.trusted = blob(R"({"verified":true})");
    sub.priv = blob(R"(["tag"])");
    return sub;
}

inline CtrlParams fullCtrlParams()
{
    CtrlParams params;
    params.ver = QStringLiteral("0.25");
    params.build = QStringLiteral("confab:1");
    params.maxMessageSize = 131072;
    params.maxFileUploadSize = 8388608;
    params.maxSubscriberCount = 128;
    params.maxTagCount = 16;
    params.maxTagLength = 96;
    params.minTagLength = 2;
    params.msgDelAge = 600;
    params.reqCred = blob(R"({"auth":["email"]})");
    params.iceServers = blob(R"([{"urls":["stun:example.test"]}])");
    params.callTimeout = 30;
    params.epoch = QStringLiteral("e1");
    params.user = QStringLiteral("usrAAAAAAAAAAA");
    params.authlvl = QStringLiteral("auth");
    params.token = QByteArray("\x00\xff\xfe token", 9);
    params.expires = time(6);
    params.cred = QStringList{QStringLiteral("email")};
    params.desc = fullTopicDesc();
    params.acs = fullAcs();
    params.tmpname = QStringLiteral("new1");
    params.topic = QStringLiteral("grpAAAAAAAAAAA");
    params.unsub = false;
    params.added = 1;
    params.removed = 2;
    params.seq = 7;
    params.what = QStringLiteral("data");
    params.count = 0;
    params.del = 3;
    params.url = QStringLiteral("/v0/file/s/a.png");
    params.retryAfter = 500;
    return params;
}

inline std::vector<ServerMessage> fullServerMessages()
{
    const QString id = QStringLiteral("42");
    const QString topic = QStringLiteral("grpAAAAAAAAAAA");
    const QString user = QStringLiteral("usrAAAAAAAAAAA");
    Head head;
    head.setMime(QStringLiteral("text/x-drafty"));
    Meta meta{id,
              topic,
              time(1),
              fullTopicDesc(),
              listOf(fullSubscription()),
              QStringList{QStringLiteral("tag")},
              listOf(fullCredential()),
              blob(R"({"pins":[1]})"),
              Deletions{2, listOf(SeqRange{1, 5})}};
    return {
        Ctrl{id, topic, 200, QStringLiteral("ok"), time(1), fullCtrlParams()},
        Data{topic, user, time(1), time(2), 5, head, blob(R"({"txt":"hi"})")},
        meta,
        Pres{topic, user, PresKind::Access, 5, 2, listOf(SeqRange{1, 5}), QStringLiteral("ua/1"),
             user, user, AccessDelta{QStringLiteral("+W-P"), QStringLiteral("JRWP")}},
        Info{topic, user, user, NoteKind::Call, 5, QStringLiteral("offer"), blob(R"({"sdp":"x"})")},
        ProbeReply{},
    };
}

inline std::vector<ClientMessage> fullClientMessages()
{
    const QString id = QStringLiteral("42");
    const QString topic = QStringLiteral("grpAAAAAAAAAAA");
    const QString user = QStringLiteral("usrAAAAAAAAAAA");
    const QString scheme = QStringLiteral("basic");
    Head head;
    head.setCid(QStringLiteral("c1"));
    return {
        Hi{id, QStringLiteral("0.25"), QStringLiteral("ua/1"), QStringLiteral("en"),
           QStringLiteral("linux"), QStringLiteral("dev"), true},
        Acc{id, QStringLiteral("new"), scheme, QByteArray("login:password"), true,
            QStringLiteral("code"), QByteArray("\xff\x00", 2), QStringList{QStringLiteral("tag")},
            fullSetQuery().desc, listOf(fullCredential())},
        Login{id, scheme, QByteArray("login:password"), listOf(fullCredential())},
        Sub{id, topic, fullSetQuery(), fullGetQuery(), true},
        Leave{id, topic, true},
        Pub{id, topic, true, head, blob(R"("hello")"),
            QStringList{QStringLiteral("/v0/file/s/a.png")}},
        Get{id, topic, fullGetQuery()},
        Set{id, topic, fullSetQuery()},
        Del{id, topic, Del::Kind::Credential, listOf(SeqRange{1, 5}), user, fullCredential(), true},
        Note{topic, NoteKind::Call, 5, 3, QStringLiteral("offer"), blob(R"({"sdp":"x"})")},
        Probe{},
    };
}

}
