#include "app/common/sleepwatch.h"

#include <QSignalSpy>
#include <QTest>

using namespace confab;
using namespace std::chrono_literals;

class SleepWatchTest : public QObject
{
    Q_OBJECT

private slots:
    void aSleepIsToldOnceWithItsLength();
    void aMomentIsNoSleep();
    void theClockOfThisSystemTellsNoSleepWhileWeRun();
};

void SleepWatchTest::aSleepIsToldOnceWithItsLength()
{
    std::chrono::milliseconds slept = 1h;
    SleepWatch watch([&slept] { return slept; });
    QSignalSpy woke(&watch, &SleepWatch::woke);
    slept += 10min;
    watch.check();
    watch.check();
    QCOMPARE(woke.size(), 1);
    QCOMPARE(woke[0][0].value<std::chrono::milliseconds>(), std::chrono::milliseconds(10min));
}

void SleepWatchTest::aMomentIsNoSleep()
{
    std::chrono::milliseconds slept = 0ms;
    SleepWatch watch([&slept] { return slept; });
    QSignalSpy woke(&watch, &SleepWatch::woke);
    slept += 1s;
    watch.check();
    QVERIFY(woke.isEmpty());
}

void SleepWatchTest::theClockOfThisSystemTellsNoSleepWhileWeRun()
{
    SleepWatch watch;
    QSignalSpy woke(&watch, &SleepWatch::woke);
    watch.check();
    QVERIFY(woke.isEmpty());
}

QTEST_GUILESS_MAIN(SleepWatchTest)
#include "tst_sleepwatch.moc"
