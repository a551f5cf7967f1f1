#pragma once

#include "socket/jsonchannel.h"
#include "wire/clientmessage.h"
#include "wire/plainmessage.h"
#include "wire/servermessage.h"

namespace confab {

using TinodeChannel = JsonChannel<wire::ClientMessage, wire::ServerMessage>;
using PlainChannel = JsonChannel<wire::PlainMessage, wire::PlainMessage>;

/// One packet a text frame; a binary frame is read the same way, since some relays turn text into
/// binary. What can't be read is dropped and counted, never foreign: a server may be newer than we.
ChannelCodec<wire::ClientMessage, wire::ServerMessage> tinodeCodec();

/// Plain WebSocket mode (design.md §9): sends binary frames, or text frames when asked to. A text frame
/// that is no JSON of ours is shown as it is; such a binary frame can't be our protocol (1003).
ChannelCodec<wire::PlainMessage, wire::PlainMessage> plainCodec(bool asText);

}
