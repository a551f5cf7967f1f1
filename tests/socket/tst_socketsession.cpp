#include "sessionspies.h"
#include "support/rawpeer.h"

#include <QWebSocket>
#include <QWebSocketServer>
#include <QtTest>

using namespace confab;
using namespace std::chrono_literals;

/// What a session does while all is well, against a Qt server and against one that works by hand.
class TestSocketSession : public QObject
{
    Q_OBJECT

private slots:
    void opens();
    void namesItselfAndSendsGivenHeaders();
    void leavesOutHeadersWithLineBreaks();
    void exchangesText();
    void exchangesBinary();
    void sendsNothingWhenNotOpen();
    void pongBringsThePayloadBack();
    void pingsOfThePeerAreASignOfLife();
    void partsOfALargeFrameAreASignOfLife();
    void bigNonAsciiTextArrivesWhole_data();
    void bigNonAsciiTextArrivesWhole();
    void closesWithCodeAndReason();
    void closeEndsEvenWhenThePeerReadsNothing();
    void abortEndsAtOnce();
    void closeBeforeOpenedEnds();
    void abortBeforeOpenEnds();
    void commandsAfterTheEndDoNothing();
    void mayBeAbortedInItsOwnSignals();
    void framesRightBehindTheUpgradeArrive();
};

namespace {

/// A QWebSocketServer that echoes, as a server built on Qt would.
class QtEcho
{
public:
    QtEcho()
    {
        QObject::connect(&m_server, &QWebSocketServer::newConnection, &m_server, [this] {
            QWebSocket *socket = m_server.nextPendingConnection();
            socket->setParent(&m_server);
            socket->setOutgoingFrameSize(16 * 1024 * 1024);
            QObject::connect(socket, &QWebSocket::textMessageReceived, socket,
                [socket](const QString &text) { socket->sendTextMessage(text); });
            QObject::connect(socket, &QWebSocket::binaryMessageReceived, socket,
                [socket](const QByteArray &bytes) { socket->sendBinaryMessage(bytes); });
        });
        m_server.listen(QHostAddress::LocalHost);
    }

    QUrl url() const { return m_server.serverUrl(); }

private:
    QWebSocketServer m_server{QStringLiteral("echo"), QWebSocketServer::NonSecureMode};
};

}

void TestSocketSession::opens()
{
    QtEcho echo;
    WatchedSession watched;
    watched.session.open(echo.url());
    QTRY_COMPARE(watched.opened.size(), 1);
    QVERIFY(!watched.session.peer().encrypted);
    QVERIFY(watched.closed.isEmpty());
}

void TestSocketSession::namesItselfAndSendsGivenHeaders()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    WatchedSession watched({.headers = {{"X-Tinode-APIKey", "AQAAAAABAAD"}}});
    watched.session.open(peer.url(QStringLiteral("/v0/channels?a=b")));
    QTRY_COMPARE(watched.opened.size(), 1);
    const QByteArray head = peer.requestHead();
    QVERIFY(head.startsWith("GET /v0/channels?a=b HTTP/1.1\r\n"));
    QVERIFY(head.contains("\r\nUser-Agent: Confab/" CONFAB_VERSION));
    QVERIFY(head.contains("\r\nX-Tinode-APIKey: AQAAAAABAAD"));
}

void TestSocketSession::leavesOutHeadersWithLineBreaks()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    WatchedSession watched({.headers = {{"X-Tinode-APIKey", "a\r\nX-Evil: yes"}}});
    watched.session.open(peer.url());
    QTRY_COMPARE(watched.opened.size(), 1);
    QVERIFY(!peer.requestHead().contains("X-Evil"));
}

void TestSocketSession::exchangesText()
{
    QtEcho echo;
    WatchedSession watched;
    watched.session.open(echo.url());
    QTRY_COMPARE(watched.opened.size(), 1);
    QVERIFY(watched.session.sendText("{\"a\":\"\u00e4\u20ac\U0001F600\"}"));
    QVERIFY(watched.session.sendText(""));
    QTRY_COMPARE(watched.texts.size(), 2);
    QCOMPARE(watched.text(0), "{\"a\":\"\u00e4\u20ac\U0001F600\"}");
    QCOMPARE(watched.text(1), "");
}

