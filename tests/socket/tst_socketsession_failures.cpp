#include "sessionspies.h"
#include "support/chaosproxy.h"
#include "support/rawpeer.h"

#include <QtTest>

using namespace confab;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(confab::RawPeer::Greeting)

/// How a session ends when peers and networks misbehave: `closed` exactly once, with its true cause.
class TestSocketSessionFailures : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();

    void silentServerMissesTheOpenDeadline();
    void httpAnswerIsARejectedHandshake_data();
    void httpAnswerIsARejectedHandshake();
    void badUpgradeIsARejectedHandshake_data();
    void badUpgradeIsARejectedHandshake();
    void endDuringTheHandshakeIsARejectedHandshake_data();
    void endDuringTheHandshakeIsARejectedHandshake();
    void unknownHostIsTold();
    void refusedConnectionIsTold();
    void impossibleAddressEndsInsideOpen_data();
    void impossibleAddressEndsInsideOpen();

    void peerClosingIsTold_data();
    void peerClosingIsTold();
    void emptyCloseFrameCountsAs1000();
    void closeCodesUnknownToQtArriveAs1002_data();
    void closeCodesUnknownToQtArriveAs1002();
    void resetIsNoCleanClose();
    void finWithoutCloseFrameIsNoCleanClose();
    void framesBeforeAnEndAreDelivered_data();
    void framesBeforeAnEndAreDelivered();
    void cutAtEveryByteEndsOnce();
    void closeFrameThatIsCutOffIsNoCleanClose();

    void oversizeFrameEndsWith1009_data();
    void oversizeFrameEndsWith1009();
    void frameAtTheLimitIsTaken();
    void brokenRulesAreViolations_data();
    void brokenRulesAreViolations();
    void ownRuleIsNotTakenForThePeersWord();

private:
    void openTo(const QUrl &url, const SessionOptions &options = {});
    void openToPeer(const SessionOptions &options = {});
    /// Waits for the end, then makes sure that there is but one.
    void waitForEnd();

    std::unique_ptr<RawPeer> m_peer;
    std::unique_ptr<WatchedSession> m_watched;
};

void TestSocketSessionFailures::cleanup()
{
    m_watched.reset();
    m_peer.reset();
}

void TestSocketSessionFailures::openTo(const QUrl &url, const SessionOptions &options)
{
    m_watched = std::make_unique<WatchedSession>(options);
    m_watched->session.open(url);
}

void TestSocketSessionFailures::openToPeer(const SessionOptions &options)
{
    m_peer = std::make_unique<RawPeer>();
    QVERIFY(m_peer->listen());
    openTo(m_peer->url(), options);
    QTRY_COMPARE(m_watched->opened.size(), 1);
}

void TestSocketSessionFailures::waitForEnd()
{
    QTRY_COMPARE(m_watched->closed.size(), 1);
    QCoreApplication::processEvents();
    m_watched->session.abort();
    QCOMPARE(m_watched->closed.size(), 1);
}

void TestSocketSessionFailures::silentServerMissesTheOpenDeadline()
{
    RawPeer peer;
    peer.setGreeting(RawPeer::Greeting::Silence);
    QVERIFY(peer.listen());
    QSignalSpy gone(&peer, &RawPeer::disconnected);
    openTo(peer.url(), {.openTimeout = 50ms});
    waitForEnd();
    QCOMPARE(m_watched->info().cause, CloseCause::OpenTimeout);
    QTRY_COMPARE(gone.size(), 1);
    QVERIFY(m_watched->opened.isEmpty());
}

void TestSocketSessionFailures::httpAnswerIsARejectedHandshake_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("phrase");
    QTest::newRow("200") << 200 << QByteArray("OK");
    QTest::newRow("302 is not followed") << 302 << QByteArray("Found");
    QTest::newRow("400") << 400 << QByteArray("Bad Request");
    QTest::newRow("401") << 401 << QByteArray("Unauthorized");
    QTest::newRow("403") << 403 << QByteArray("Forbidden");
    QTest::newRow("404") << 404 << QByteArray("Not Found");
    QTest::newRow("503 with numbers in its phrase") << 503 << QByteArray("404 200");
}

