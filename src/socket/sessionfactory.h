#pragma once

#include "socket/abstractsession.h"

#include <functional>
#include <memory>

namespace confab {

using SessionPtr = std::unique_ptr<AbstractSession, DeleteLater>;

/// Makes a fresh session for each attempt, on the calling thread. Passed in from the composition
/// root; tests pass one that hands out FakeSession.
using SessionFactory = std::function<SessionPtr(const SessionOptions &)>;

/// The real one: SocketSession on QWebSocket.
SessionFactory socketSessionFactory();

}
