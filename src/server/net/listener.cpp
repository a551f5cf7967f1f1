#include "server/net/listener.h"

#include "server/hub/hub.h"
#include "server/logevent.h"
#include "server/net/httpcredentials.h"
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

/// Often enough to keep the shortest deadline, but not more than once a second in practice: one
/// look serves all peers that are due by then.
std::chrono::milliseconds checkGap(const ServerOptions &options)
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
        return Listener::tr(
            "The server can't listen on %1, port %2 (%3). Choose another address or "
            "port.")
            .arg(place)
            .arg(options.port)
            .arg(server.errorString());
    }
}

}

Listener::Listener(const ServerOptions &options, Hub &hub, Files &files, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_hub(hub)
    , m_admission(options)
    , m_http(options, hub, files, m_admission, [this] { return countGauges(); })
    , m_tls(options.tlsCertificate, options.tlsKey)
    , m_server(m_tls)
    , m_handshakes(QStringLiteral("confab"), QWebSocketServer::NonSecureMode)
{
    m_server.setListenBacklogSize(kBacklog);
    m_handshakes.setHandshakeTimeout(m_options.handshakeTimeout);
    connect(&m_server, &QTcpServer::newConnection, this, &Listener::acceptPending);
    connect(&m_server, &QTcpServer::acceptError, this,
        [this] { LogEvent::warning("accept-failed").with("reason", m_server.errorString()); });
    connect(&m_handshakes, &QWebSocketServer::newConnection, this, &Listener::acceptWebSockets);
    connect(&m_checkTimer, &QTimer::timeout, this, &Listener::checkPeers);
    m_checkTimer.setSingleShot(true);
    m_checkTimer.setTimerType(Qt::PreciseTimer); // a coarse one may come too early, and once more
}

Listener::~Listener()
{
    // Before the endpoints that serve them.
    qDeleteAll(findChildren<IncomingConnection *>(Qt::FindDirectChildrenOnly));
}

wire::Result<QUrl, QString> Listener::listen()
{
    if (m_tls.isOn()) {
        if (const std::optional<QString> sentence = m_tls.load())
            return *sentence;
    }
    if (!m_server.listen(m_options.address, m_options.port))
        return listenFailure(m_server, m_options);
    QUrl url;
    url.setScheme(m_tls.isOn() ? QStringLiteral("wss") : QStringLiteral("ws"));
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
    ++m_hub.metrics().accepted;
    ++m_connectionCount;
    const int fromThere = ++m_connections[address];
    // A child tells of the socket's end, because QWebSocket drops all connections of the socket
    // itself.
    connect(new QObject(socket), &QObject::destroyed, this, [this, address] {
        --m_connectionCount;
        if (--m_connections[address] == 0)
            m_connections.remove(address);
    });
    // Answers are small and each one is waited for.
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);

    if (auto *tls = qobject_cast<QSslSocket *>(socket)) {
        connect(tls, &QAbstractSocket::errorOccurred, this, [this, tls] {
            if (!tls->isEncrypted())
                m_hub.metrics().refused(Refusal::Tls);
        });
    }
    auto *incoming
        = new IncomingConnection(socket, m_options.handshakeTimeout, m_hub.metrics(), this);
    connect(incoming, &IncomingConnection::finished, incoming, &QObject::deleteLater);
    if (m_connectionCount > m_options.maxConnections
        || fromThere > m_options.maxConnectionsPerAddress) {
        m_hub.metrics().refused(Refusal::Connections);
        incoming->refuse(503, QStringLiteral("too many connections"));
        return;
    }
    connect(incoming, &IncomingConnection::requestReceived, this,
        [this, incoming](const HttpRequest &request) { route(incoming, request); });
}

void Listener::route(IncomingConnection *incoming, const HttpRequest &request)
{
    if (const auto refusal = m_admission.refuseSource(request, m_hub.metrics())) {
        incoming->answer(*refusal);
        return;
    }
    const bool isWebSocket = request.path == kChatPath || request.path == kEchoPath;
    for (const auto &[name, value] : m_admission.sharingHeaders(request))
        incoming->addHeader(name, value);
    if (request.method == "OPTIONS" && request.header("origin")) {
        HttpResponse response;
        response.status = 204;
        incoming->answer(response);
    } else if (!isWebSocket) {
        m_http.serve(incoming, request);
    } else if (const auto refusal = refuseWebSocket(request)) {
        incoming->answer(*refusal);
    } else {
        upgrade(incoming->release());
    }
}

std::optional<HttpResponse> Listener::refuseWebSocket(const HttpRequest &request)
{
    std::optional<HttpResponse> refusal;
    if (request.path == kChatPath)
        refusal = m_admission.refuseApiKey(HttpCredentials::ofRequest(request).apiKey);
    if (refusal) {
        m_hub.metrics().refused(Refusal::ApiKey);
        return refusal;
    }
    refusal = Admission::refuseHandshake(request);
    if (refusal)
        m_hub.metrics().refused(Refusal::Handshake);
    return refusal;
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
        QTcpSocket *tcp = m_upgrading.take({socket->peerAddress(), socket->peerPort()});
        if (!tcp) {
            socket->deleteLater();
            continue;
        }
        tcp->setParent(socket);
        tcp->disconnect(this); // thousands of idle sessions: what is over costs nothing
        const bool isEcho = socket->requestUrl().path() == QLatin1String(kEchoPath);
        auto *peer = new WebSocketPeer(socket, tcp, m_options, m_hub.metrics(), this);
        m_peers.insert(peer);
        connect(peer, &WebSocketPeer::ended, this, [this, peer] { forget(peer); });
        connect(
            peer, &WebSocketPeer::checkWanted, this, [this] { checkWithin(checkGap(m_options)); });
        checkWithin(peer->check());
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
    const auto mayGoOn = [this, peer, bucket] {
        if (bucket->take(std::chrono::steady_clock::now()))
            return true;
        m_hub.metrics().refused(Refusal::Flood);
        peer->close(kFlooding, QStringLiteral("too many frames"));
        return false;
    };
    connect(peer, &WebSocketPeer::textReceived, peer, [peer, mayGoOn](const QString &text) {
        if (mayGoOn())
            peer->sendText(text.toUtf8());
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
    std::chrono::milliseconds next = m_options.silenceLimit;
    for (WebSocketPeer *peer : std::as_const(m_peers))
        next = std::min(next, peer->check());
    if (!m_peers.isEmpty())
        checkWithin(std::max(next, checkGap(m_options)));
}

void Listener::checkWithin(std::chrono::milliseconds time)
{
    const QDeadlineTimer wanted(time);
    if (m_checkTimer.isActive() && m_nextCheck <= wanted)
        return;
    m_nextCheck = wanted;
    m_checkTimer.start(time);
}

Gauges Listener::countGauges() const
{
    Gauges gauges;
    gauges.connections = m_connectionCount;
    gauges.sessions = m_hub.sessionCount();
    gauges.topics = m_hub.topicCount();
    gauges.commits = quint64(m_hub.commitCount());
    for (const WebSocketPeer *peer : m_peers)
        gauges.queuedBytes += peer->unsent();
    return gauges;
}

}
