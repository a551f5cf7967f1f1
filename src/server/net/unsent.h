#pragma once

#include <QSslSocket>

namespace confab::server {

/// What was written to a socket and is still in this process. An encrypted socket hands on at once
/// what it is given: what waits for the peer then waits encrypted.
inline qint64 unsentBytes(const QTcpSocket &socket)
{
    const auto *tls = qobject_cast<const QSslSocket *>(&socket);
    return socket.bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

}
