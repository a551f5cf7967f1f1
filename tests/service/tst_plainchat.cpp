#include "fakeserver.h"

#include "wire/plainmessage.h"

#include <QTcpServer>
#include <QTcpSocket>

using namespace confab;

namespace {

const auto kPlain = QStringLiteral("plain");

AccountConfig plain()
{
    AccountConfig config = FakeServer::tinode();
    config.kind = ServerKind::Plain;
    config.url = QUrl(QStringLiteral("ws://echo.example.org/socket"));
    config.displayName = QStringLiteral("Anna");
    return config;
}

}

/// Plain WebSocket mode (design.md §9).
class PlainChatTest : public QObject
{
    Q_OBJECT

private slots:
    void anOwnEchoIsTheTickAndNoSecondMessage();
    void textFramesAreSentWhenAskedFor();
    void messagesOfOthersAreShown();
    void whatComesTogetherIsShownTogether();
    void messagesOnDiskAreKnown();
    void foreignTextIsShownAsItIs();
    void aForeignBinaryFrameEndsTheLink();
    void anUnechoedMessageIsSentAgainAndThenGivenUp();
    void historyIsFetchedOnce();
    void tinodeCommandsAreNotOffered();

private:
    static void connectUp(FakeServer &server);
    static wire::PlainMessage sent(FakeServer &server, FrameKind kind);
};

void PlainChatTest::connectUp(FakeServer &server)
{
    const qsizetype before = server.attempts();
    server.service().start();
    QTRY_COMPARE(server.attempts(), before + 1);
    server.session()->injectOpened();
    QTRY_VERIFY(server.service().isOnline());
}

wire::PlainMessage PlainChatTest::sent(FakeServer &server, FrameKind kind)
{
    Frame frame;
    const bool came = QTest::qWaitFor([&] {
        frame = server.session()->takeFirstSent();
        return !frame.bytes.isEmpty();
    });
    if (!came)
        qWarning("nothing was sent");
    const auto message = wire::decodePlainMessage(frame.bytes);
    return message && frame.kind == kind ? *message : wire::PlainMessage();
}

void PlainChatTest::anOwnEchoIsTheTickAndNoSecondMessage()
{
    FakeServer server(plain());
    connectUp(server);
    QSignalSpy delivered(&server.service(), &ChatService::messageSent);
    server.service().send(kPlain, QStringLiteral("hello"));
    const wire::PlainMessage message = sent(server, FrameKind::Binary);
    QCOMPARE(message.text, QStringLiteral("hello"));
    QCOMPARE(message.from, QStringLiteral("Anna"));
    QCOMPARE(server.rows(kPlain), QStringList{QStringLiteral("[hello]")});
    for (int time = 0; time < 2; ++time) // some servers send it twice
        server.session()->injectBinary(wire::encode(message));
    QTRY_COMPARE(delivered.size(), 1);
    server.session()->injectText(QByteArrayLiteral("bye"));
    QTRY_COMPARE(
        server.rows(kPlain), (QStringList{QStringLiteral("hello"), QStringLiteral("bye")}));
}

void PlainChatTest::textFramesAreSentWhenAskedFor()
{
    AccountConfig config = plain();
    config.plainText = true;
    FakeServer server(config);
    connectUp(server);
    server.service().send(kPlain, QStringLiteral("hello"));
    QCOMPARE(sent(server, FrameKind::Text).text, QStringLiteral("hello"));
}

void PlainChatTest::messagesOfOthersAreShown()
{
    FakeServer server(plain());
    connectUp(server);
    QSignalSpy received(&server.service(), &ChatService::messagesReceived);
    const wire::PlainMessage message{
        QStringLiteral("x1"), QStringLiteral("Ben"), QStringLiteral("hi"), {}};
    server.session()->injectText(wire::encode(message));
    server.session()->injectBinary(wire::encode(message)); // the same again
    QTRY_COMPARE(received.size(), 1);
    QCOMPARE(server.topic(kPlain)->timeline().message(0).from, QStringLiteral("Ben"));
    QCOMPARE(server.topic(kPlain)->unread(), 1);
    server.service().markRead(kPlain, 1);
    QCOMPARE(server.topic(kPlain)->unread(), 0);
    QCOMPARE(server.rows(kPlain).size(), 1);
}

void PlainChatTest::whatComesTogetherIsShownTogether()
{
    FakeServer server(plain());
    connectUp(server);
    QSignalSpy received(&server.service(), &ChatService::messagesReceived);
    QSignalSpy shown(&server.topic(kPlain)->timeline(), &Timeline::rowsInserted);
    constexpr int kMany = 300;
    for (int i = 0; i < kMany; ++i) {
        server.session()->injectText(wire::encode(wire::PlainMessage{
            QString::number(i), QStringLiteral("Ben"), QStringLiteral("text %1").arg(i), {}}));
    }
    QTRY_COMPARE(server.rows(kPlain).size(), kMany);
    QCOMPARE(server.rows(kPlain).last(), QStringLiteral("text %1").arg(kMany - 1));
    QVERIFY2(received.size() <= 10, qPrintable(QString::number(received.size())));
    QVERIFY2(shown.size() <= 10, qPrintable(QString::number(shown.size())));
}

