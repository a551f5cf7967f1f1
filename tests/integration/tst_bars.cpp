#include "serverthread.h"
#include "testclient.h"

#include "support/bars.h"
#include "support/chaosproxy.h"
#include "support/filtersession.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QUuid>

#include <atomic>
#include <unistd.h>

using namespace confab;

namespace {

constexpr int kLong = 60'000; // ms

QString text(int number)
{
    return QStringLiteral("line %1").arg(number);
}

QStringList texts(int count)
{
    QStringList list;
    for (int i = 0; i < count; ++i)
        list.append(text(i));
    return list;
}

int openFiles()
{
    return int(QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::NoDotAndDotDot | QDir::AllEntries).size());
}

qint64 residentBytes()
{
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QFile::ReadOnly))
        return 0;
    return statm.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

/// Waits that are an answer away, so that the small form of a bar takes seconds.
ServiceTiming impatient()
{
    ServiceTiming timing;
    timing.requestSlow = std::chrono::milliseconds(500);
    timing.requestLimit = std::chrono::milliseconds(1'000);
    timing.reconnectSpacing = std::chrono::milliseconds(20);
    return timing;
}

}

/// The bars of reliability.md §6 between a client and a server over real sockets. Each is named after
/// its number and prints its figures.
class BarsTest : public QObject
{
    Q_OBJECT

private slots:
    void b3LostAcknowledgementsDoubleNothing();
    void b4ReconnectsLoseNothingAndLeakNothing();
    void b5CutsAtAnyByteConverge();
    void b8TwoDevicesEndUpEqual();
    void b10AfterALongSleepAllIsThereSoon();
    void b11AHalfOpenIdleLinkIsNoticed();
    void b12AHalfOpenLinkIsNoticedWhileSendingAndItIsSentOnce();

private:
    struct Pair {
        std::unique_ptr<TestClient> writer;
        std::unique_ptr<TestClient> reader;
        QString peer; ///< of the writer: the reader
    };
    /// The writer speaks by way of `url`, the reader straight to the server.
    Pair meet(const ServerThread &server, const QUrl &url);
    std::unique_ptr<TestClient> person(const QUrl &url, const QString &name);
    void sendAndWait(TestClient &client, const QString &topic, const QString &line);

    QString m_login; ///< of the person made last
};

std::unique_ptr<TestClient> BarsTest::person(const QUrl &url, const QString &name)
{
    auto client = std::make_unique<TestClient>(url);
    QSignalSpy synced(&client->service(), &ChatService::synced);
    m_login = QStringLiteral("t") + QUuid::createUuid().toString(QUuid::Id128).left(14);
    client->service().createAccount(m_login, QStringLiteral("secret-word"), name);
    [&] { QTRY_COMPARE_WITH_TIMEOUT(synced.size(), 1, kLong); }();
    return client;
}

BarsTest::Pair BarsTest::meet(const ServerThread &server, const QUrl &url)
{
    Pair pair;
    pair.reader = person(server.url(), QStringLiteral("Reader"));
    pair.writer = person(url, QStringLiteral("Writer"));
    pair.peer = pair.reader->user();
    QSignalSpy ready(&pair.writer->service(), &ChatService::topicReady);
    pair.writer->service().startChat(pair.peer);
    [&] { QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, kLong); }();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(pair.reader->topic(pair.writer->user()), kLong); }();
    pair.reader->service().openTopic(pair.writer->user());
    pair.writer->service().openTopic(pair.peer);
    return pair;
}

void BarsTest::sendAndWait(TestClient &client, const QString &topic, const QString &line)
{
    QSignalSpy sent(&client.service(), &ChatService::messageSent);
    client.service().send(topic, line);
    QTRY_COMPARE_WITH_TIMEOUT(sent.size(), 1, kLong);
}