void TestSocketSessionFailures::httpAnswerIsARejectedHandshake()
{
    QFETCH(int, status);
    QFETCH(QByteArray, phrase);
    RawPeer peer;
    QVERIFY(peer.listen());
    peer.setHttpStatus(status, phrase, "Location: ws://127.0.0.1:9/\r\n");
    openTo(peer.url());
    waitForEnd();
    QCOMPARE(m_watched->info().cause, CloseCause::HandshakeRejected);
    QCOMPARE(m_watched->info().by, ClosedBy::Peer);
    QCOMPARE(m_watched->info().httpStatus, status);
}

void TestSocketSessionFailures::badUpgradeIsARejectedHandshake_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("wrong accept key")
        << QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                      "Connection: Upgrade\r\nSec-WebSocket-Accept: bm90IHRoZSBrZXk=\r\n\r\n");
    QTest::newRow("no accept key")
        << QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                      "Connection: Upgrade\r\n\r\n");
    QTest::newRow("no HTTP") << QByteArray("220 mail.example ESMTP 250 ready\r\n\r\n");
}

void TestSocketSessionFailures::badUpgradeIsARejectedHandshake()
{
    QFETCH(QByteArray, answer);
    RawPeer peer;
    QVERIFY(peer.listen());
    peer.setAnswer(answer);
    openTo(peer.url());
    waitForEnd();
    QCOMPARE(m_watched->info().cause, CloseCause::HandshakeRejected);
    QCOMPARE(m_watched->info().httpStatus, 0);
    QVERIFY(!m_watched->info().detail.isEmpty());
}

void TestSocketSessionFailures::endDuringTheHandshakeIsARejectedHandshake_data()
{
    QTest::addColumn<RawPeer::Greeting>("greeting");
    QTest::newRow("reset") << RawPeer::Greeting::Reset;
    QTest::newRow("end of stream") << RawPeer::Greeting::Finish;
}

void TestSocketSessionFailures::endDuringTheHandshakeIsARejectedHandshake()
{
    QFETCH(RawPeer::Greeting, greeting);
    RawPeer peer;
    peer.setGreeting(greeting);
    QVERIFY(peer.listen());
    openTo(peer.url());
    waitForEnd();
    QCOMPARE(m_watched->info().cause, CloseCause::HandshakeRejected);
}

void TestSocketSessionFailures::unknownHostIsTold()
{
    // RFC 6761 §6.4: .invalid never resolves.
    openTo(QUrl(QStringLiteral("ws://nowhere.invalid/")), {.openTimeout = 1min});
    QTRY_COMPARE_WITH_TIMEOUT(m_watched->closed.size(), 1, 60'000);
    QCOMPARE(m_watched->info().cause, CloseCause::HostNotFound);
    QVERIFY(!m_watched->info().detail.isEmpty());
}

void TestSocketSessionFailures::refusedConnectionIsTold()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QUrl url(QStringLiteral("ws://127.0.0.1:%1/").arg(server.serverPort()));
    server.close();
    openTo(url);
    waitForEnd();
    QCOMPARE(m_watched->info().cause, CloseCause::Refused);
    QCOMPARE(m_watched->info().httpStatus, 0);
}

void TestSocketSessionFailures::impossibleAddressEndsInsideOpen_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::newRow("empty") << QUrl();
    QTest::newRow("no host") << QUrl(QStringLiteral("ws:///path"));
    QTest::newRow("no WebSocket scheme") << QUrl(QStringLiteral("https://peer.example/"));
    QTest::newRow("port out of range") << QUrl(QStringLiteral("ws://peer.example:99999/"));
}

void TestSocketSessionFailures::impossibleAddressEndsInsideOpen()
{
    QFETCH(QUrl, url);
    openTo(url);
    QCOMPARE(m_watched->closed.size(), 1);
    QCOMPARE(m_watched->info().cause, CloseCause::OtherError);
    waitForEnd();
}

