#include "socket/keepalive.h"

#include <QSignalSpy>
#include <QtTest>

using namespace confab;
using namespace std::chrono_literals;

class TestKeepAlive : public QObject
{
    Q_OBJECT

private slots:
    void pingsAfterSilence();
    void defaultsAreThoseOfTheDesign();
    void threeSecondsAreALegalInterval();
    void failsOnceWhenNothingAnswers();
    void anyActivityAnswersAPing();
    void everyPingHasItsOwnNonce();
    void probeAsksAtOnceWithTheShortDeadline();
    void repeatedProbesDoNotPutOffTheEnd();
    void newIntervalAppliesToTheRunningOne();
    void newDeadlineAppliesToTheRunningOne();
    void stoppedWatcherStaysSilent();
    void blockedLoopIsNotADeadLink();
    void answerOverdueTogetherWithTheDeadlineCounts_data();
    void answerOverdueTogetherWithTheDeadlineCounts();
    void jitterStaysWithinATenth();
};

namespace {

constexpr auto kNever = 10min;

KeepAliveOptions quick(std::chrono::milliseconds interval, std::chrono::milliseconds deadline)
{
    return {.interval = interval, .deadline = deadline, .probeDeadline = deadline, .jitter = false};
}

/// Stands for a slot that computes for too long: the loop of this thread does not turn meanwhile.
void blockLoop(std::chrono::milliseconds time)
{
    const QDeadlineTimer end(time, Qt::PreciseTimer);
    while (!end.hasExpired()) { }
}

std::chrono::milliseconds runningInterval(const KeepAlive &keepAlive)
{
    std::chrono::milliseconds longest{};
    for (const QTimer *timer : keepAlive.findChildren<QTimer *>())
        if (timer->isActive())
            longest = std::max(longest, timer->intervalAsDuration());
    return longest;
}

}

void TestKeepAlive::pingsAfterSilence()
{
    KeepAlive keepAlive(quick(5ms, kNever));
    QSignalSpy pings(&keepAlive, &KeepAlive::pingDue);
    keepAlive.start();
    QTRY_COMPARE(pings.size(), 1);
}

void TestKeepAlive::defaultsAreThoseOfTheDesign()
{
    const KeepAliveOptions options;
    QCOMPARE(options.interval, 25s);
    QCOMPARE(options.deadline, 10s);
    QCOMPARE(options.probeDeadline, 5s);
    QVERIFY(options.jitter);
}

void TestKeepAlive::threeSecondsAreALegalInterval()
{
    KeepAlive keepAlive(quick(3s, 3s));
    keepAlive.start();
    QCOMPARE(runningInterval(keepAlive), 3s);
}

void TestKeepAlive::failsOnceWhenNothingAnswers()
{
    KeepAlive keepAlive(quick(1ms, 8ms));
    QSignalSpy pings(&keepAlive, &KeepAlive::pingDue);
    QSignalSpy failures(&keepAlive, &KeepAlive::failed);
    keepAlive.start();
    QTRY_COMPARE(failures.size(), 1);
    QCOMPARE(pings.size(), 1);
    QCOMPARE(runningInterval(keepAlive), 0ms);
    keepAlive.start();
    QTRY_COMPARE(failures.size(), 2);
}

void TestKeepAlive::anyActivityAnswersAPing()
{
    KeepAlive keepAlive(quick(1ms, 80ms));
    QSignalSpy failures(&keepAlive, &KeepAlive::failed);
    QSignalSpy pings(&keepAlive, &KeepAlive::pingDue);
    connect(&keepAlive, &KeepAlive::pingDue, &keepAlive, &KeepAlive::noteActivity);
    keepAlive.start();
    QTRY_VERIFY(pings.size() > 20);
    QVERIFY(failures.isEmpty());
}

void TestKeepAlive::everyPingHasItsOwnNonce()
{
    KeepAlive keepAlive(quick(1ms, kNever));
    QSet<QByteArray> nonces;
    connect(&keepAlive, &KeepAlive::pingDue, &keepAlive, [&](const QByteArray &nonce) {
        QCOMPARE(nonce.size(), 8);
        QVERIFY(!nonces.contains(nonce));
        nonces.insert(nonce);
        keepAlive.noteActivity();
    });
    keepAlive.start();
    QTRY_VERIFY(nonces.size() > 5);
}

void TestKeepAlive::probeAsksAtOnceWithTheShortDeadline()
{
    KeepAlive keepAlive(
        {.interval = kNever, .deadline = kNever, .probeDeadline = 8ms, .jitter = false});
    QSignalSpy pings(&keepAlive, &KeepAlive::pingDue);
    QSignalSpy failures(&keepAlive, &KeepAlive::failed);
    keepAlive.probe();
    QVERIFY(pings.isEmpty()); // not started: there is no link to ask about
    keepAlive.start();
    keepAlive.probe();
    QCOMPARE(pings.size(), 1);
    QTRY_COMPARE(failures.size(), 1);
}