void TestSocketSession::exchangesBinary()
{
    QtEcho echo;
    WatchedSession watched;
    watched.session.open(echo.url());
    QTRY_COMPARE(watched.opened.size(), 1);
    const QByteArray bytes("\x00\xff\xfe zero and more", 17);
    QVERIFY(watched.session.sendBinary(bytes));
    QTRY_COMPARE(watched.binaries.size(), 1);
    QCOMPARE(watched.binaries.at(0).at(0).toByteArray(), bytes);
    QVERIFY(watched.texts.isEmpty());
}

void TestSocketSession::sendsNothingWhenNotOpen()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    WatchedSession watched;
    QVERIFY(!watched.session.sendText("early"));
    watched.session.open(peer.url());
    QVERIFY(!watched.session.sendBinary("early"));
    watched.session.ping("early");
    QTRY_COMPARE(watched.opened.size(), 1);
    watched.session.close(1000, {});
    QVERIFY(!watched.session.sendText("late"));
    QTRY_COMPARE(peer.closeCodeReceived(), 1000);
    QCOMPARE(peer.received().size(), 1);
}

void TestSocketSession::pongBringsThePayloadBack()
{
    RawPeer peer;
    peer.setAnswersPings(true);
    QVERIFY(peer.listen());
    WatchedSession watched;
    watched.session.open(peer.url());
    QTRY_COMPARE(watched.opened.size(), 1);
    const QByteArray payload("\x00\x01 nonce", 8);
    watched.session.ping(payload);
    QTRY_COMPARE(watched.pongs.size(), 1);
    QCOMPARE(watched.pongs.at(0).at(0).toByteArray(), payload);
    QCOMPARE(peer.received(RawPeer::Ping), QList<QByteArray>{payload});
}

void TestSocketSession::pingsOfThePeerAreASignOfLife()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    WatchedSession watched;
    watched.session.open(peer.url());
    QTRY_COMPARE(watched.opened.size(), 1);
    watched.bytes.clear();
    peer.sendPing("are you there");
    QTRY_COMPARE(watched.bytes.size(), 1);
    QTRY_COMPARE(peer.received(RawPeer::Pong), QList<QByteArray>{"are you there"});
}

