#pragma once

#include "server/hub/link.h"
#include "server/net/websocketpeer.h"
#include "server/tokenbucket.h"
#include "wire/clientmessage.h"
#include "wire/result.h"
#include "wire/wireerror.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace confab::server {

class Hub;

/// A client of the chat protocol over a WebSocket: text frames to packets and back, the rate limit
/// and the deadline for signing in. Attached to the hub for as long as it exists. Child of the
/// listener; hub's thread.
class WebSocketLink : public QObject, public Link
{
    Q_OBJECT

public:
    /// Takes the peer as a child.
    WebSocketLink(WebSocketPeer *peer, Hub &hub, const ServerOptions &options, QObject *parent);
    ~WebSocketLink() override;

    void send(const QByteArray &utf8) override;
    void close(int code, const QString &reason) override;
    QString remoteAddress() const override;
    void authenticated() override;

signals:
    /// Once, last of all; delete this later.
    void ended();

private:
    using Decoded = wire::Result<wire::ClientMessage, wire::WireError>;

    void receive(const QString &text);
    void demandLogin();
    /// Answers a packet over the limit 429, and ends the session of a client that goes on.
    void refuse(const Decoded &message, TokenBucket::Time now);

    WebSocketPeer *m_peer;
    Hub &m_hub;
    TokenBucket m_bucket;
    int m_refusalsLeft;
    int m_maxMessageSize;
    std::unique_ptr<QTimer> m_loginDeadline; ///< gone once signed in
};

}