void BarsTest::b3LostAcknowledgementsDoubleNothing()
{
    const int count = bars::times(12, 200);
    ServerThread server;
    Pair pair = meet(server, server.url());
    // The k-th reply of a connection is lost, once; k changes between connections.
    auto lost = std::make_shared<std::atomic<int>>(-1);
    const auto makeFilter = [lost] {
        return [lost, seen = 0](const QByteArray &frame) mutable -> QList<QByteArray> {
            if (!frame.startsWith("{\"ctrl\""))
                return {frame};
            int number = ++seen;
            const bool vanishes = lost->compare_exchange_strong(number, -1);
            return vanishes ? QList<QByteArray>() : QList<QByteArray>{frame};
        };
    };
    pair.writer->setTiming(impatient());
    pair.writer->setSessions(FilterSession::factory(makeFilter));
    for (int k = 0; k < count; ++k) {
        pair.writer->service().stop();
        *lost = k + 1;
        pair.writer->service().start(pair.writer->token());
        QTRY_VERIFY_WITH_TIMEOUT(pair.writer->topic(pair.peer), kLong);
        sendAndWait(*pair.writer, pair.peer, text(k));
        *lost = -1;
    }
    QTRY_COMPARE_WITH_TIMEOUT(pair.reader->rows(pair.writer->user()), texts(count), kLong);
    bars::tell("B3", QStringLiteral("%1 lost replies, 0 lost, 0 doubled").arg(count));
}