void TestSocketSessionFailures::peerClosingIsTold_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000,
             4001, 4003, 4999})
        QTest::addRow("%d", code) << code;
}

void TestSocketSessionFailures::peerClosingIsTold()
{
    QFETCH(int, code);
    openToPeer();
    m_peer->sendClose(code, "because \xc3\xa4");
    waitForEnd();
    const CloseInfo expected{.by = ClosedBy::Peer,
        .cause = CloseCause::PeerClosed,
        .code = code,
        .reason = QStringLiteral("because \u00e4")};
    QCOMPARE(m_watched->info(), expected);
}

void TestSocketSessionFailures::emptyCloseFrameCountsAs1000()
{
    openToPeer();
    m_peer->sendRaw(RawPeer::frame(RawPeer::Close, {}));
    waitForEnd();
    QCOMPARE(m_watched->info().cause, CloseCause::PeerClosed);
    QCOMPARE(m_watched->info().code, 1000);
}

void TestSocketSessionFailures::closeCodesUnknownToQtArriveAs1002_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {1012, 1013, 1014, 999, 1005, 1006, 5000})
        QTest::addRow("%d", code) << code;
}

void TestSocketSessionFailures::closeCodesUnknownToQtArriveAs1002()
{
    QFETCH(int, code);
    openToPeer();
    m_peer->sendClose(code, "service restart");
    waitForEnd();
    QCOMPARE(m_watched->info().cause, CloseCause::PeerClosed);
    QCOMPARE(m_watched->info().by, ClosedBy::Peer);
    QCOMPARE(m_watched->info().code, 1002);
}

void TestSocketSessionFailures::resetIsNoCleanClose()
{
    openToPeer();
    m_peer->reset();
    waitForEnd();
    QCOMPARE(m_watched->info().cause, CloseCause::ConnectionLost);
    QCOMPARE(m_watched->info().by, ClosedBy::Network);
    QCOMPARE(m_watched->info().code, 0);
}

void TestSocketSessionFailures::finWithoutCloseFrameIsNoCleanClose()
{
    openToPeer();
    m_peer->finish();
    waitForEnd();
    QCOMPARE(m_watched->info().cause, CloseCause::ConnectionLost);
    QCOMPARE(m_watched->info().by, ClosedBy::Network);
    QCOMPARE(m_watched->info().code, 0);
}

void TestSocketSessionFailures::framesBeforeAnEndAreDelivered_data()
{
    QTest::addColumn<bool>("withReset");
    QTest::newRow("end of stream") << false;
    QTest::newRow("reset") << true;
}

void TestSocketSessionFailures::framesBeforeAnEndAreDelivered()
{
    QFETCH(bool, withReset);
    openToPeer();
    for (int i = 0; i < 100; ++i)
        m_peer->sendText(QByteArray::number(i));
    if (withReset)
        m_peer->reset();
    else
        m_peer->finish();
    waitForEnd();
    QCOMPARE(m_watched->info().cause, CloseCause::ConnectionLost);
    QCOMPARE(m_watched->texts.size(), 100);
    QCOMPARE(m_watched->text(99), "99");
}

void TestSocketSessionFailures::cutAtEveryByteEndsOnce()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    connect(&peer, &RawPeer::upgraded, &peer, [&] { peer.sendText("hello"); });
    ChaosProxy proxy(peer.port());
    openTo(proxy.url());
    QTRY_COMPARE(m_watched->texts.size(), 1);
    const qint64 whole = proxy.bytesForwarded(ChaosProxy::Direction::ToClient);
    m_watched->session.abort();
    for (qint64 at = 0; at <= whole; ++at) {
        const auto cut = at % 2 == 0 ? ChaosProxy::Cut::Reset : ChaosProxy::Cut::Finish;
        proxy.cutAfter(ChaosProxy::Direction::ToClient, at, cut);
        openTo(proxy.url());
        waitForEnd();
        const bool wasOpen = !m_watched->opened.isEmpty();
        QCOMPARE(m_watched->info().cause,
            wasOpen ? CloseCause::ConnectionLost : CloseCause::HandshakeRejected);
        QCOMPARE(m_watched->texts.size(), at == whole ? 1 : 0);
    }
}

