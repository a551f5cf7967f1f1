#pragma once

#include "wire/clientmessage.h"
#include "wire/jsonfields.h"
#include "wire/jsontext.h"
#include "wire/result.h"

#include <QJsonDocument>

#include <span>

// What the codecs of both directions do alike: a frame is an object whose one key names the packet.
namespace confab::wire {

/// The words of {note} and {info}.
inline constexpr Word<NoteKind> kNoteWords[] = {
    {QLatin1String("kp"), NoteKind::Typing},
    {QLatin1String("kpa"), NoteKind::RecordingAudio},
    {QLatin1String("kpv"), NoteKind::RecordingVideo},
    {QLatin1String("recv"), NoteKind::Received},
    {QLatin1String("read"), NoteKind::Read},
    {QLatin1String("call"), NoteKind::Call},
    {QLatin1String("data"), NoteKind::Data},
};

template <typename Message>
struct PacketKind {
    QLatin1String name;
    Message (*read)(FieldReader &);
};

template <typename Message, typename Packet>
Message readPacket(FieldReader &io)
{
    Packet packet;
    describe(io, packet);
    return packet;
}

/// The packet that the frame holds; with several, the one that comes first in kinds.
template <typename Message>
Result<Message, WireError> decodePacket(const QByteArray &utf8,
                                        std::span<const PacketKind<Message>> kinds)
{
    const Result<QJsonObject, WireError> frame = parseObject(utf8);
    if (!frame)
        return frame.error();
    std::optional<WireError> error;
    const FieldReader root(*frame, error);
    for (const PacketKind<Message> &kind : kinds) {
        std::optional<FieldReader> io = root.child(kind.name);
        if (error)
            return *error;
        if (!io)
            continue;
        Message message = kind.read(*io);
        if (!error)
            return message;
        error->id = frame->value(kind.name).toObject().value(QLatin1String("id")).toString();
        return *error;
    }
    return WireError{WireError::Kind::UnknownPacket};
}

inline QByteArray frameBytes(const QJsonObject &frame)
{
    return QJsonDocument(frame).toJson(QJsonDocument::Compact);
}

}
