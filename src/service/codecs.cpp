#include "service/codecs.h"

#include "wire/clientcodec.h"
#include "wire/servercodec.h"

namespace confab {

ChannelCodec<wire::ClientMessage, wire::ServerMessage> tinodeCodec()
{
    return {
        [](const wire::ClientMessage &message) {
            return Frame{FrameKind::Text, wire::encode(message)};
        },
        [](const Frame &frame) -> Decoded<wire::ServerMessage> {
            auto message = wire::decodeServerMessage(frame.bytes);
            if (!message)
                return {{}, message.error().toString(), false};
            return {*std::move(message), {}, false};
        },
    };
}

ChannelCodec<wire::PlainMessage, wire::PlainMessage> plainCodec(bool asText)
{
    return {
        [asText](const wire::PlainMessage &message) {
            return Frame{asText ? FrameKind::Text : FrameKind::Binary, wire::encode(message)};
        },
        [](const Frame &frame) -> Decoded<wire::PlainMessage> {
            auto message = wire::decodePlainMessage(frame.bytes);
            if (message)
                return {*std::move(message), {}, false};
            if (frame.kind == FrameKind::Binary)
                return {{}, message.error().toString(), true};
            wire::PlainMessage shown;
            shown.text = QString::fromUtf8(frame.bytes);
            return {shown, {}, false};
        },
    };
}

}
