#pragma once

#include "wire/result.h"
#include "wire/servermessage.h"
#include "wire/wireerror.h"

#include <QByteArray>

// Server messages to and from the bytes of one text frame (protocol.md). Pure functions, any thread.
namespace confab::wire {

QByteArray encode(const ServerMessage &message);
Result<ServerMessage, WireError> decodeServerMessage(const QByteArray &utf8);

}
