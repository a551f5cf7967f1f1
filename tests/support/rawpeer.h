#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace confab {

/// A WebSocket server that does only what the test tells it, byte by byte: it upgrades by hand, may
/// be silent, may break every rule. Loopback, a free port, one connection at a time. Lives on one
/// thread, the test's unless the test moves it before listen().
class RawPeer final : public QObject
{
    Q_OBJECT

public:
    enum class Greeting {
        Upgrade, ///< a correct 101
        Silence, ///< accepts the connection and says nothing
        Answer, ///< what setAnswer() was given, then nothing
        Reset, ///< a reset as soon as the request is in
        Finish, ///< end of stream as soon as the request is in
    };
    enum Opcode { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

    /// A frame of the client, unmasked.
    struct Received {
        int opcode = 0;
        QByteArray payload{};
    };

    explicit RawPeer(QObject *parent = nullptr);

    bool listen();
    QUrl url(const QString &path = QStringLiteral("/")) const;
    quint16 port() const { return m_server.serverPort(); }

    void setGreeting(Greeting greeting) { m_greeting = greeting; }
    /// The whole answer to the upgrade request, as bytes.
    void setAnswer(const QByteArray &answer);
    /// An HTTP answer with an empty body.
    void setHttpStatus(int status, const QByteArray &phrase, const QByteArray &headers = {});
    void setAnswersPings(bool on) { m_answersPings = on; }
    /// Off: what the client sends stays in the kernel and at last in the client.
    void setReading(bool on);

    void sendRaw(const QByteArray &bytes);
    void sendText(const QByteArray &utf8) { sendRaw(frame(Text, utf8)); }
    void sendBinary(const QByteArray &bytes) { sendRaw(frame(Binary, bytes)); }
    void sendPing(const QByteArray &payload) { sendRaw(frame(Ping, payload)); }
    void sendPong(const QByteArray &payload) { sendRaw(frame(Pong, payload)); }
    void sendClose(int code, const QByteArray &reason = {});
    void reset();
    void finish(); ///< FIN, after what was sent

    /// An unmasked frame, as servers send them.
    static QByteArray frame(int opcode, const QByteArray &payload, bool isLast = true);

    QByteArray requestHead() const { return m_head; }
    QList<Received> received() const { return m_received; }
    /// Payloads of all frames of one kind.
    QList<QByteArray> received(Opcode opcode) const;
    /// The code of the client's close frame, 0 when none came.
    int closeCodeReceived() const;
    bool isConnected() const { return m_socket && m_socket->isOpen(); }

signals:
    void accepted();
    void upgraded();
    void frameReceived(int opcode, const QByteArray &payload);
    void disconnected();

private:
    void acceptConnection();
    void read();
    void readHead();
    void readFrames();
    bool readFrame();
    void greet();
    QByteArray upgradeAnswer() const;

    QTcpServer m_server;
    QPointer<QTcpSocket> m_socket;
    Greeting m_greeting = Greeting::Upgrade;
    QByteArray m_answer;
    QByteArray m_head;
    QByteArray m_buffer;
    QList<Received> m_received;
    bool m_answersPings = false;
    bool m_reading = true;
    bool m_upgraded = false;
};

}
