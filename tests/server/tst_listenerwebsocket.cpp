#include "chatclient.h"
#include "rawclient.h"
#include "runningserver.h"

#include <QSignalSpy>

using namespace confab;
using namespace std::chrono_literals;

namespace {

constexpr int kBeforeLogin = 64 * 1024;
constexpr int kAfterLogin = 256 * 1024;

/// A masked text frame under 126 bytes, as clients must send them; the mask is zero.
QByteArray textFrame(const QByteArray &text)
{
    return "\x81" + QByteArray(1, static_cast<char>(0x80 | text.size())) + QByteArray(4, '\0')
        + text;
}

/// Counts the timers of this thread that run out, those of a server on it included.
class TimerCounter : public QObject
{
public:
    TimerCounter() { QCoreApplication::instance()->installEventFilter(this); }
    int count = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Timer ? 1 : 0;
        return false;
    }
};

}

/// What the server does with the frames of an accepted WebSocket.
class TestListenerWebSocket : public QObject
{
    Q_OBJECT

private slots:
    void aBareProbeIsAnswered()
    {
        RunningServer server;
        ChatClient client(server.url());
        QTRY_COMPARE(client.socket.state(), QAbstractSocket::ConnectedState);
        client.socket.sendTextMessage(QStringLiteral("1"));
        QTRY_COMPARE(client.frames, QList<QByteArray> {"0"});
    }