void TestSocketSessionFailures::closeFrameThatIsCutOffIsNoCleanClose()
{
    openToPeer();
    m_peer->sendRaw(QByteArray("\x88\x02\x03", 3));
    m_peer->finish();
    waitForEnd();
    QCOMPARE(m_watched->info().cause, CloseCause::ConnectionLost);
}

void TestSocketSessionFailures::oversizeFrameEndsWith1009_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("one frame, whole") << RawPeer::frame(RawPeer::Text, QByteArray(1'025, 'x'));
    QTest::newRow("a header that promises 2 GiB")
        << QByteArray("\x82\x7f\x00\x00\x00\x00\x80\x00\x00\x00", 10);
    QTest::newRow("two fragments")
        << RawPeer::frame(RawPeer::Text, QByteArray(1'000, 'x'), false)
            + RawPeer::frame(RawPeer::Continuation, QByteArray(25, 'x'));
}

void TestSocketSessionFailures::oversizeFrameEndsWith1009()
{
    QFETCH(QByteArray, bytes);
    openToPeer({.maxIncoming = 1'024});
    m_peer->sendRaw(bytes);
    waitForEnd();
    QCOMPARE(m_watched->info().cause, CloseCause::FrameTooLarge);
    QCOMPARE(m_watched->info().by, ClosedBy::Us);
    QCOMPARE(m_watched->info().code, 1009);
    QVERIFY(m_watched->texts.isEmpty());
    QTRY_COMPARE(m_peer->closeCodeReceived(), 1009);
}

void TestSocketSessionFailures::frameAtTheLimitIsTaken()
{
    openToPeer({.maxIncoming = 1'024});
    m_peer->sendText(QByteArray(1'024, 'x'));
    QTRY_COMPARE(m_watched->texts.size(), 1);
    QVERIFY(m_watched->closed.isEmpty());
}

void TestSocketSessionFailures::brokenRulesAreViolations_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::newRow("text that is not UTF-8") << RawPeer::frame(RawPeer::Text, "\xc3(") << 1007;
    QTest::newRow("reserved opcode") << RawPeer::frame(3, "x") << 1002;
    QTest::newRow("reserved bit") << QByteArray("\xc1\x01x") << 1002;
    QTest::newRow("continuation of nothing")
        << RawPeer::frame(RawPeer::Continuation, "x") << 1002;
    QTest::newRow("fragmented ping") << RawPeer::frame(RawPeer::Ping, "x", false) << 1002;
    QTest::newRow("ping over 125 bytes")
        << RawPeer::frame(RawPeer::Ping, QByteArray(126, 'x')) << 1002;
}

void TestSocketSessionFailures::brokenRulesAreViolations()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    openToPeer();
    m_peer->sendRaw(bytes);
    waitForEnd();
    QCOMPARE(m_watched->info().cause, CloseCause::ProtocolViolation);
    QCOMPARE(m_watched->info().by, ClosedBy::Us);
    QCOMPARE(m_watched->info().code, code);
    QTRY_COMPARE(m_peer->closeCodeReceived(), code);
}

void TestSocketSessionFailures::ownRuleIsNotTakenForThePeersWord()
{
    // The peer's close frame comes right behind its broken frame: what ended it is the broken one.
    openToPeer();
    m_peer->sendRaw(RawPeer::frame(3, "x") + RawPeer::frame(RawPeer::Close, QByteArray("\x03\xe8", 2)));
    waitForEnd();
    QCOMPARE(m_watched->info().cause, CloseCause::ProtocolViolation);
}

QTEST_GUILESS_MAIN(TestSocketSessionFailures)
#include "tst_socketsession_failures.moc"
