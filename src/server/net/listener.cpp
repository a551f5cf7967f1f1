#include "server/net/listener.h"

#include "server/hub/hub.h"
#include "server/logging.h"
#include "server/net/incomingconnection.h"
#include "server/net/websocketlink.h"
#include "server/net/websocketpeer.h"

#include <QTcpSocket>
#include <QWebSocket>

#include <algorithm>
#include <memory>

namespace confab::server {

namespace {

using namespace std::chrono_literals;

constexpr char kChatPath[] = "/v0/channels";
constexpr char kEchoPath[] = "/echo";

/// Many clients come back at once after a restart.
constexpr int kBacklog = 512;

// Close codes: reliability.md §5.
constexpr int kRestart = 4001;
constexpr int kFlooding = 4008;

/// Often enough to keep the shortest deadline, but not more than once a second in practice.
std::chrono::milliseconds checkInterval(const ServerOptions &options)
{
    const auto shortest = std::min(options.pingInterval, options.silenceLimit) / 4;
    return std::clamp<std::chrono::milliseconds>(shortest, 20ms, 1s);
}

/// One client has one address, whether it came by the IPv4 or the dual-stack door.
QHostAddress plainAddress(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return isV4 ? QHostAddress(v4) : address;
}

QString listenFailure(const QTcpServer &server, const ServerOptions &options)
{
    const QString place = options.address.toString();
    switch (server.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return Listener::tr("Port %1 on %2 is already in use. Stop the other program or choose "
                            "another port.")
            .arg(options.port)
            .arg(place);
    case QAbstractSocket::SocketAccessError:
        return Listener::tr("This user may not listen on port %1. Choose a port above 1023.")
            .arg(options.port);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return Listener::tr("This computer does not have the address %1. Choose one of its own, or "
                            "127.0.0.1.")
            .arg(place);
    default:
        return Listener::tr("The server can't listen on %1, port %2 (%3). Choose another address or "
                            "port.")
            .arg(place)
            .arg(options.port)
            .arg(server.errorString());
    }
}

}

Listener::Listener(const ServerOptions &options, Hub &hub, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_hub(hub)
    , m_admission(options)
    , m_http(hub)
    , m_handshakes(QStringLiteral("confab"), QWebSocketServer::NonSecureMode)
{
    m_server.setListenBacklogSize(kBacklog);
    m_handshakes.setHandshakeTimeout(m_options.handshakeTimeout);
    connect(&m_server, &QTcpServer::newConnection, this, &Listener::acceptPending);
    connect(&m_server, &QTcpServer::acceptError, this,
        [this] { qCWarning(serverLog) << "can't accept a connection:" << m_server.errorString(); });
    connect(&m_handshakes, &QWebSocketServer::newConnection, this, &Listener::acceptWebSockets);
    connect(&m_checkTimer, &QTimer::timeout, this, &Listener::checkPeers);
    m_checkTimer.setInterval(checkInterval(m_options));
}

Listener::~Listener() = default;

wire::Result<QUrl, QString> Listener::listen()
{
    if (!m_server.listen(m_options.address, m_options.port))
        return listenFailure(m_server, m_options);
    m_checkTimer.start();
    QUrl url;
    url.setScheme(QStringLiteral("ws"));
    url.setHost(m_server.serverAddress().toString());
    url.setPort(m_server.serverPort());
    return url;
}

void Listener::close()
{
    m_closing = true;
    m_server.close();
    qDeleteAll(findChildren<IncomingConnection *>(Qt::FindDirectChildrenOnly));
    for (WebSocketPeer *peer : std::as_const(m_peers))
        peer->close(kRestart, QStringLiteral("server shutdown"));
    if (m_peers.isEmpty())
        QMetaObject::invokeMethod(this, &Listener::closed, Qt::QueuedConnection);
}

void Listener::acceptPending()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection())
        accept(socket);
}

