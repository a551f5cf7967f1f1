#include "wire/clientcodec.h"

#include "wire/packetcodec.h"
#include "wire/partfields.h"

namespace confab::wire {

namespace {

constexpr char kProbe[] = "1";

constexpr Word<Del::Kind> kDelWords[] = {
    {"msg"_L1, Del::Kind::Messages},
    {"topic"_L1, Del::Kind::Topic},
    {"sub"_L1, Del::Kind::Subscription},
    {"user"_L1, Del::Kind::User},
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
    {"pub"_L1, readPub},
    {"note"_L1, readPacket<ClientMessage, Note>},
    {"get"_L1, readPacket<ClientMessage, Get>},
    {"sub"_L1, readPacket<ClientMessage, Sub>},
    {"leave"_L1, readPacket<ClientMessage, Leave>},
    {"set"_L1, readPacket<ClientMessage, Set>},
    {"del"_L1, readPacket<ClientMessage, Del>},
    {"hi"_L1, readPacket<ClientMessage, Hi>},
    {"login"_L1, readPacket<ClientMessage, Login>},
    {"acc"_L1, readPacket<ClientMessage, Acc>},
};

QLatin1String nameOf(const Hi &) { return "hi"_L1; }
QLatin1String nameOf(const Acc &) { return "acc"_L1; }
QLatin1String nameOf(const Login &) { return "login"_L1; }
QLatin1String nameOf(const Sub &) { return "sub"_L1; }
QLatin1String nameOf(const Leave &) { return "leave"_L1; }
QLatin1String nameOf(const Get &) { return "get"_L1; }
QLatin1String nameOf(const Set &) { return "set"_L1; }
QLatin1String nameOf(const Del &) { return "del"_L1; }
QLatin1String nameOf(const Note &) { return "note"_L1; }

template <typename Packet>
QByteArray encodePacket(const Packet &packet)
{
    return frameBytes({{nameOf(packet), FieldWriter::described(packet)}});
}

QByteArray encodePacket(const Pub &pub)
{
    QJsonObject frame{{"pub"_L1, FieldWriter::described(pub)}};
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
