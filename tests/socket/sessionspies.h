#pragma once

#include "socket/socketsession.h"

#include <QSignalSpy>

namespace confab {

/// A SocketSession with a spy on everything that it says.
struct WatchedSession {
    explicit WatchedSession(const SessionOptions &options = {}) : session(options) {}

    CloseInfo info() const { return closed.value(0).value(0).value<CloseInfo>(); }
    QByteArray text(qsizetype index) const { return texts.value(index).value(0).toByteArray(); }

    SocketSession session;
    QSignalSpy opened{&session, &AbstractSession::opened};
    QSignalSpy texts{&session, &AbstractSession::textReceived};
    QSignalSpy binaries{&session, &AbstractSession::binaryReceived};
    QSignalSpy pongs{&session, &AbstractSession::pongReceived};
    QSignalSpy bytes{&session, &AbstractSession::bytesReceived};
    QSignalSpy closed{&session, &AbstractSession::closed};
};

}
