#include "wire/servercodec.h"

#include "wire/packetcodec.h"
#include "wire/partfields.h"

namespace confab::wire {

namespace {

constexpr char kProbeReply[] = "0";

constexpr Word<PresKind> kPresWords[] = {
    {"on"_L1, PresKind::On},        {"off"_L1, PresKind::Off},       {"msg"_L1, PresKind::Message},
    {"read"_L1, PresKind::Read},    {"recv"_L1, PresKind::Received}, {"upd"_L1, PresKind::Updated},
    {"acs"_L1, PresKind::Access},   {"gone"_L1, PresKind::Gone},     {"term"_L1, PresKind::Term},
    {"del"_L1, PresKind::Deleted},  {"tags"_L1, PresKind::Tags},     {"aux"_L1, PresKind::Aux},
    {"ua"_L1, PresKind::UserAgent},
};

template <typename Io>
void describeHello(Io &io, typename Io::template Ref<CtrlParams> params)
{
    io.text("ver"_L1, params.ver);
    io.text("build"_L1, params.build);
    io.limit("maxMessageSize"_L1, params.maxMessageSize);
    io.limit("maxFileUploadSize"_L1, params.maxFileUploadSize);
    io.limit("maxSubscriberCount"_L1, params.maxSubscriberCount);
    io.limit("maxTagCount"_L1, params.maxTagCount);
    io.limit("maxTagLength"_L1, params.maxTagLength);
    io.limit("minTagLength"_L1, params.minTagLength);
    io.limit("msgDelAge"_L1, params.msgDelAge);
    io.anyValue("reqCred"_L1, params.reqCred);
    io.blob("iceServers"_L1, params.iceServers);
    io.number("callTimeout"_L1, params.callTimeout);
    io.text("x-confab-epoch"_L1, params.epoch);
}

}

template <typename Io>
void describe(Io &io, typename Io::template Ref<CtrlParams> params)
{
    describeHello(io, params);
    io.text("user"_L1, params.user);
    io.text("authlvl"_L1, params.authlvl);
    io.base64("token"_L1, params.token);
    io.time("expires"_L1, params.expires);
    io.texts("cred"_L1, params.cred);
    io.part("desc"_L1, params.desc);
    io.acs("acs"_L1, params.acs);
    io.text("tmpname"_L1, params.tmpname);
    io.text("topic"_L1, params.topic);
    io.flag("unsub"_L1, params.unsub);
    io.number("added"_L1, params.added);
    io.number("removed"_L1, params.removed);
    io.seq("seq"_L1, params.seq);
    io.text("what"_L1, params.what);
    io.number("count"_L1, params.count);
    io.number("del"_L1, params.del);
    io.text("url"_L1, params.url);
    io.number("x-confab-retry"_L1, params.retryAfter);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Ctrl> packet)
{
    io.text("id"_L1, packet.id);
    io.text("topic"_L1, packet.topic);
    io.requiredNumber("code"_L1, packet.code);
    io.text("text"_L1, packet.text);
    io.time("ts"_L1, packet.ts);
    io.part("params"_L1, packet.params);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Data> packet)
{
    io.requiredText("topic"_L1, packet.topic);
    io.text("from"_L1, packet.from);
    io.time("ts"_L1, packet.ts);
    io.time("deleted"_L1, packet.deleted);
    io.requiredSeq("seq"_L1, packet.seq);
    io.head("head"_L1, packet.head);
    io.anyValue("content"_L1, packet.content);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Deletions> part)
{
    io.number("clear"_L1, part.clear);
    io.ranges("delseq"_L1, part.ranges);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Meta> packet)
{
    io.text("id"_L1, packet.id);
    io.requiredText("topic"_L1, packet.topic);
    io.time("ts"_L1, packet.ts);
    io.part("desc"_L1, packet.desc);
    io.list("sub"_L1, packet.sub);
    io.texts("tags"_L1, packet.tags);
    io.list("cred"_L1, packet.cred);
    io.blob("aux"_L1, packet.aux);
    io.part("del"_L1, packet.del);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<AccessDelta> part)
{
    io.text("want"_L1, part.want);
    io.text("given"_L1, part.given);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Pres> packet)
{
    io.requiredText("topic"_L1, packet.topic);
    io.text("src"_L1, packet.src);
    io.requiredWord("what"_L1, packet.what, Words<PresKind>(kPresWords));
    io.seq("seq"_L1, packet.seq);
    io.number("clear"_L1, packet.clear);
    io.ranges("delseq"_L1, packet.delseq);
    io.text("ua"_L1, packet.ua);
    io.text("act"_L1, packet.act);
    io.text("tgt"_L1, packet.tgt);
    io.part("dacs"_L1, packet.dacs);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Info> packet)
{
    io.requiredText("topic"_L1, packet.topic);
    io.text("src"_L1, packet.src);
    io.text("from"_L1, packet.from);
    io.requiredWord("what"_L1, packet.what, Words<NoteKind>(kNoteWords));
    io.seq("seq"_L1, packet.seq);
    io.text("event"_L1, packet.event);
    io.blob("payload"_L1, packet.payload);
}

namespace {

// What a packet is called on the wire.
template <typename Packet>
constexpr QLatin1String kName;
template <>
constexpr QLatin1String kName<Ctrl> = "ctrl"_L1;
template <>
constexpr QLatin1String kName<Data> = "data"_L1;
template <>
constexpr QLatin1String kName<Meta> = "meta"_L1;
template <>
constexpr QLatin1String kName<Pres> = "pres"_L1;
template <>
constexpr QLatin1String kName<Info> = "info"_L1;

constexpr PacketKind<ServerMessage> kKinds[] = {
    {kName<Data>, readPacket<ServerMessage, Data>}, {kName<Ctrl>, readPacket<ServerMessage, Ctrl>},
    {kName<Pres>, readPacket<ServerMessage, Pres>}, {kName<Meta>, readPacket<ServerMessage, Meta>},
    {kName<Info>, readPacket<ServerMessage, Info>},
};

template <typename Packet>
QByteArray encodePacket(const Packet &packet)
{
    return frameBytes({{kName<Packet>, FieldWriter::described(packet)}});
}

QByteArray encodePacket(const ProbeReply &)
{
    return kProbeReply;
}

}

QByteArray encode(const ServerMessage &message)
{
    return std::visit([](const auto &packet) { return encodePacket(packet); }, message);
}

Result<ServerMessage, WireError> decodeServerMessage(const QByteArray &utf8)
{
    if (utf8 == kProbeReply)
        return ServerMessage(ProbeReply());
    return decodePacket<ServerMessage>(utf8, kKinds);
}

}