void BarsTest::b4ReconnectsLoseNothingAndLeakNothing()
{
    const int count = bars::times(25, 1'000);
    ServerThread server;
    ChaosProxy proxy(quint16(server.url().port()));
    Pair pair = meet(server, proxy.url(QStringLiteral("/v0/channels")));
    // How fast it is there again, not how long a person has to wait between two clicks.
    ServiceTiming timing;
    timing.reconnectSpacing = std::chrono::milliseconds(0);
    pair.writer->setTiming(timing);
    pair.writer->service().start(pair.writer->token());
    QTRY_VERIFY_WITH_TIMEOUT(pair.writer->service().isOnline(), kLong);
    pair.writer->service().openTopic(pair.peer);
    sendAndWait(*pair.writer, pair.peer, text(0));
    const int filesBefore = openFiles();
    const qint64 bytesBefore = residentBytes();
    QSignalSpy sent(&pair.writer->service(), &ChatService::messageSent);
    QRandomGenerator random(4);
    QList<qint64> resync;
    for (int i = 1; i <= count; ++i) {
        const auto direction = random.bounded(2) == 0 ? ChaosProxy::Direction::ToServer
                                                      : ChaosProxy::Direction::ToClient;
        proxy.cutAfter(direction, random.bounded(1, 3'000));
        const int before = proxy.connectionsSoFar();
        pair.writer->service().send(pair.peer, text(i));
        proxy.cutAll();
        // The next connection is cut, too, wherever it has come to.
        QTRY_VERIFY_WITH_TIMEOUT(proxy.connectionsSoFar() > before, kLong);
        proxy.neverCut();
        QElapsedTimer watch;
        watch.start();
        pair.writer->service().reconnectNow();
        QTRY_COMPARE_WITH_TIMEOUT(sent.size(), i, kLong);
        resync.append(watch.elapsed());
    }
    QTRY_COMPARE_WITH_TIMEOUT(pair.reader->rows(pair.writer->user()), texts(count + 1), kLong);
    QCOMPARE(pair.writer->rows(pair.peer), texts(count + 1));
    bars::tell("B4",
        QStringLiteral("%1 cuts, %2 connections, 0 lost, 0 doubled, resync p50 %3 ms, p95 %4 ms, "
                       "memory +%5 KiB, files %6")
            .arg(count)
            .arg(proxy.connectionsSoFar())
            .arg(bars::percentile(resync, 50))
            .arg(bars::percentile(resync, 95))
            .arg((residentBytes() - bytesBefore) / 1024)
            .arg(openFiles() - filesBefore));
    QTRY_VERIFY(openFiles() <= filesBefore + 4); // the proxy's dead links go a little later
}

void BarsTest::b5CutsAtAnyByteConverge()
{
    // Enough of a connection for upgrade, hi, login, me, attach and one message.
    const int last = 2'400;
    const int step = bars::times(160, 1);
    ServerThread server;
    ChaosProxy proxy(quint16(server.url().port()));
    Pair pair = meet(server, proxy.url(QStringLiteral("/v0/channels")));
    pair.writer->setTiming(impatient());
    int sentSoFar = 0;
    for (const auto direction : {ChaosProxy::Direction::ToServer, ChaosProxy::Direction::ToClient}) {
        for (int offset = 1; offset < last; offset += step) {
            pair.writer->service().stop();
            proxy.cutAfter(direction, offset);
            const int before = proxy.connectionsSoFar();
            pair.writer->service().start(pair.writer->token());
            QTRY_VERIFY_WITH_TIMEOUT(pair.writer->topic(pair.peer), kLong);
            QSignalSpy sent(&pair.writer->service(), &ChatService::messageSent);
            pair.writer->service().send(pair.peer, text(sentSoFar++));
            // Cut, or through before the cut.
            QTRY_VERIFY_WITH_TIMEOUT(
                proxy.connectionsSoFar() > before + 1 || sent.size() == 1, kLong);
            proxy.neverCut();
            pair.writer->service().reconnectNow();
            QTRY_COMPARE_WITH_TIMEOUT(sent.size(), 1, kLong);
        }
    }
    QTRY_COMPARE_WITH_TIMEOUT(pair.reader->rows(pair.writer->user()), texts(sentSoFar), kLong);
    bars::tell("B5",
        QStringLiteral("%1 cuts of %2 converged, 0 lost, 0 doubled").arg(sentSoFar).arg(sentSoFar));
}

void BarsTest::b8TwoDevicesEndUpEqual()
{
    const int count = bars::times(100, 10'000);
    ServerThread server;
    ChaosProxy proxy(quint16(server.url().port()));
    Pair pair = meet(server, server.url());
    const auto second = std::make_unique<TestClient>(proxy.url(QStringLiteral("/v0/channels")));
    QSignalSpy synced(&second->service(), &ChatService::synced);
    second->service().signIn(m_login, QStringLiteral("secret-word"));
    QTRY_COMPARE_WITH_TIMEOUT(synced.size(), 1, kLong);
    second->service().openTopic(pair.peer);
    // Both write at once, and the second device loses its link in between.
    for (int i = 0; i < count; ++i) {
        pair.writer->service().send(pair.peer, QStringLiteral("desk %1").arg(i));
        second->service().send(pair.peer, QStringLiteral("phone %1").arg(i));
        if (i % (count / 4) == count / 8)
            proxy.cutAll();
    }
    const auto isComplete = [&](TestClient &client, const QString &topic) {
        const Timeline &timeline = client.topic(topic)->timeline();
        // Who came in when there was much already has the newest pages, and turns back for the others.
        if (timeline.firstSeq() > 1)
            client.service().loadOlder(topic);
        return timeline.messageCount() == 2 * count && timeline.pendingCount() == 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isComplete(*pair.writer, pair.peer), 10 * kLong);
    QTRY_VERIFY_WITH_TIMEOUT(isComplete(*second, pair.peer), 10 * kLong);
    QTRY_VERIFY_WITH_TIMEOUT(isComplete(*pair.reader, pair.writer->user()), 10 * kLong);
    QCOMPARE(second->rows(pair.peer), pair.writer->rows(pair.peer));
    QCOMPARE(pair.reader->rows(pair.writer->user()), pair.writer->rows(pair.peer));
    for (int row = 0; row < 2 * count; ++row) {
        QCOMPARE(second->topic(pair.peer)->timeline().message(row).seq,
            pair.writer->topic(pair.peer)->timeline().message(row).seq);
    }
    bars::tell("B8", QStringLiteral("2 x %1 messages, equal by number and text").arg(count));
}

void BarsTest::b10AfterALongSleepAllIsThereSoon()
{
    ServerThread server;
    ChaosProxy proxy(quint16(server.url().port()));
    Pair pair = meet(server, proxy.url(QStringLiteral("/v0/channels")));
    sendAndWait(*pair.writer, pair.peer, text(0));
    // While the machine sleeps nobody tells it that the server was restarted.
    proxy.setSwallowing(true);
    server.kill();
    server.start();
    QTRY_VERIFY_WITH_TIMEOUT(pair.reader->service().isOnline(), kLong);
    sendAndWait(*pair.reader, pair.writer->user(), text(1));
    QVERIFY(pair.writer->service().isOnline());
    proxy.setSwallowing(false);
    QElapsedTimer watch;
    watch.start();
    pair.writer->service().wake(std::chrono::minutes(10));
    QVERIFY(!pair.writer->service().isOnline()); // nobody waits for the old link
    QTRY_COMPARE_WITH_TIMEOUT(pair.writer->rows(pair.peer), texts(2), kLong);
    bars::tell("B10", QStringLiteral("synced %1 ms after waking (bar: 5,000)").arg(watch.elapsed()));
}

void BarsTest::b11AHalfOpenIdleLinkIsNoticed()
{
    ServerThread server;
    ChaosProxy proxy(quint16(server.url().port()));
    Pair pair = meet(server, proxy.url(QStringLiteral("/v0/channels")));
    KeepAliveOptions options;
    options.jitter = false;
    if (!bars::isFull()) {
        options.interval = std::chrono::milliseconds(500);
        options.deadline = std::chrono::milliseconds(500);
    }
    pair.writer->setKeepAlive(options);
    pair.writer->service().start(pair.writer->token());
    QTRY_VERIFY_WITH_TIMEOUT(pair.writer->service().isOnline(), kLong);
    QElapsedTimer watch;
    watch.start();
    QList<ErrorKind> reasons; // the next attempt may fail for another one soon after
    qint64 noticed = 0;
    connect(&pair.writer->service(), &ChatService::phaseChanged, this, [&](const Phase &phase) {
        const auto *waiting = std::get_if<Waiting>(&phase);
        if (waiting && reasons.isEmpty())
            noticed = watch.elapsed();
        if (waiting)
            reasons.append(waiting->why.kind);
    });
    proxy.setSwallowing(true);
    QTRY_VERIFY_WITH_TIMEOUT(!reasons.isEmpty(), kLong);
    QCOMPARE(reasons.first(), ErrorKind::PingFailed);
    bars::tell("B11", QStringLiteral("noticed after %1 ms (bar at 25 s + 10 s: 35,000)").arg(noticed));
}

void BarsTest::b12AHalfOpenLinkIsNoticedWhileSendingAndItIsSentOnce()
{
    ServerThread server;
    ChaosProxy proxy(quint16(server.url().port()));
    Pair pair = meet(server, proxy.url(QStringLiteral("/v0/channels")));
    if (!bars::isFull()) {
        pair.writer->setTiming(impatient());
        KeepAliveOptions options;
        options.probeDeadline = std::chrono::milliseconds(500);
        pair.writer->setKeepAlive(options);
        pair.writer->service().start(pair.writer->token());
        QTRY_VERIFY_WITH_TIMEOUT(pair.writer->service().isOnline(), kLong);
        pair.writer->service().openTopic(pair.peer);
    }
    sendAndWait(*pair.writer, pair.peer, text(0));
    QSignalSpy sent(&pair.writer->service(), &ChatService::messageSent);
    QElapsedTimer watch;
    watch.start();
    proxy.setSwallowing(true);
    pair.writer->service().send(pair.peer, text(1));
    QTRY_VERIFY_WITH_TIMEOUT(!pair.writer->service().isOnline(), kLong);
    const auto noticed = watch.elapsed();
    proxy.setSwallowing(false);
    proxy.cutAll();
    pair.writer->service().reconnectNow();
    QTRY_COMPARE_WITH_TIMEOUT(sent.size(), 1, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(pair.reader->rows(pair.writer->user()), texts(2), kLong);
    bars::tell("B12", QStringLiteral("noticed after %1 ms (bar at 5 s + 5 s: 10,000), sent once")
                          .arg(noticed));
}

QTEST_GUILESS_MAIN(BarsTest)
#include "tst_bars.moc"
