#include "serverthread.h"
#include "testclient.h"

#include <QSemaphore>
#include <QUuid>

using namespace confab;

namespace {

constexpr int kLong = 60'000; // ms

}

/// What goes wrong between a client and its server, with real sockets.
class FaultsTest : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsLostOrDoubledWhenTheServerDiesInMidFlood();
    void messagesMissedWhileAwayAreFetchedAndTold();
    void anOutboxFromAFormerRunIsSent();
    void aBlockedGuiThreadLosesNeitherLinkNorMessage();
    void nothingListeningIsToldAndTriedAgain();

private:
    std::unique_ptr<TestClient> person(const ServerThread &server, const QString &name);
    void introduce(TestClient &from, TestClient &to);
};

std::unique_ptr<TestClient> FaultsTest::person(const ServerThread &server, const QString &name)
{
    auto client = std::make_unique<TestClient>(server.url());
    QSignalSpy synced(&client->service(), &ChatService::synced);
    client->service().createAccount(QStringLiteral("t") + QUuid::createUuid().toString(QUuid::Id128).left(14),
        QStringLiteral("secret-word"), name);
    [&] { QTRY_COMPARE_WITH_TIMEOUT(synced.size(), 1, kLong); }();
    return client;
}

void FaultsTest::introduce(TestClient &from, TestClient &to)
{
    QSignalSpy ready(&from.service(), &ChatService::topicReady);
    from.service().startChat(to.user());
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, kLong);
    from.service().openTopic(to.user());
    QTRY_VERIFY_WITH_TIMEOUT(to.topic(from.user()), kLong);
}

void FaultsTest::nothingIsLostOrDoubledWhenTheServerDiesInMidFlood()
{
    constexpr int kCount = 120;
    ServerThread server;
    const auto anna = person(server, QStringLiteral("Anna"));
    const auto ben = person(server, QStringLiteral("Ben"));
    introduce(*anna, *ben);
    ben->service().openTopic(anna->user());

    QSignalSpy sent(&anna->service(), &ChatService::messageSent);
    QStringList all;
    for (int i = 0; i < kCount; ++i) {
        all.append(QString::number(i));
        anna->service().send(ben->user(), all.last());
    }
    // Dies twice while messages are on their way, and comes back at the same address.
    for (const int after : {kCount / 4, kCount / 2}) {
        QTRY_VERIFY_WITH_TIMEOUT(sent.size() >= after, kLong);
        server.kill();
        QTRY_VERIFY_WITH_TIMEOUT(!anna->service().isOnline(), kLong);
        server.start();
    }
    QTRY_COMPARE_WITH_TIMEOUT(sent.size(), kCount, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(ben->rows(anna->user()).size(), kCount, kLong);
    const auto sorted = [](QStringList texts) {
        std::sort(texts.begin(), texts.end());
        return texts;
    };
    QCOMPARE(sorted(anna->rows(ben->user())), sorted(all));
    QCOMPARE(sorted(ben->rows(anna->user())), sorted(all));
    QCOMPARE(anna->rows(ben->user()), ben->rows(anna->user()));
}

void FaultsTest::messagesMissedWhileAwayAreFetchedAndTold()
{
    ServerThread server;
    const auto anna = person(server, QStringLiteral("Anna"));
    const auto ben = person(server, QStringLiteral("Ben"));
    introduce(*anna, *ben);
    ben->service().openTopic(anna->user());
    anna->service().send(ben->user(), QStringLiteral("first"));
    QTRY_COMPARE_WITH_TIMEOUT(ben->rows(anna->user()).size(), 1, kLong);

    ben->service().stop();
    QSignalSpy sent(&anna->service(), &ChatService::messageSent);
    for (const QString &text : {QStringLiteral("second"), QStringLiteral("third")})
        anna->service().send(ben->user(), text);
    QTRY_COMPARE_WITH_TIMEOUT(sent.size(), 2, kLong);
    ben->service().start(ben->token());
    const QStringList all{QStringLiteral("first"), QStringLiteral("second"), QStringLiteral("third")};
    QTRY_COMPARE_WITH_TIMEOUT(ben->rows(anna->user()), all, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(ben->heard().size(), 3, kLong);
    QCOMPARE(ben->topic(anna->user())->unread(), 3);
}

void FaultsTest::anOutboxFromAFormerRunIsSent()
{
    ServerThread server;
    const auto anna = person(server, QStringLiteral("Anna"));
    const auto ben = person(server, QStringLiteral("Ben"));
    introduce(*anna, *ben);
    const QString peer = ben->user();
    anna->service().stop();
    QSignalSpy queued(&anna->service(), &ChatService::messageQueued);
    anna->service().send(peer, QStringLiteral("written offline"));
    QTRY_COMPARE(queued.size(), 1);
    anna->restart();
    QTRY_VERIFY_WITH_TIMEOUT(anna->topic(peer), kLong);
    QVERIFY(!anna->rows(peer).isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(
        anna->rows(peer), QStringList{QStringLiteral("written offline")}, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(
        ben->topic(anna->user())->info().preview.text, QStringLiteral("written offline"), kLong);
}

void FaultsTest::aBlockedGuiThreadLosesNeitherLinkNorMessage()
{
    server::ServerOptions options;
    options.pingInterval = std::chrono::milliseconds(300);
    options.silenceLimit = std::chrono::milliseconds(1'000);
    ServerThread server(options);
    const auto anna = person(server, QStringLiteral("Anna"));
    const auto ben = person(server, QStringLiteral("Ben"));
    introduce(*anna, *ben);
    const QString peer = ben->user();
    anna->service().send(peer, QStringLiteral("ready?"));
    ben->service().openTopic(anna->user());
    QTRY_COMPARE_WITH_TIMEOUT(ben->rows(anna->user()).size(), 1, kLong);

    QSignalSpy phases(&anna->service(), &ChatService::phaseChanged);
    QSignalSpy phasesOfBen(&ben->service(), &ChatService::phaseChanged);
    ben->service().send(anna->user(), QStringLiteral("while you were stuck"));
    // Ten times what the server takes for a dead link. The block is what is tested: nobody ever
    // releases the semaphore, and nothing but this thread stands still.
    QSemaphore never;
    QVERIFY(!never.tryAcquire(1, 10'000));
    QTRY_COMPARE_WITH_TIMEOUT(anna->rows(peer).size(), 2, kLong);
    QVERIFY(phases.isEmpty());
    QVERIFY(phasesOfBen.isEmpty());
}

void FaultsTest::nothingListeningIsToldAndTriedAgain()
{
    ServerThread server;
    const auto anna = person(server, QStringLiteral("Anna"));
    server.kill();
    QTRY_VERIFY_WITH_TIMEOUT(std::holds_alternative<Waiting>(anna->service().phase()), kLong);
    const auto isRefused = [&] {
        const auto *waiting = std::get_if<Waiting>(&anna->service().phase());
        return waiting && waiting->why.kind == ErrorKind::Refused;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isRefused(), kLong);
    server.start();
    anna->service().reconnectNow();
    QTRY_VERIFY_WITH_TIMEOUT(anna->service().isOnline(), kLong);
}

QTEST_GUILESS_MAIN(FaultsTest)
#include "tst_faults.moc"
