#include "serverthread.h"
#include "testclient.h"

using namespace confab;

namespace {

constexpr int kLong = 20'000; // ms
const auto kPlain = QStringLiteral("plain");

}

/// Plain WebSocket mode against the echo endpoint of the local server (design.md §9).
class PlainModeTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_server = std::make_unique<ServerThread>(); }
    void cleanupTestCase() { m_server.reset(); }
    void anEchoTurnsTheClockIntoATick_data();
    void anEchoTurnsTheClockIntoATick();
    void messagesStayAfterARestart();
    void whatWasWrittenOfflineGoesOutLater();

private:
    QUrl echo() const { return m_server->url(QStringLiteral("/echo")); }
    std::unique_ptr<ServerThread> m_server;
};

void PlainModeTest::anEchoTurnsTheClockIntoATick_data()
{
    QTest::addColumn<bool>("plainText");
    QTest::newRow("binary frames") << false;
    QTest::newRow("text frames") << true;
}

void PlainModeTest::anEchoTurnsTheClockIntoATick()
{
    QFETCH(bool, plainText);
    TestClient client(echo(), ServerKind::Plain);
    client.setPlainText(plainText);
    QSignalSpy sent(&client.service(), &ChatService::messageSent);
    client.service().start();
    QTRY_VERIFY_WITH_TIMEOUT(client.service().isOnline(), kLong);
    client.service().send(kPlain, QStringLiteral("is anybody there?"));
    QTRY_COMPARE_WITH_TIMEOUT(sent.size(), 1, kLong);
    QCOMPARE(client.rows(kPlain), QStringList{QStringLiteral("is anybody there?")});
    client.service().send(kPlain, QStringLiteral("only I"));
    QTRY_COMPARE_WITH_TIMEOUT(sent.size(), 2, kLong);
    QCOMPARE(client.rows(kPlain).size(), 2);
    QCOMPARE(client.topic(kPlain)->unread(), 0);
}

void PlainModeTest::messagesStayAfterARestart()
{
    TestClient client(echo(), ServerKind::Plain);
    QSignalSpy sent(&client.service(), &ChatService::messageSent);
    client.service().start();
    QTRY_VERIFY_WITH_TIMEOUT(client.service().isOnline(), kLong);
    client.service().send(kPlain, QStringLiteral("keep this"));
    QTRY_COMPARE_WITH_TIMEOUT(sent.size(), 1, kLong);
    client.restart();
    QTRY_COMPARE_WITH_TIMEOUT(client.rows(kPlain), QStringList{QStringLiteral("keep this")}, kLong);
}

void PlainModeTest::whatWasWrittenOfflineGoesOutLater()
{
    TestClient client(echo(), ServerKind::Plain);
    QSignalSpy restored(&client.service(), &ChatService::restored);
    client.service().start();
    QTRY_COMPARE(restored.size(), 1);
    client.service().stop();
    client.service().send(kPlain, QStringLiteral("later"));
    QTRY_COMPARE_WITH_TIMEOUT(client.rows(kPlain), QStringList{QStringLiteral("[later]")}, kLong);
    client.service().start();
    QTRY_COMPARE_WITH_TIMEOUT(client.rows(kPlain), QStringList{QStringLiteral("later")}, kLong);
}

QTEST_GUILESS_MAIN(PlainModeTest)
#include "tst_plainmode.moc"
