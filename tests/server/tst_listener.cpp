#include "rawclient.h"
#include "runningserver.h"

#include "server/net/httprequest.h"
#include "wire/servercodec.h"

#include <array>
#include <memory>

using namespace confab;
using namespace std::chrono_literals;

/// What the server does with the bytes of a request, before any WebSocket exists.
class TestListener : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        server::ServerOptions options;
        options.hostNames = {QStringLiteral("chat.example")};
        options.allowedOrigins = {QStringLiteral("https://chat.example")};
        m_server = std::make_unique<RunningServer>(options);
    }
    void cleanupTestCase() { m_server.reset(); }

    void upgradesACompleteHandshake_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("key in the query") << handshake(kChatTarget);
        QTest::newRow("key in a header")
            << handshake("/v0/channels", "X-Tinode-APIKey", "AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K");
        QTest::newRow("several connection options")
            << handshake(kChatTarget, "Connection", "keep-alive, Upgrade");
        QTest::newRow("echo needs no key") << handshake("/echo");
    }
    void upgradesACompleteHandshake()
    {
        QFETCH(QByteArray, head);
        RawClient client(m_server->port());
        client.send(head);
        QTRY_COMPARE(client.status(), 101);
        QVERIFY(client.received().contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    }

    void upgradesAHandshakeThatComesByteByByte()
    {
        RawClient client(m_server->port());
        QTRY_VERIFY(client.isConnected());
        for (const char c : handshake(kChatTarget)) {
            client.send(QByteArray(1, c));
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(client.status(), 101);
    }

    void refusesASpoiltHandshake_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &header, const QByteArray &value,
                             int status) {
            QTest::newRow(name) << handshake(kChatTarget, header, value) << status;
        };
        row("no upgrade", "Upgrade", "", 426);
        row("upgrade to something else", "Upgrade", "h2c", 426);
        row("no connection header", "Connection", "", 426);
        row("connection without upgrade", "Connection", "keep-alive", 426);
        row("no version", "Sec-WebSocket-Version", "", 426);
        row("old version", "Sec-WebSocket-Version", "8", 426);
        row("no key", "Sec-WebSocket-Key", "", 400);
        row("key of three letters", "Sec-WebSocket-Key", "abc", 400);
        row("key of 15 bytes", "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j", 400);
        row("key of 17 bytes", "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZTE=", 400);
        row("key that is no base64", "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25!ZQ==", 400);
        row("with a body", "Content-Length", "5", 400);
        QTest::newRow("posted") << handshake(kChatTarget, "", "", "POST") << 405;
        QTest::newRow("no API key") << handshake("/v0/channels") << 403;
        QTest::newRow("wrong API key") << handshake("/v0/channels?apikey=AQEAAAABAAD") << 403;
        QTest::newRow("wrong API key in a header")
            << handshake(kChatTarget, "X-Tinode-APIKey", "wrong") << 403;
        QTest::newRow("another path") << handshake("/v0/channels/lp") << 404;
        QTest::newRow("no path") << handshake("/") << 404;
    }
    void refusesASpoiltHandshake()
    {
        QFETCH(QByteArray, head);
        RawClient client(m_server->port());
        client.send(head);
        QTRY_VERIFY(client.isClosed());
        QTEST(client.status(), "status");
        const auto message = wire::decodeServerMessage(client.body());
        QVERIFY2(message.ok() && std::holds_alternative<wire::Ctrl>(*message), client.body().constData());
        QTEST(std::get<wire::Ctrl>(*message).code, "status");
    }

    void t21AnswersOnlyToItsOwnNames_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("accepted");
        for (const char *own : {"127.0.0.1", "127.0.0.1:6060", "127.0.0.1:1", "localhost",
                 "LocalHost:6060", "[::1]", "[::1]:6060", "chat.example", "Chat.Example:443"})
            QTest::newRow(own) << QByteArray(own) << true;
        for (const char *foreign : {"evil.example", "evil.example:6060", "localhost.evil.example",
                 "127.0.0.1.evil.example", "127.0.0.1@evil.example", "evil.example#127.0.0.1",
                 "192.0.2.1", "0.0.0.0", "[::2]", "::1", "127.1", "2130706433", "0x7f.1",
                 "localhost:", "localhost:x", "localhost:99999", "localhost.", "[::1", "[::1]x",
                 "localhost,evil", "other.chat.example"})
            QTest::newRow(foreign) << QByteArray(foreign) << false;
        QTest::newRow("missing") << QByteArray() << false;
    }
    void t21AnswersOnlyToItsOwnNames()
    {
        QFETCH(QByteArray, host);
        QFETCH(bool, accepted);
        RawClient webSocket(m_server->port());
        webSocket.send(handshake(kChatTarget, "Host", host));
        RawClient http(m_server->port());
        http.send("GET /healthz HTTP/1.1\r\n" + (host.isEmpty() ? "" : "Host: " + host + "\r\n")
            + "\r\n");
        const int refusal = host.isEmpty() ? 400 : 421;
        QTRY_COMPARE(webSocket.status(), accepted ? 101 : refusal);
        QTRY_COMPARE(http.status(), accepted ? 200 : refusal);
    }

    void t20TurnsForeignPagesAway_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("a program sends none") << QByteArray() << true;
        QTest::newRow("allowed") << QByteArray("https://chat.example") << true;
        for (const char *foreign : {"null", "https://evil.example", "http://chat.example",
                 "https://chat.example:8443", "https://chat.example.evil", "http://localhost",
                 "http://localhost.evil", "http://127.0.0.1", "http://127.0.0.1:6060",
                 "https://sub.chat.example", "https://chat.example/", "file://", "chat.example",
                 "https://chat.example, https://evil.example", "*", "chrome-extension://abc"})
            QTest::newRow(foreign) << QByteArray(foreign) << false;
    }
    void t20TurnsForeignPagesAway()
    {
        QFETCH(QByteArray, origin);
        QFETCH(bool, accepted);
        for (const char *target : {kChatTarget, "/echo"}) {
            RawClient client(m_server->port());
            client.send(handshake(target, "Origin", origin));
            QTRY_COMPARE(client.status(), accepted ? 101 : 403);
        }
        RawClient http(m_server->port());
        http.send(handshake("/v0/file/u/", "Origin", origin, "POST"));
        QTRY_COMPARE(http.status(), accepted ? 411 : 403);
        const bool shared = accepted && !origin.isEmpty();
        QCOMPARE(http.received().contains("Access-Control-Allow-Origin"), shared);
        RawClient asking(m_server->port());
        asking.send(handshake("/v0/file/u/", "Origin", origin, "OPTIONS"));
        QTRY_COMPARE(asking.status(), origin.isEmpty() ? 405 : accepted ? 204 : 403);
        QCOMPARE(asking.received().contains("Access-Control-Allow-Headers"), shared);
    }

    void t25RefusesAHeadOverTheLimitBeforeItEnds()
    {
        RawClient client(m_server->port());
        client.send("GET /healthz HTTP/1.1\r\nX-Long: " + QByteArray(server::kMaxHead, 'a'));
        QTRY_COMPARE(client.status(), 431);
        QTRY_VERIFY(client.isClosed());
    }

    void t25DropsDrippingPeersAndSilentOnes()
    {
        server::ServerOptions options;
        options.handshakeTimeout = 200ms;
        RunningServer server(options);
        RawClient silent(server.port());
        RawClient dripping(server.port());
        QTRY_VERIFY(silent.isConnected() && dripping.isConnected());
        QTRY_VERIFY_WITH_TIMEOUT(
            (dripping.send("G"), dripping.isClosed() && silent.isClosed()), 10'000);
        QVERIFY(silent.received().isEmpty());
    }

    void aBodyThatNobodyAskedForDoesNotHideTheAnswer()
    {
        RawClient client(m_server->port());
        client.send("POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30000\r\n\r\n");
        QTRY_COMPARE(client.status(), 405);
        client.send(QByteArray(30'000, 'x'));
        QTRY_VERIFY(client.isClosed());
        QVERIFY(client.body().contains("\"code\":405"));
    }

    void anEndlessBodyIsCutOff()
    {
        RawClient client(m_server->port());
        client.send("POST /v0/file/u/ HTTP/1.1\r\nHost: localhost\r\n"
                    "Content-Length: 999999999\r\n\r\n"
            + QByteArray(1024 * 1024, 'x'));
        QTRY_VERIFY(client.isClosed());
    }

    void t25GivesOneAddressSoManyConnections()
    {
        server::ServerOptions options;
        options.maxConnectionsPerAddress = 3;
        RunningServer server(options);
        std::array<std::unique_ptr<RawClient>, 3> clients;
        for (auto &client : clients) {
            client = std::make_unique<RawClient>(server.port());
            client->send(handshake("/echo"));
            QTRY_COMPARE(client->status(), 101);
        }
        RawClient tooMany(server.port());
        tooMany.send(handshake("/echo"));
        QTRY_COMPARE(tooMany.status(), 503);
        tooMany.reset();

        // Places that were left can be taken again. Two, because each try below takes one for a while.
        clients[0]->reset();
        clients[1]->reset();
        std::unique_ptr<RawClient> next;
        const auto isAccepted = [&server, &next] {
            if (!next || next->status() == 503) {
                next = std::make_unique<RawClient>(server.port());
                next->send(handshake("/echo"));
            }
            return next->status() == 101;
        };
        QVERIFY(QTest::qWaitFor(isAccepted));
    }

    void everythingElseIsAnsweredAtOnce_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("status");
        QTest::newRow("health") << QByteArray("GET /healthz") << 200;
        QTest::newRow("health, head only") << QByteArray("HEAD /healthz") << 200;
        QTest::newRow("health, posted") << QByteArray("POST /healthz") << 405;
        QTest::newRow("root") << QByteArray("GET /") << 404;
        QTest::newRow("long polling") << QByteArray("GET /v0/channels/lp") << 404;
        QTest::newRow("upload without a body") << QByteArray("POST /v0/file/u/") << 411;
        QTest::newRow("upload, read") << QByteArray("GET /v0/file/u/") << 405;
        QTest::newRow("a file without a key") << QByteArray("GET /v0/file/s/abc.jpeg") << 403;
        QTest::newRow("metrics") << QByteArray("GET /metrics") << 200;
        QTest::newRow("overlong dots") << QByteArray("GET /%c0%ae%c0%ae/key") << 404;
        QTest::newRow("history, deleted") << QByteArray("DELETE /v0/chat/me/messages") << 405;
        QTest::newRow("history without a token") << QByteArray("GET /v0/chat/me/messages") << 401;
        QTest::newRow("chat without upgrade")
            << QByteArray("GET ") + kChatTarget << 426;
    }
    void everythingElseIsAnsweredAtOnce()
    {
        QFETCH(QByteArray, line);
        RawClient client(m_server->port());
        client.send(line + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QTRY_VERIFY(client.isClosed());
        QTEST(client.status(), "status");
        QVERIFY(client.received().contains("\r\nX-Content-Type-Options: nosniff\r\n"));
        QCOMPARE(client.body().isEmpty(), line.startsWith("HEAD"));
    }

private:
    std::unique_ptr<RunningServer> m_server; ///< for the tests that need no options of their own
};

QTEST_GUILESS_MAIN(TestListener)
#include "tst_listener.moc"