void TestSocketSession::partsOfALargeFrameAreASignOfLife()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    WatchedSession watched;
    watched.session.open(peer.url());
    QTRY_COMPARE(watched.opened.size(), 1);
    watched.bytes.clear();
    const QByteArray frame = RawPeer::frame(RawPeer::Text, QByteArray(1'000, 'x'));
    peer.sendRaw(frame.left(500));
    QTRY_VERIFY(!watched.bytes.isEmpty());
    QVERIFY(watched.texts.isEmpty());
    peer.sendRaw(frame.mid(500));
    QTRY_COMPARE(watched.text(0), QByteArray(1'000, 'x'));
}

void TestSocketSession::bigNonAsciiTextArrivesWhole_data()
{
    // Qt cuts at 512 KiB unless told otherwise; one of these has a character across that cut.
    QTest::addColumn<QByteArray>("text");
    for (int shift = 0; shift < 4; ++shift) {
        QTest::addRow("a four-byte character at %d before the cut", shift)
            << QByteArray(512 * 1024 - shift, 'a') + QByteArray("\U0001F600").repeated(30'000);
    }
}

void TestSocketSession::bigNonAsciiTextArrivesWhole()
{
    QFETCH(QByteArray, text);
    QtEcho echo;
    WatchedSession watched;
    watched.session.open(echo.url());
    QTRY_COMPARE(watched.opened.size(), 1);
    QVERIFY(watched.session.sendText(text));
    QTRY_COMPARE(watched.texts.size(), 1);
    QVERIFY(watched.text(0) == text);
    QVERIFY(watched.closed.isEmpty());
}

void TestSocketSession::closesWithCodeAndReason()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    WatchedSession watched;
    watched.session.open(peer.url());
    QTRY_COMPARE(watched.opened.size(), 1);
    watched.session.close(4321, QStringLiteral("bye \u00e4"));
    QTRY_COMPARE(watched.closed.size(), 1);
    const CloseInfo expected{.by = ClosedBy::Us,
        .cause = CloseCause::Requested,
        .code = 4321,
        .reason = QStringLiteral("bye \u00e4")};
    QCOMPARE(watched.info(), expected);
    QTRY_COMPARE(peer.closeCodeReceived(), 4321);
    QCOMPARE(peer.received(RawPeer::Close).at(0).mid(2), "bye \u00e4");
}

void TestSocketSession::closeEndsEvenWhenThePeerReadsNothing()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    WatchedSession watched({.outgoingFrameSize = 256 * 1024 * 1024, .closeTimeout = 50ms});
    watched.session.open(peer.url());
    QTRY_COMPARE(watched.opened.size(), 1);
    peer.setReading(false);
    QVERIFY(watched.session.sendBinary(QByteArray(64 * 1024 * 1024, 'x')));
    watched.session.close(1000, {});
    QVERIFY(watched.closed.isEmpty());
    QVERIFY(watched.session.bytesToWrite() > 0);
    QTRY_COMPARE(watched.closed.size(), 1);
    QCOMPARE(watched.info().cause, CloseCause::Requested);
    QCOMPARE(watched.info().code, 1000);
}

void TestSocketSession::abortEndsAtOnce()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    QSignalSpy gone(&peer, &RawPeer::disconnected);
    WatchedSession watched;
    watched.session.open(peer.url());
    QTRY_COMPARE(watched.opened.size(), 1);
    watched.session.abort();
    QCOMPARE(watched.closed.size(), 1);
    QCOMPARE(watched.info().cause, CloseCause::Requested);
    QCOMPARE(watched.info().by, ClosedBy::Us);
    QCOMPARE(watched.info().code, 0);
    QTRY_COMPARE(gone.size(), 1);
    QCOMPARE(peer.closeCodeReceived(), 0);
}

void TestSocketSession::closeBeforeOpenedEnds()
{
    RawPeer peer;
    peer.setGreeting(RawPeer::Greeting::Silence);
    QVERIFY(peer.listen());
    WatchedSession watched;
    watched.session.open(peer.url());
    watched.session.close(1000, {});
    QCOMPARE(watched.closed.size(), 1);
    QCOMPARE(watched.info().cause, CloseCause::Requested);
}

void TestSocketSession::abortBeforeOpenEnds()
{
    WatchedSession watched;
    watched.session.abort();
    QCOMPARE(watched.closed.size(), 1);
}

void TestSocketSession::commandsAfterTheEndDoNothing()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    WatchedSession watched;
    watched.session.open(peer.url());
    QTRY_COMPARE(watched.opened.size(), 1);
    watched.session.abort();
    watched.session.abort();
    watched.session.close(1000, {});
    watched.session.ping("x");
    QVERIFY(!watched.session.sendText("x"));
    QCoreApplication::processEvents();
    QCOMPARE(watched.closed.size(), 1);
}

void TestSocketSession::mayBeAbortedInItsOwnSignals()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    WatchedSession watched;
    connect(&watched.session, &AbstractSession::textReceived, &watched.session,
        &AbstractSession::abort);
    watched.session.open(peer.url());
    QTRY_COMPARE(watched.opened.size(), 1);
    peer.sendRaw(RawPeer::frame(RawPeer::Text, "1") + RawPeer::frame(RawPeer::Text, "2"));
    QTRY_COMPARE(watched.closed.size(), 1);
    QCoreApplication::processEvents();
    QCOMPARE(watched.texts.size(), 1);
    QCOMPARE(watched.closed.size(), 1);
}

void TestSocketSession::framesRightBehindTheUpgradeArrive()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    connect(&peer, &RawPeer::upgraded, &peer, [&] { peer.sendText("first"); });
    WatchedSession watched;
    watched.session.open(peer.url());
    QTRY_COMPARE(watched.texts.size(), 1);
    QCOMPARE(watched.opened.size(), 1);
}

QTEST_GUILESS_MAIN(TestSocketSession)
#include "tst_socketsession.moc"
