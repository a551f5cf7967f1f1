#pragma once

#include "server/serveroptions.h"

#include <QElapsedTimer>
#include <QObject>
#include <QWebSocket>

#include <memory>

class QTcpSocket;

namespace confab::server {

struct Metrics;

/// One accepted WebSocket with what Qt leaves to us: limits on frames, keep-alive, a peer that does
/// not read, a close that ends (reliability.md §0 facts 2, 3, 6, 7). Child of its endpoint or the
/// listener; listener's thread. No call but the two that send emits a signal before it returns, and
/// they only checkWanted().
class WebSocketPeer : public QObject
{
    Q_OBJECT

public:
    /// Takes ownership of the WebSocket, which owns the TCP or TLS socket below it.
    WebSocketPeer(QWebSocket *socket, QTcpSocket *transport, const ServerOptions &options,
        Metrics &metrics, QObject *parent);
    ~WebSocketPeer() override;

    QHostAddress address() const { return m_address; }
    /// Bytes that wait for the peer to read.
    qint64 unsent() const;

    /// Incoming frames and messages over this many bytes close the connection with 1009.
    void setMaxIncoming(int bytes);
    /// UTF-8. One frame, written as it is to the socket: QWebSocket would convert and copy the text
    /// again for each of many recipients (performance.md §3.2).
    void sendText(const QByteArray &utf8);
    void sendBinary(const QByteArray &bytes);
    /// The close frame, then the end: at the latest after two seconds. Nothing is received or sent
    /// from here on. The reason has at most 123 bytes.
    void close(int code, const QString &reason);
    void abort();
    /// Pings, and drops a silent or stuck peer. The time until it has to be called again, unless
    /// checkWanted() comes before.
    std::chrono::milliseconds check();

signals:
    void textReceived(const QString &text);
    void binaryReceived(const QByteArray &bytes);
    /// Bytes began to wait for the peer: whether it reads them is to be seen by a check in a
    /// second.
    void checkWanted();
    /// Once, last of all; delete this later.
    void ended();

private:
    enum class State { Open, Closing, Ended };

    bool mayEnqueue(qint64 bytes);
    void watchUnsent();
    void noteProgress();
    void end();

    std::unique_ptr<QWebSocket> m_socket;
    QTcpSocket *m_transport;
    Metrics &m_metrics;
    QHostAddress m_address;
    std::chrono::milliseconds m_pingInterval;
    std::chrono::milliseconds m_silenceLimit;
    qint64 m_maxQueued;
    State m_state = State::Open;
    bool m_isWatched = false; ///< checkWanted() since the last check
    QElapsedTimer m_sinceInput;
    QElapsedTimer m_sincePing;
    QElapsedTimer m_sinceProgress;
};

}
