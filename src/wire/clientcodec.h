#pragma once

#include "wire/clientmessage.h"
#include "wire/result.h"
#include "wire/wireerror.h"

#include <QByteArray>

// Client messages to and from the bytes of one text frame (protocol.md). Pure functions, any thread.
// Unknown fields are ignored; absent and zero, false, empty are the same and are not written.
namespace confab::wire {

QByteArray encode(const ClientMessage &message);
Result<ClientMessage, WireError> decodeClientMessage(const QByteArray &utf8);

}
