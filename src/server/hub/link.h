#pragma once

#include <QByteArray>
#include <QString>

namespace confab::server {

/// One client as the hub sees it: a WebSocket, or a user that lives inside the server. Same thread
/// as the hub. The owner calls Hub::detach() before it deletes a link.
class Link {
public:
    virtual ~Link() = default;
    /// One text frame. The bytes are shared by all recipients: encode once, send to many.
    virtual void send(const QByteArray &utf8) = 0;
    virtual void close(int code, const QString &reason) = 0;
    virtual QString remoteAddress() const = 0;
    /// Told once the client has signed in: larger frames are allowed from now on.
    virtual void authenticated() = 0;
};

} // namespace confab::server
