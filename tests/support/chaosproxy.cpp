#include "support/chaosproxy.h"

#include "support/hardreset.h"

#include <QTimer>

#include <utility>

namespace confab {

/// One client's connection and the one made for it to the server.
class ChaosProxy::Link final : public QObject
{
public:
    Link(ChaosProxy &proxy, QTcpSocket *client);

    void pump(Direction direction);
    void end(Cut cut);

private:
    QTcpSocket &source(Direction direction)
    {
        return direction == Direction::ToServer ? *m_client : m_upstream;
    }
    QTcpSocket &sink(Direction direction)
    {
        return direction == Direction::ToServer ? m_upstream : *m_client;
    }
    void connectEnd(Direction direction);
    void goOnceClosed();
    void forward(Direction direction, const QByteArray &bytes);
    void write(Direction direction, const QByteArray &bytes);
    bool cutsWithin(Direction direction, QByteArray &bytes);

    ChaosProxy &m_proxy;
    QTcpSocket *m_client;
    QTcpSocket m_upstream;
    std::array<qint64, 2> m_passed{};
};

ChaosProxy::Link::Link(ChaosProxy &proxy, QTcpSocket *client)
    : QObject(&proxy)
    , m_proxy(proxy)
    , m_client(client)
    , m_upstream(this)
{
    m_client->setParent(this);
    connectEnd(Direction::ToServer);
    connectEnd(Direction::ToClient);
    m_upstream.connectToHost(QHostAddress::LocalHost, proxy.m_serverPort);
}

void ChaosProxy::Link::connectEnd(Direction direction)
{
    connect(&source(direction), &QTcpSocket::readyRead, this, [this, direction] { pump(direction); });
    connect(&source(direction), &QTcpSocket::disconnected, this, [this, direction] {
        pump(direction);
        if (!m_proxy.m_swallowing)
            sink(direction).disconnectFromHost();
        goOnceClosed();
    });
}

/// So that the memory of a thousand reconnects is that of client and server.
void ChaosProxy::Link::goOnceClosed()
{
    if (m_client->state() == QAbstractSocket::UnconnectedState
        && m_upstream.state() == QAbstractSocket::UnconnectedState
        && m_proxy.m_links.removeOne(this))
        deleteLater();
}

void ChaosProxy::Link::pump(Direction direction)
{
    if (m_proxy.conduct(direction).stalled || source(direction).bytesAvailable() == 0)
        return;
    const QByteArray bytes = source(direction).readAll();
    if (m_proxy.m_swallowing)
        return;
    const auto delay = m_proxy.conduct(direction).delay;
    if (delay.count() == 0) {
        forward(direction, bytes);
        return;
    }
    QTimer::singleShot(
        delay, Qt::PreciseTimer, this, [this, direction, bytes] { forward(direction, bytes); });
}

void ChaosProxy::Link::forward(Direction direction, const QByteArray &bytes)
{
    QByteArray passing = bytes;
    const bool cuts = cutsWithin(direction, passing);
    write(direction, passing);
    if (cuts)
        end(m_proxy.conduct(direction).cut);
}

bool ChaosProxy::Link::cutsWithin(Direction direction, QByteArray &bytes)
{
    const qint64 limit = m_proxy.conduct(direction).cutAfter;
    const qint64 passed = m_passed[static_cast<size_t>(direction)];
    if (limit < 0 || passed + bytes.size() < limit)
        return false;
    bytes.truncate(limit - passed);
    return true;
}

void ChaosProxy::Link::write(Direction direction, const QByteArray &bytes)
{
    sink(direction).write(bytes);
    if (sink(direction).state() == QAbstractSocket::ConnectedState)
        sink(direction).flush(); // until then it is kept
    m_passed[static_cast<size_t>(direction)] += bytes.size();
    m_proxy.conduct(direction).forwarded += bytes.size();
}

void ChaosProxy::Link::end(Cut cut)
{
    m_client->disconnect(this);
    m_upstream.disconnect(this);
    for (QTcpSocket *socket : {m_client, &m_upstream}) {
        if (cut == Cut::Reset)
            hardReset(*socket);
        else
            socket->disconnectFromHost();
        connect(socket, &QTcpSocket::disconnected, this, &Link::goOnceClosed);
    }
    goOnceClosed();
}

ChaosProxy::ChaosProxy(quint16 serverPort, QObject *parent)
    : QObject(parent)
    , m_server(this)
    , m_serverPort(serverPort)
{
    connect(&m_server, &QTcpServer::newConnection, this, &ChaosProxy::acceptConnection);
    if (m_server.listen(QHostAddress::LocalHost))
        m_port = m_server.serverPort();
}

ChaosProxy::~ChaosProxy()
{
    // The links look at the proxy's settings while their sockets close.
    qDeleteAll(std::exchange(m_links, {}));
}

QUrl ChaosProxy::url(const QString &path) const
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1%2").arg(m_port).arg(path));
}

void ChaosProxy::acceptConnection()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        ++m_connections;
        m_links.append(new Link(*this, client));
    }
}

void ChaosProxy::setDelay(Direction direction, std::chrono::milliseconds delay)
{
    conduct(direction).delay = delay;
}

void ChaosProxy::stall(Direction direction)
{
    conduct(direction).stalled = true;
}

void ChaosProxy::resume(Direction direction)
{
    conduct(direction).stalled = false;
    const QList<Link *> links = m_links; // one may go
    for (Link *link : links)
        link->pump(direction);
}

void ChaosProxy::cutAfter(Direction direction, qint64 bytes, Cut cut)
{
    conduct(direction).cutAfter = bytes;
    conduct(direction).cut = cut;
}

void ChaosProxy::neverCut()
{
    for (Conduct &each : m_conduct)
        each.cutAfter = -1;
}

void ChaosProxy::cutAll(Cut cut)
{
    const QList<Link *> links = m_links; // each may go
    for (Link *link : links)
        link->end(cut);
}

bool ChaosProxy::setAccepting(bool on)
{
    if (!on) {
        m_server.close();
        return true;
    }
    return m_server.isListening() || m_server.listen(QHostAddress::LocalHost, m_port);
}

qint64 ChaosProxy::bytesForwarded(Direction direction) const
{
    return conduct(direction).forwarded;
}

}
