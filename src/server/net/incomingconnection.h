#pragma once

#include "server/net/httprequest.h"
#include "server/net/httpresponse.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>

namespace confab::server {

/// A connection whose request head is still to come. The head is only peeked at, so that the socket
/// can be handed on to QWebSocketServer as if nobody had read from it. One request a connection; the
/// whole head has one deadline, so that dripping gains nothing (reliability.md T25). Child of the
/// listener; owns the socket until release(). Listener's thread.
class IncomingConnection : public QObject
{
    Q_OBJECT

public:
    /// Takes ownership of the socket.
    IncomingConnection(QTcpSocket *socket, std::chrono::milliseconds deadline, QObject *parent);

    /// Sends the answer and closes. finished() follows.
    void answer(const HttpResponse &response);
    /// The same, for a request that was not read, or not to its end.
    void refuse(int status, const QString &text);
    /// Gives the socket away, its head unread, to be read without limit. finished() follows.
    QTcpSocket *release();

signals:
    /// At most once, and never after finished(). Call answer() or release() in return.
    void requestReceived(const HttpRequest &request);
    /// Once: nothing is left to do; delete this later.
    void finished();

private:
    enum class State { ReadingHead, Answering, Finished };

    void readHead();
    void handleTimeout();
    void discardInput();
    void finish();

    QTcpSocket *m_socket;
    QTimer m_deadline;
    State m_state = State::ReadingHead;
    qsizetype m_headSize = 0;
    qint64 m_discarded = 0;
    bool m_lingering = false;
};

}
