#pragma once

#include "service/serviceerror.h"

#include <QDateTime>
#include <QDeadlineTimer>

#include <variant>

namespace confab {

// Where an account stands with its server. Each phase carries what is true only in it.

/// Not connected and not trying: before start(), after stop().
struct Idle {
};
/// TCP, TLS and the WebSocket handshake are under way.
struct Opening {
    int attempt = 1;
};
/// `hi` is unanswered.
struct Greeting {
};
/// `login` or `acc` is unanswered.
struct Authenticating {
};
struct Online {
    QDateTime since;
};
/// The link is lost or could not be made; the next attempt is due at `retry`.
struct Waiting {
    ServiceError why;
    QDeadlineTimer retry;
};
/// Nothing more happens until the person acts: sign in, correct the address, try again.
struct Stopped {
    ServiceError why;
    bool needsSignIn = false;
};

using Phase = std::variant<Idle, Opening, Greeting, Authenticating, Online, Waiting, Stopped>;

}
