#include "wire/clientcodec.h"

#include "wire/packetcodec.h"
#include "wire/partfields.h"

namespace confab::wire {

namespace {

constexpr char kProbe[] = "1";

constexpr Word<Del::Kind> kDelWords[] = {
    {"msg"_L1, Del::Kind::Messages},     {"topic"_L1, Del::Kind::Topic},
    {"sub"_L1, Del::Kind::Subscription}, {"user"_L1, Del::Kind::User},
    {"cred"_L1, Del::Kind::Credential},
};

}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Hi> packet)
{
    io.text("id"_L1, packet.id);
    io.text("ver"_L1, packet.ver);
    io.text("ua"_L1, packet.ua);
    io.text("lang"_L1, packet.lang);
    io.text("platf"_L1, packet.platf);
    io.text("dev"_L1, packet.dev);
    io.flag("bkg"_L1, packet.bkg);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Acc> packet)
{
    io.text("id"_L1, packet.id);
    io.text("user"_L1, packet.user);
    io.text("scheme"_L1, packet.scheme);
    io.base64("secret"_L1, packet.secret);
    io.flag("login"_L1, packet.login);
    io.text("tmpscheme"_L1, packet.tmpscheme);
    io.base64("tmpsecret"_L1, packet.tmpsecret);
    io.texts("tags"_L1, packet.tags);
    io.part("desc"_L1, packet.desc);
    io.list("cred"_L1, packet.cred);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Login> packet)
{
    io.text("id"_L1, packet.id);
    io.text("scheme"_L1, packet.scheme);
    io.base64("secret"_L1, packet.secret);
    io.list("cred"_L1, packet.cred);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Sub> packet)
{
    io.text("id"_L1, packet.id);
    io.requiredText("topic"_L1, packet.topic);
    io.part("set"_L1, packet.set);
    io.part("get"_L1, packet.get);
    io.flag("bkg"_L1, packet.bkg);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Leave> packet)
{
    io.text("id"_L1, packet.id);
    io.requiredText("topic"_L1, packet.topic);
    io.flag("unsub"_L1, packet.unsub);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Pub> packet)
{
    io.text("id"_L1, packet.id);
    io.requiredText("topic"_L1, packet.topic);
    io.flag("noecho"_L1, packet.noecho);
    io.head("head"_L1, packet.head);
    io.anyValue("content"_L1, packet.content);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Get> packet)
{
    io.text("id"_L1, packet.id);
    io.requiredText("topic"_L1, packet.topic);
    describe(io, packet.query);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Set> packet)
{
    io.text("id"_L1, packet.id);
    io.requiredText("topic"_L1, packet.topic);
    describe(io, packet.query);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Del> packet)
{
    io.text("id"_L1, packet.id);
    io.text("topic"_L1, packet.topic);
    io.word("what"_L1, packet.what, Words<Del::Kind>(kDelWords));
    io.ranges("delseq"_L1, packet.delseq);
    io.text("user"_L1, packet.user);
    io.part("cred"_L1, packet.cred);
    io.flag("hard"_L1, packet.hard);
}

template <typename Io>
void describe(Io &io, typename Io::template Ref<Note> packet)
{
    io.requiredText("topic"_L1, packet.topic);
    io.requiredWord("what"_L1, packet.what, Words<NoteKind>(kNoteWords));
    io.seq("seq"_L1, packet.seq);
    io.number("unread"_L1, packet.unread);
    io.text("event"_L1, packet.event);
    io.blob("payload"_L1, packet.payload);
}

namespace {

// What a packet is called on the wire.
template <typename Packet>
constexpr QLatin1String kName;
template <>
constexpr QLatin1String kName<Hi> = "hi"_L1;
template <>
constexpr QLatin1String kName<Acc> = "acc"_L1;
template <>
constexpr QLatin1String kName<Login> = "login"_L1;
template <>
constexpr QLatin1String kName<Sub> = "sub"_L1;
template <>
constexpr QLatin1String kName<Leave> = "leave"_L1;
template <>
constexpr QLatin1String kName<Pub> = "pub"_L1;
template <>
constexpr QLatin1String kName<Get> = "get"_L1;
template <>
constexpr QLatin1String kName<Set> = "set"_L1;
template <>
constexpr QLatin1String kName<Del> = "del"_L1;
template <>
constexpr QLatin1String kName<Note> = "note"_L1;

/// The list of attachments is not in the packet but beside it.
ClientMessage readPub(FieldReader &io)
{
    Pub pub;
    describe(io, pub);
    if (const std::optional<FieldReader> extra = io.sibling("extra"_L1))
        extra->texts("attachments"_L1, pub.attachments);
    return pub;
}

constexpr PacketKind<ClientMessage> kKinds[] = {
    {kName<Pub>, readPub},
    {kName<Note>, readPacket<ClientMessage, Note>},
    {kName<Get>, readPacket<ClientMessage, Get>},
    {kName<Sub>, readPacket<ClientMessage, Sub>},
    {kName<Leave>, readPacket<ClientMessage, Leave>},
    {kName<Set>, readPacket<ClientMessage, Set>},
    {kName<Del>, readPacket<ClientMessage, Del>},
    {kName<Hi>, readPacket<ClientMessage, Hi>},
    {kName<Login>, readPacket<ClientMessage, Login>},
    {kName<Acc>, readPacket<ClientMessage, Acc>},
};

template <typename Packet>
QByteArray encodePacket(const Packet &packet)
{
    return frameBytes({{kName<Packet>, FieldWriter::described(packet)}});
}

QByteArray encodePacket(const Pub &pub)
{
    QJsonObject frame{{kName<Pub>, FieldWriter::described(pub)}};
    FieldWriter extra;
    extra.texts("attachments"_L1, pub.attachments);
    if (!extra.object().isEmpty())
        frame.insert("extra"_L1, extra.object());
    return frameBytes(frame);
}

QByteArray encodePacket(const Probe &)
{
    return kProbe;
}

}

QByteArray encode(const ClientMessage &message)
{
    return std::visit([](const auto &packet) { return encodePacket(packet); }, message);
}

Result<ClientMessage, WireError> decodeClientMessage(const QByteArray &utf8)
{
    if (utf8 == kProbe)
        return ClientMessage(Probe());
    return decodePacket<ClientMessage>(utf8, kKinds);
}

}