void TestKeepAlive::repeatedProbesDoNotPutOffTheEnd()
{
    KeepAlive keepAlive(
        {.interval = kNever, .deadline = kNever, .probeDeadline = 40ms, .jitter = false});
    QSignalSpy pings(&keepAlive, &KeepAlive::pingDue);
    QSignalSpy failures(&keepAlive, &KeepAlive::failed);
    keepAlive.start();
    QTimer impatient;
    connect(&impatient, &QTimer::timeout, &keepAlive, [&] {
        if (failures.isEmpty())
            keepAlive.probe();
    });
    impatient.start(2ms);
    QTRY_COMPARE(failures.size(), 1);
    QCOMPARE(pings.size(), 1);
}

void TestKeepAlive::newIntervalAppliesToTheRunningOne()
{
    KeepAlive keepAlive(quick(kNever, kNever));
    QSignalSpy pings(&keepAlive, &KeepAlive::pingDue);
    keepAlive.start();
    keepAlive.setOptions(quick(5ms, kNever));
    QTRY_COMPARE(pings.size(), 1);
}

void TestKeepAlive::newDeadlineAppliesToTheRunningOne()
{
    KeepAlive keepAlive(quick(1ms, kNever));
    QSignalSpy pings(&keepAlive, &KeepAlive::pingDue);
    QSignalSpy failures(&keepAlive, &KeepAlive::failed);
    keepAlive.start();
    QTRY_COMPARE(pings.size(), 1);
    keepAlive.setOptions(quick(1ms, 8ms));
    QTRY_COMPARE(failures.size(), 1);
}

void TestKeepAlive::stoppedWatcherStaysSilent()
{
    KeepAlive keepAlive(quick(1ms, 8ms));
    QSignalSpy pings(&keepAlive, &KeepAlive::pingDue);
    keepAlive.start();
    keepAlive.stop();
    keepAlive.noteActivity();
    keepAlive.probe();
    keepAlive.setOptions(quick(2ms, 8ms));
    QCOMPARE(runningInterval(keepAlive), 0ms);
    QVERIFY(pings.isEmpty());
}

void TestKeepAlive::blockedLoopIsNotADeadLink()
{
    KeepAlive keepAlive(quick(1ms, 40ms));
    QSignalSpy failures(&keepAlive, &KeepAlive::failed);
    bool blocked = false;
    connect(&keepAlive, &KeepAlive::pingDue, &keepAlive, [&] {
        if (std::exchange(blocked, true))
            return keepAlive.noteActivity();
        blockLoop(120ms);
        // The answer needs a few turns more, as one does that the blocked loop had not yet asked for.
        QTimer::singleShot(5ms, &keepAlive, [&] { keepAlive.noteActivity(); });
    });
    QSignalSpy pings(&keepAlive, &KeepAlive::pingDue);
    keepAlive.start();
    QTRY_VERIFY(pings.size() > 3);
    QVERIFY(failures.isEmpty());
}

void TestKeepAlive::answerOverdueTogetherWithTheDeadlineCounts_data()
{
    QTest::addColumn<int>("part");
    for (int part = 1; part < 8; ++part)
        QTest::addRow("after %d eighths of the deadline", part) << part;
}

void TestKeepAlive::answerOverdueTogetherWithTheDeadlineCounts()
{
    // While the loop stands still, first the next part of the deadline and then the answer come due.
    // The loop then meets them in that order, in one turn.
    QFETCH(int, part);
    KeepAlive keepAlive(
        {.interval = kNever, .deadline = kNever, .probeDeadline = 8ms, .jitter = false});
    QSignalSpy failures(&keepAlive, &KeepAlive::failed);
    keepAlive.start();
    keepAlive.probe();
    bool answered = false;
    QTimer answer;
    answer.setSingleShot(true);
    answer.setTimerType(Qt::PreciseTimer);
    connect(&answer, &QTimer::timeout, &keepAlive, [&] {
        answered = true;
        keepAlive.noteActivity();
    });
    int passed = 0;
    for (QTimer *timer : keepAlive.findChildren<QTimer *>()) {
        connect(timer, &QTimer::timeout, &keepAlive, [&] {
            if (++passed != part)
                return;
            answer.start(3ms);
            blockLoop(10ms);
        });
    }
    QTRY_VERIFY(answered);
    QCoreApplication::processEvents();
    QVERIFY(failures.isEmpty());
}

void TestKeepAlive::jitterStaysWithinATenth()
{
    KeepAlive keepAlive(
        {.interval = 100s, .deadline = kNever, .probeDeadline = kNever, .jitter = true});
    keepAlive.start();
    QVERIFY(runningInterval(keepAlive) <= 100s);
    QSet<qint64> seen;
    for (int i = 0; i < 50; ++i) {
        keepAlive.probe();
        keepAlive.noteActivity();
        const auto interval = runningInterval(keepAlive);
        QVERIFY(interval >= 89s);
        QVERIFY(interval <= 110s);
        seen.insert(interval.count());
    }
    QVERIFY(seen.size() > 10);
}

QTEST_GUILESS_MAIN(TestKeepAlive)
#include "tst_keepalive.moc"
