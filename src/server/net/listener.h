#pragma once

#include "server/net/acceptor.h"
#include "server/net/admission.h"
#include "server/net/httphandler.h"
#include "server/net/tlssettings.h"
#include "server/serveroptions.h"
#include "wire/result.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QSet>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>
#include <QWebSocketServer>

#include <utility>

namespace confab::server {

class Files;
class Hub;
class IncomingConnection;
class WebSocketPeer;

/// The one port of the server. Every request head is read and judged here first; then the socket
/// goes to QWebSocketServer (`/v0/channels` for the chat protocol, `/echo` for frames sent back as
/// they come) or is answered by HttpHandler. With a certificate all of that is encrypted, on the
/// same port. Hub's thread; hub and files outlive it.
class Listener : public QObject
{
    Q_OBJECT

public:
    Listener(const ServerOptions &options, Hub &hub, Files &files, QObject *parent = nullptr);
    ~Listener() override;

    /// Where it listens now, or a sentence for people that says why it can't.
    wire::Result<QUrl, QString> listen();
    /// Accepts nothing more and says goodbye to everybody; closed() follows within about two
    /// seconds.
    void close();

signals:
    void closed();

private:
    /// Address and port of a client: no two connections share them.
    using ClientEnd = std::pair<QHostAddress, quint16>;

    void acceptPending();
    void accept(QTcpSocket *socket);
    void route(IncomingConnection *incoming, const HttpRequest &request);
    /// What keeps a WebSocket from being opened; counted.
    std::optional<HttpResponse> refuseWebSocket(const HttpRequest &request);
    void upgrade(QTcpSocket *socket);
    void acceptWebSockets();
    void serveChat(WebSocketPeer *peer);
    void serveEcho(WebSocketPeer *peer);
    void forget(WebSocketPeer *peer);
    void checkPeers();
    void checkWithin(std::chrono::milliseconds time);
    Gauges countGauges() const;

    ServerOptions m_options;
    Hub &m_hub;
    Admission m_admission;
    HttpHandler m_http;
    TlsSettings m_tls;
    Acceptor m_server;
    QWebSocketServer m_handshakes;
    QTimer m_checkTimer; ///< runs out when the first peer needs a check
    QDeadlineTimer m_nextCheck; ///< the same; QTimer searches all timers for its own
    QHash<ClientEnd, QTcpSocket *> m_upgrading; ///< from the end of the head to the WebSocket
    QSet<WebSocketPeer *> m_peers;
    QHash<QHostAddress, int> m_connections; ///< open sockets of each client address
    int m_connectionCount = 0;
    bool m_closing = false;
};

}