    void whatIsNoPacketIsAnsweredAndForgiven_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("no JSON") << QStringLiteral("hello");
        QTest::newRow("cut short") << QStringLiteral("{\"hi\":{");
        QTest::newRow("another scalar") << QStringLiteral("2");
        QTest::newRow("a list") << QStringLiteral("[]");
        QTest::newRow("no packet that is known") << QStringLiteral("{\"bye\":{}}");
        QTest::newRow("wrong type") << QStringLiteral("{\"hi\":{\"ver\":[1]}}");
        QTest::newRow("too deep") << QString(100, u'[') + QString(100, u']');
    }
    void whatIsNoPacketIsAnsweredAndForgiven()
    {
        QFETCH(QString, text);
        RunningServer server;
        ChatClient client(server.url());
        QTRY_COMPARE(client.socket.state(), QAbstractSocket::ConnectedState);
        client.socket.sendTextMessage(text);
        QTRY_COMPARE(client.codeFor(QString()), 400);
        client.socket.sendTextMessage(QStringLiteral("1"));
        QTRY_COMPARE(client.frames.last(), QByteArray("0"));
    }

    void binaryFramesAreRefused()
    {
        RunningServer server;
        ChatClient client(server.url());
        QTRY_COMPARE(client.socket.state(), QAbstractSocket::ConnectedState);
        client.socket.sendBinaryMessage("{\"hi\":{}}");
        QTRY_COMPARE(client.socket.closeCode(), QWebSocketProtocol::CloseCodeDatatypeNotSupported);
    }

    void t24LargeFramesAreForThoseWhoSignedIn()
    {
        RunningServer server;
        ChatClient client(server.url());
        QTRY_COMPARE(client.socket.state(), QAbstractSocket::ConnectedState);
        client.socket.sendTextMessage(QString(kBeforeLogin, u'x'));
        QTRY_COMPARE(client.codeFor(QString()), 400);
        client.frames.clear();
        client.signUp(QStringLiteral("alice"));
        client.socket.sendTextMessage(QString(kAfterLogin, u'x'));
        QTRY_COMPARE(client.codeFor(QString()), 400);
    }

    void t24FramesOverTheLimitEndTheConnection_data()
    {
        QTest::addColumn<bool>("signedIn");
        QTest::addColumn<int>("size");
        QTest::newRow("before signing in") << false << kBeforeLogin + 1;
        QTest::newRow("after signing in") << true << kAfterLogin + 1;
    }
    void t24FramesOverTheLimitEndTheConnection()
    {
        QFETCH(bool, signedIn);
        QFETCH(int, size);
        RunningServer server;
        ChatClient client(server.url());
        QTRY_COMPARE(client.socket.state(), QAbstractSocket::ConnectedState);
        if (signedIn)
            client.signUp(QStringLiteral("alice"));
        client.socket.sendTextMessage(QString(size, u'x'));
        QTRY_COMPARE(client.socket.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(client.codeFor(QString()), 0);
    }

    void t24AHeaderThatPromisesTooMuchIsEnough()
    {
        RunningServer server;
        RawClient client(server.port());
        client.send(handshake(kChatTarget));
        QTRY_COMPARE(client.status(), 101);
        client.send(QByteArray::fromHex("81ff000000007fffffff00000000")); // 2 GiB of text to follow
        QTRY_VERIFY(client.isClosed());
        QVERIFY(client.body().contains(QByteArray::fromHex("03f1"))); // 1009
    }

    void t25WhoDoesNotSignInIsSentAway()
    {
        server::ServerOptions options;
        options.loginTimeout = 100ms;
        RunningServer server(options);
        ChatClient client(server.url());
        QTRY_COMPARE(int(client.socket.closeCode()), 4000);
    }

    void whoSignedInMayStay()
    {
        server::ServerOptions options;
        options.loginTimeout = 2s;
        RunningServer server(options);
        ChatClient early(server.url());
        early.signUp(QStringLiteral("alice"));
        ChatClient late(server.url());
        QTRY_COMPARE(int(late.socket.closeCode()), 4000);
        QCOMPARE(early.socket.state(), QAbstractSocket::ConnectedState);
    }

    void t25SilentPeersAreDroppedAndThoseThatAnswerPingsAreNot()
    {
        server::ServerOptions options;
        options.pingInterval = 50ms;
        options.silenceLimit = 600ms;
        RunningServer server(options);
        RawClient silent(server.port()); // never answers the pings it gets
        silent.send(handshake("/echo"));
        QTRY_COMPARE(silent.status(), 101);
        QWebSocket answering;
        answering.open(server.url(QStringLiteral("/echo")));
        QTRY_COMPARE(answering.state(), QAbstractSocket::ConnectedState);
        QTRY_VERIFY(silent.isClosed());
        QVERIFY(silent.body().contains('\x89'));

        RawClient next(server.port());
        next.send(handshake("/echo"));
        QTRY_VERIFY(next.isClosed());
        QCOMPARE(answering.state(), QAbstractSocket::ConnectedState);
    }

    void anIdleSessionWakesTheServerForPingsOnly()
    {
        server::ServerOptions options;
        options.pingInterval = 500ms;
        RunningServer server(options);
        RawClient idle(server.port());
        idle.send(handshake("/echo"));
        const auto pings = [&idle] { return int(idle.body().count(QByteArray("\x89\0", 2))); };
        QTRY_COMPARE(pings(), 1);
        const TimerCounter timers;
        QTRY_COMPARE_WITH_TIMEOUT(pings(), 5, 20'000);
        QVERIFY2(timers.count <= 2 * 4, qPrintable(QString::number(timers.count)));
    }

    void t24AFloodIsAnsweredWhenToComeBackAndThenEnded()
    {
        server::ServerOptions options;
        options.localFrameRate = {.perSecond = 1, .burst = 3};
        RunningServer server(options);
        ChatClient client(server.url());
        QTRY_COMPARE(client.socket.state(), QAbstractSocket::ConnectedState);
        for (int i = 0; i < 4; ++i)
            client.send(wire::Hi {.id = QString::number(i), .ver = QStringLiteral("0.25"), .ua = {},
                .lang = {}, .platf = {}, .dev = {}});
        QTRY_COMPARE(client.codeFor(QStringLiteral("3")), 429);
        const int retryAfter = client.ctrlFor(QStringLiteral("3"))->params.value().retryAfter;
        QVERIFY2(retryAfter > 0 && retryAfter <= 1000, qPrintable(QString::number(retryAfter)));
        QCOMPARE(client.socket.state(), QAbstractSocket::ConnectedState);

        for (int i = 0; i < 10; ++i)
            client.socket.sendTextMessage(QStringLiteral("1"));
        QTRY_COMPARE(int(client.socket.closeCode()), 4008);
    }

    void echoSendsFramesBackAsTheyCame()
    {
        RunningServer server;
        QWebSocket socket;
        QSignalSpy texts(&socket, &QWebSocket::textMessageReceived);
        QSignalSpy binaries(&socket, &QWebSocket::binaryMessageReceived);
        socket.open(server.url(QStringLiteral("/echo")));
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        const QString text = QStringLiteral("1 — “ничего” 😀");
        const QByteArray bytes("{\"text\":\"\0\xff\"}", 13);
        socket.sendTextMessage(text);
        socket.sendBinaryMessage(bytes);
        socket.sendTextMessage(QString());
        QTRY_COMPARE(texts.size(), 2);
        QTRY_COMPARE(binaries.size(), 1);
        QCOMPARE(texts[0][0].toString(), text);
        QCOMPARE(texts[1][0].toString(), QString());
        QCOMPARE(binaries[0][0].toByteArray(), bytes);
    }

    void textOfAnyLengthComesWhole_data()
    {
        QTest::addColumn<int>("length");
        for (const int length : {125, 126, 65'535, 65'536})
            QTest::addRow("%d bytes", length) << length;
    }
    void textOfAnyLengthComesWhole()
    {
        QFETCH(int, length);
        RunningServer server;
        QWebSocket socket;
        QSignalSpy texts(&socket, &QWebSocket::textMessageReceived);
        socket.open(server.url(QStringLiteral("/echo")));
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        const QString text(length, u'x');
        socket.sendTextMessage(text);
        socket.sendTextMessage(QStringLiteral("next"));
        QTRY_COMPARE(texts.size(), 2);
        QCOMPARE(texts[0][0].toString(), text);
        QCOMPARE(texts[1][0].toString(), QStringLiteral("next"));
    }

    void echoTakesAsMuchAsAMessageMayHave()
    {
        RunningServer server;
        QWebSocket socket;
        QSignalSpy texts(&socket, &QWebSocket::textMessageReceived);
        socket.open(server.url(QStringLiteral("/echo")));
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        socket.sendTextMessage(QString(kAfterLogin / 2, u'é'));
        QTRY_COMPARE(texts.size(), 1);
        socket.sendTextMessage(QString(kAfterLogin + 1, u'x'));
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(texts.size(), 1);
    }

    void t24APeerThatReadsNothingIsDropped()
    {
        RunningServer server;
        QTcpSocket stuffed;
        stuffed.setReadBufferSize(1);
        stuffed.connectToHost(QStringLiteral("127.0.0.1"), server.port());
        stuffed.write(handshake("/echo"));
        const QByteArray frames = textFrame(QByteArray(125, 'x')).repeated(8'000);
        const auto isDropped = [&] {
            if (stuffed.state() == QAbstractSocket::ConnectedState && stuffed.bytesToWrite() == 0)
                stuffed.write(frames);
            return stuffed.state() == QAbstractSocket::UnconnectedState;
        };
        QVERIFY(QTest::qWaitFor(isDropped, 30'000));
    }
};

QTEST_GUILESS_MAIN(TestListenerWebSocket)
#include "tst_listenerwebsocket.moc"
