#pragma once

#include <QObject>
#include <QString>
#include <QtWebSockets/QWebSocketProtocol>

class QWebSocket;

namespace confab {

/// Tells what QWebSocket keeps to itself: whether a close frame came from the peer or QWebSocket
/// closed because the peer broke a rule. Its public side shows neither: closeCode() is 1000 after a
/// reset as after a clean close, and 1002, 1007 or 1009 may be the peer's word or its own
/// (reliability.md §0, 4).
///
/// The source of the facts is the frame parser, a child object of QWebSocket (read in the sources of
/// 6.2, 6.4 to 6.8 and the development branch; run with 6.4.2), reached through its meta-object and
/// therefore without private headers. Should a Qt have no such child, the watch says nothing, and
/// each end that we did not ask for counts as a lost connection: a reset is never taken for a clean
/// close.
class FrameWatch : public QObject
{
    Q_OBJECT

public:
    /// To be made before the socket is opened, so that the facts come before their consequences.
    explicit FrameWatch(QWebSocket &socket);

signals:
    /// A close frame came. An empty one counts as 1000. Codes that QWebSocket takes for invalid, and
    /// they include the registered 1012, 1013 and 1014, come as 1002 with its own words as the reason.
    void closeFrameReceived(int code, const QString &reason);
    /// The peer broke the framing (1002), sent text that is not UTF-8 (1007) or too much (1009), or
    /// stalled inside a frame (1001, 1006). The socket closes itself after this signal.
    void ruleBroken(int code, const QString &explanation);

private slots:
    void takeCloseFrame(QWebSocketProtocol::CloseCode code, const QString &reason);
    void takeError(QWebSocketProtocol::CloseCode code, const QString &explanation);

private:
    void listen(QObject *parser, const char *signature, const char *slot);
};

}
