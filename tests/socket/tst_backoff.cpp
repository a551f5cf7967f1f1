#include "socket/backoff.h"

#include <QtTest>

#include <random>

using namespace confab;
using namespace std::chrono_literals;

class TestBackoff : public QObject
{
    Q_OBJECT

private slots:
    void firstRetryAfterALivedSessionComesWithinASecond();
    void firstRetryAfterAFailedAttemptIsSpreadOverFiveSeconds();
    void boundDoublesUpToTheCap();
    void everyDelayStaysWithinItsBound();
    void resetStartsOver();
    void aLivedSessionStartsOver();
    void manyAttemptsDoNotOverflow();
    void defaultRandomnessSpreads();
};

namespace {

/// A random source at the top of its range, so that a delay shows its bound.
Backoff highest(BackoffOptions options = {})
{
    return Backoff(options, [] { return 0.999999; });
}

bool isJustBelow(std::chrono::milliseconds delay, std::chrono::milliseconds bound)
{
    return delay < bound && delay >= bound - 1ms - bound / 1000;
}

}

void TestBackoff::firstRetryAfterALivedSessionComesWithinASecond()
{
    QVERIFY(isJustBelow(highest().next(true), 1s));
    QCOMPARE(Backoff({}, [] { return 0.0; }).next(true), 0ms);
}

void TestBackoff::firstRetryAfterAFailedAttemptIsSpreadOverFiveSeconds()
{
    QVERIFY(isJustBelow(highest().next(false), 5s));
}

void TestBackoff::boundDoublesUpToTheCap()
{
    Backoff backoff = highest();
    backoff.next(false);
    for (const auto bound : {2s, 4s, 8s, 16s, 32s, 60s, 60s})
        QVERIFY(isJustBelow(backoff.next(false), bound));
}

void TestBackoff::everyDelayStaysWithinItsBound()
{
    std::mt19937 engine(20240229);
    std::uniform_real_distribution<double> uniform(0, 1);
    std::uniform_int_distribution<int> some(1, 2'000);
    for (int run = 0; run < 2'000; ++run) {
        const BackoffOptions options{
            std::chrono::milliseconds(some(engine)), std::chrono::milliseconds(some(engine) * 30)};
        Backoff backoff(options, [&] { return uniform(engine); });
        for (int attempt = 0; attempt < 12; ++attempt) {
            const auto delay = backoff.next(false);
            const int factor = attempt == 0 ? 5 : 1 << attempt;
            QVERIFY(delay >= 0ms);
            QVERIFY(delay <= std::min(options.cap, options.first * factor));
            QCOMPARE(backoff.attempt(), attempt + 1);
        }
    }
}

void TestBackoff::resetStartsOver()
{
    Backoff backoff = highest();
    for (int attempt = 0; attempt < 5; ++attempt)
        backoff.next(false);
    backoff.reset();
    QCOMPARE(backoff.attempt(), 0);
    QVERIFY(isJustBelow(backoff.next(false), 5s));
}

void TestBackoff::aLivedSessionStartsOver()
{
    Backoff backoff = highest();
    for (int attempt = 0; attempt < 5; ++attempt)
        backoff.next(false);
    QVERIFY(isJustBelow(backoff.next(true), 1s));
    QVERIFY(isJustBelow(backoff.next(false), 2s));
}

void TestBackoff::manyAttemptsDoNotOverflow()
{
    Backoff backoff = highest();
    for (int attempt = 0; attempt < 1'000; ++attempt)
        backoff.next(false);
    QVERIFY(isJustBelow(backoff.next(false), 60s));
}

void TestBackoff::defaultRandomnessSpreads()
{
    QSet<qint64> delays;
    for (int i = 0; i < 32; ++i)
        delays.insert(Backoff().next(false).count());
    QVERIFY(delays.size() > 8);
}

QTEST_GUILESS_MAIN(TestBackoff)
#include "tst_backoff.moc"
