#include "widgets/stallwatch.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <chrono>
#include <thread>
#include <time.h>

using namespace confab;
using std::chrono::milliseconds;

namespace {

/// Works, not waits, for so much of the thread's own time.
Q_NEVER_INLINE void workFor(milliseconds time)
{
    const auto used = [] {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
    };
    const auto end = used() + time;
    while (used() < end) { }
}

}

class StallWatchTest : public QObject
{
    Q_OBJECT

private slots:
    void longWorkIsAStallWithItsStack();
    void aStallAfterALongRestHasItsStack();
    void manyShortStretchesAreNone();
    void waitingIsNone();
    void nothingCountsWhilePaused();
};

void StallWatchTest::longWorkIsAStallWithItsStack()
{
    StallWatch watch;
    QSignalSpy stalled(&watch, &StallWatch::stalled);
    QTimer::singleShot(0, this, [] { workFor(milliseconds(200)); });
    QTRY_COMPARE(stalled.size(), 1);
    QCOMPARE(watch.stalls(), 1);
    QVERIFY(watch.longest() >= milliseconds(200));
    QVERIFY2(watch.lastStack().contains(QLatin1String("QTimer"))
            || watch.lastStack().contains(QLatin1String("QCoreApplication")),
        qPrintable(watch.lastStack()));
    watch.reset();
    QCOMPARE(watch.stalls(), 0);
}

/// As when somebody clicks after reading for a while.
void StallWatchTest::aStallAfterALongRestHasItsStack()
{
    StallWatch watch;
    QSignalSpy stalled(&watch, &StallWatch::stalled);
    QTimer::singleShot(400, this, [] { workFor(milliseconds(100)); });
    QTRY_COMPARE(stalled.size(), 1);
    QVERIFY(!watch.lastStack().isEmpty());
}

void StallWatchTest::manyShortStretchesAreNone()
{
    StallWatch watch;
    int turns = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, &timer, [&] {
        workFor(milliseconds(5));
        ++turns;
    });
    timer.start(0);
    QTRY_VERIFY(turns >= 30);
    timer.stop();
    QVERIFY(watch.longest() < milliseconds(50));
    QCOMPARE(watch.stalls(), 0);
}

void StallWatchTest::waitingIsNone()
{
    StallWatch watch;
    bool waited = false;
    QTimer::singleShot(0, this, [&] {
        std::this_thread::sleep_for(milliseconds(120));
        waited = true;
    });
    QTRY_VERIFY(waited);
    QCOMPARE(watch.stalls(), 0);
}

void StallWatchTest::nothingCountsWhilePaused()
{
    StallWatch watch;
    watch.pause();
    workFor(milliseconds(80));
    watch.resume();
    workFor(milliseconds(10));
    watch.pause();
    QCoreApplication::processEvents();
    QCOMPARE(watch.stalls(), 0);
    watch.resume();
    workFor(milliseconds(80));
    watch.pause(); // tells of what there was until now
    QCOMPARE(watch.stalls(), 1);
}

QTEST_GUILESS_MAIN(StallWatchTest)
#include "tst_stallwatch.moc"