void PlainChatTest::messagesOnDiskAreKnown()
{
    FakeServer server(plain());
    connectUp(server);
    const wire::PlainMessage message{
        QStringLiteral("x1"), QStringLiteral("Ben"), QStringLiteral("hi"), {}};
    server.session()->injectText(wire::encode(message));
    QTRY_COMPARE(server.rows(kPlain).size(), 1);
    server.restart();
    connectUp(server);
    QTRY_COMPARE(server.rows(kPlain).size(), 1);
    server.session()->injectText(wire::encode(message));
    server.session()->injectText(QByteArrayLiteral("bye"));
    QTRY_COMPARE(server.rows(kPlain), (QStringList{QStringLiteral("hi"), QStringLiteral("bye")}));
    QCOMPARE(server.topic(kPlain)->info().seq, 2);
}

void PlainChatTest::foreignTextIsShownAsItIs()
{
    FakeServer server(plain());
    connectUp(server);
    for (const QByteArray &text :
        {QByteArrayLiteral("Request served by 1"), QByteArrayLiteral("{\"a\":1}")})
        server.session()->injectText(text);
    QTRY_COMPARE(server.rows(kPlain),
        (QStringList{QStringLiteral("Request served by 1"), QStringLiteral("{\"a\":1}")}));
    QVERIFY(server.service().isOnline());
}

void PlainChatTest::aForeignBinaryFrameEndsTheLink()
{
    FakeServer server(plain());
    connectUp(server);
    QSignalSpy phases(&server.service(), &ChatService::phaseChanged);
    QPointer<FakeSession> session = server.session();
    session->injectBinary(QByteArrayLiteral("\x01\x02\x03"));
    QTRY_VERIFY(!phases.isEmpty());
    QVERIFY(!session || session->closeCode() == 1003);
    const auto waiting = std::get<Waiting>(phases[0][0].value<Phase>());
    QCOMPARE(waiting.why.kind, ErrorKind::NotTinode);
    QVERIFY(!waiting.why.sentence.isEmpty());
}

void PlainChatTest::anUnechoedMessageIsSentAgainAndThenGivenUp()
{
    FakeServer server(plain());
    connectUp(server);
    QSignalSpy failed(&server.service(), &ChatService::messageFailed);
    server.service().send(kPlain, QStringLiteral("hello?"));
    const QString id = sent(server, FrameKind::Binary).id;
    for (int attempt = 2; attempt <= 4; ++attempt) {
        server.session()->injectLost();
        QTRY_COMPARE(server.attempts(), attempt);
        server.session()->injectOpened();
        if (attempt <= 3)
            QCOMPARE(sent(server, FrameKind::Binary).id, id);
    }
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(server.session()->expectNothingSent());
    server.service().retry(kPlain, id);
    QCOMPARE(sent(server, FrameKind::Binary).id, id);
}

void PlainChatTest::historyIsFetchedOnce()
{
    QTcpServer http;
    QVERIFY(http.listen(QHostAddress::LocalHost));
    QByteArray asked;
    int requests = 0;
    connect(&http, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = http.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [&, socket] {
            asked += socket->readAll();
            if (!asked.endsWith("\r\n\r\n"))
                return;
            ++requests;
            const QByteArray body = R"([{"id":"h1","from":"Ben","text":"earlier",)"
                                    R"("ts":"2026-01-02T03:04:05Z"},{"odd":true}])";
            socket->write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
                + QByteArray::number(body.size()) + "\r\n\r\n" + body);
            socket->disconnectFromHost();
        });
    });
    AccountConfig config = plain();
    config.url.setHost(QStringLiteral("127.0.0.1"));
    config.url.setPort(http.serverPort());
    config.plainChatId = QStringLiteral("room 1");
    FakeServer server(config);
    connectUp(server);
    QTRY_COMPARE(server.rows(kPlain), QStringList{QStringLiteral("earlier")});
    QVERIFY(asked.startsWith("GET /chat/room%201/messages HTTP/1.1\r\n"));
    server.session()->injectLost();
    QTRY_COMPARE(server.attempts(), 2);
    server.session()->injectOpened();
    QTRY_VERIFY(server.service().isOnline());
    QCOMPARE(requests, 1);
}

void PlainChatTest::tinodeCommandsAreNotOffered()
{
    FakeServer server(plain());
    connectUp(server);
    QSignalSpy failed(&server.service(), &ChatService::actionFailed);
    server.service().find(QStringLiteral("Ben"));
    server.service().createGroup(QStringLiteral("Garden"), {});
    QCOMPARE(failed.size(), 2);
    QCOMPARE(failed[0][0].value<ServiceError>().kind, ErrorKind::NotSupported);
}

QTEST_GUILESS_MAIN(PlainChatTest)
#include "tst_plainchat.moc"