void Listener::accept(QTcpSocket *socket)
{
    const QHostAddress address = plainAddress(socket->peerAddress());
    ++m_connectionCount;
    const int fromThere = ++m_connections[address];
    // A child tells of the socket's end, because QWebSocket drops all connections of the socket itself.
    connect(new QObject(socket), &QObject::destroyed, this, [this, address] {
        --m_connectionCount;
        if (--m_connections[address] == 0)
            m_connections.remove(address);
    });
    // Answers are small and each one is waited for.
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);

    auto *incoming = new IncomingConnection(socket, m_options.handshakeTimeout, this);
    connect(incoming, &IncomingConnection::finished, incoming, &QObject::deleteLater);
    if (m_connectionCount > m_options.maxConnections
        || fromThere > m_options.maxConnectionsPerAddress) {
        incoming->refuse(503, QStringLiteral("too many connections"));
        return;
    }
    connect(incoming, &IncomingConnection::requestReceived, this,
        [this, incoming](const HttpRequest &request) { route(incoming, request); });
}

void Listener::route(IncomingConnection *incoming, const HttpRequest &request)
{
    const bool isChat = request.path == kChatPath;
    const bool isWebSocket = isChat || request.path == kEchoPath;
    std::optional<HttpResponse> response = m_admission.refuseSource(request);
    if (!response && isChat)
        response = m_admission.refuseApiKey(request);
    if (!response && isWebSocket)
        response = Admission::refuseHandshake(request);
    if (!response && !isWebSocket)
        response = m_http.handle(request);
    if (response)
        incoming->answer(*response);
    else
        upgrade(incoming->release());
}

void Listener::upgrade(QTcpSocket *socket)
{
    // Qt leaves the socket to us, and keeps from us which QWebSocket it became part of.
    socket->setParent(this);
    const ClientEnd client(socket->peerAddress(), socket->peerPort());
    m_upgrading.insert(client, socket);
    connect(socket, &QTcpSocket::disconnected, this, [this, client, socket] {
        if (m_upgrading.remove(client) > 0)
            socket->deleteLater();
    });
    m_handshakes.handleConnection(socket);
}

void Listener::acceptWebSockets()
{
    while (QWebSocket *socket = m_handshakes.nextPendingConnection()) {
        // Deleted after its user, never before.
        if (QTcpSocket *tcp = m_upgrading.take({socket->peerAddress(), socket->peerPort()}))
            tcp->setParent(socket);
        const bool isEcho = socket->requestUrl().path() == QLatin1String(kEchoPath);
        auto *peer = new WebSocketPeer(socket, m_options, this);
        m_peers.insert(peer);
        connect(peer, &WebSocketPeer::ended, this, [this, peer] { forget(peer); });
        if (isEcho)
            serveEcho(peer);
        else
            serveChat(peer);
    }
}

void Listener::serveChat(WebSocketPeer *peer)
{
    auto *link = new WebSocketLink(peer, m_hub, m_options, this);
    connect(link, &WebSocketLink::ended, link, &QObject::deleteLater);
}

void Listener::serveEcho(WebSocketPeer *peer)
{
    peer->setMaxIncoming(m_options.maxMessageSize);
    const auto bucket
        = std::make_shared<TokenBucket>(TokenBucket::forClient(peer->address(), m_options));
    const auto mayGoOn = [peer, bucket] {
        if (bucket->take(std::chrono::steady_clock::now()))
            return true;
        peer->close(kFlooding, QStringLiteral("too many frames"));
        return false;
    };
    connect(peer, &WebSocketPeer::textReceived, peer, [peer, mayGoOn](const QString &text) {
        if (mayGoOn())
            peer->sendText(text);
    });
    connect(peer, &WebSocketPeer::binaryReceived, peer, [peer, mayGoOn](const QByteArray &bytes) {
        if (mayGoOn())
            peer->sendBinary(bytes);
    });
    connect(peer, &WebSocketPeer::ended, peer, &QObject::deleteLater);
}

void Listener::forget(WebSocketPeer *peer)
{
    m_peers.remove(peer);
    if (m_closing && m_peers.isEmpty())
        emit closed();
}

void Listener::checkPeers()
{
    for (WebSocketPeer *peer : std::as_const(m_peers))
        peer->check();
}

}
