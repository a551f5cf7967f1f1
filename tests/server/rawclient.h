#pragma once

#include <QTcpSocket>
#include <QTest>

/// Speaks to a server byte by byte, and keeps all that comes back.
class RawClient
{
public:
    explicit RawClient(quint16 port)
    {
        QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket,
            [this] { m_received += m_socket.readAll(); });
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    }

    void send(const QByteArray &bytes) { m_socket.write(bytes); }
    const QByteArray &received() const { return m_received; }
    bool isClosed() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }
    bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    void reset() { m_socket.abort(); }

    /// The code of the answer's first line; 0 until it is there.
    int status() const
    {
        const qsizetype end = m_received.indexOf("\r\n");
        return end < 0 || !m_received.startsWith("HTTP/1.1 ") ? 0 : m_received.mid(9, 3).toInt();
    }
    bool hasHead() const { return m_received.contains("\r\n\r\n"); }
    QByteArray body() const { return m_received.mid(m_received.indexOf("\r\n\r\n") + 4); }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
};

/// A complete opening handshake, to be spoilt by the test: a header with an empty value is left out.
inline QByteArray handshake(const QByteArray &target, const QByteArray &changedName = {},
    const QByteArray &changedValue = {}, const QByteArray &method = "GET")
{
    QList<std::pair<QByteArray, QByteArray>> headers {{"Host", "127.0.0.1"},
        {"Upgrade", "websocket"}, {"Connection", "Upgrade"},
        {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}, {"Sec-WebSocket-Version", "13"}};
    headers.removeIf([&](const auto &header) { return header.first == changedName; });
    if (!changedValue.isEmpty())
        headers.emplaceBack(changedName, changedValue);
    QByteArray head = method + ' ' + target + " HTTP/1.1\r\n";
    for (const auto &[name, value] : headers)
        head += name + ": " + value + "\r\n";
    return head + "\r\n";
}

inline constexpr char kChatTarget[] = "/v0/channels?apikey=AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K";
