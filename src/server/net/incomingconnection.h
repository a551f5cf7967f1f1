#pragma once

#include "server/net/httprequest.h"
#include "server/net/httpresponse.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>

namespace confab::server {

struct Metrics;

/// A connection that makes one HTTP request, or becomes a WebSocket. The head is only peeked at, so
/// that the socket can be handed on to QWebSocketServer as if nobody had read from it. Every stage
/// has a deadline that dripping does not move: the TLS handshake and the head together, each
/// stretch of a body, each stretch of the answer (reliability.md T25). Bodies and files pass
/// through in pieces, so a connection costs the same whatever its request holds. Child of the
/// listener; owns the socket until release(). Listener's thread.
class IncomingConnection : public QObject
{
    Q_OBJECT

public:
    /// Takes ownership of the socket. Metrics outlive this object.
    IncomingConnection(
        QTcpSocket *socket, std::chrono::milliseconds deadline, Metrics &metrics, QObject *parent);

    QHostAddress address() const { return m_socket->peerAddress(); }
    /// Sent with every answer from here on.
    void addHeader(const QByteArray &name, const QByteArray &value);

    /// Sends the answer and closes. finished() follows.
    void answer(const HttpResponse &response);
    /// The same, for a request that was not read, or not to its end.
    void refuse(int status, const QString &text);
    /// Goes on with the body, which is so many bytes long: bodyReceived() as it comes, then
    /// bodyEnded(). A client that waits for permission gets it (RFC 9110 §10.1.1). The request is
    /// answered at any time in between or after.
    void receiveBody(qint64 length, bool permissionWanted);
    /// Gives the socket away, its head unread, to be read without limit. finished() follows.
    QTcpSocket *release();

signals:
    /// At most once, and never after finished(). Call answer(), receiveBody() or release() in
    /// return or later.
    void requestReceived(const HttpRequest &request);
    void bodyReceived(const QByteArray &bytes);
    void bodyEnded();
    /// Once: nothing is left to do; delete this later.
    void finished();

private:
    enum class State { ReadingHead, ReceivingBody, Waiting, Answering, Lingering, Finished };

    void read();
    void readHead();
    void readBody();
    void handleTimeout();
    void handleSlowBody();
    void handleProgress();
    /// Hands on more of the file that is being sent, as far as the client keeps up.
    void feed();
    void handleSent();
    void discardInput();
    void finish();

    QTcpSocket *m_socket;
    Metrics &m_metrics;
    const std::chrono::milliseconds m_patience;
    QTimer m_deadline;
    State m_state = State::ReadingHead;
    QList<std::pair<QByteArray, QByteArray>> m_headers;
    qsizetype m_headSize = 0;
    qint64 m_bodyLeft = 0;
    qint64 m_bodyInStretch = 0; ///< received since the deadline was set
    HttpFile m_file; ///< what is left to send of it
    qint64 m_discarded = 0;
    bool m_bodyUnread = false;
};

}
