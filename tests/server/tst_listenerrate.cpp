#include "server/tokenbucket.h"

#include <QTest>

using namespace confab::server;
using namespace std::chrono_literals;

class TestListenerRate : public QObject
{
    Q_OBJECT

private slots:
    void aBurstIsServedAndThenTheRate()
    {
        TokenBucket bucket({.perSecond = 20, .burst = 60}, m_now);
        for (int i = 0; i < 60; ++i)
            QVERIFY(bucket.take(m_now));
        QVERIFY(!bucket.take(m_now));
        QCOMPARE(bucket.wait(m_now), 50ms);

        m_now += 50ms;
        QCOMPARE(bucket.wait(m_now), 0ms);
        QVERIFY(bucket.take(m_now));
        QVERIFY(!bucket.take(m_now));
    }

    void restingNeverSavesUpMoreThanABurst()
    {
        TokenBucket bucket({.perSecond = 20, .burst = 3}, m_now);
        m_now += 1h;
        for (int i = 0; i < 3; ++i)
            QVERIFY(bucket.take(m_now));
        QVERIFY(!bucket.take(m_now));
    }

    void noRateMeansNoLimit()
    {
        TokenBucket bucket({}, m_now);
        for (int i = 0; i < 100'000; ++i)
            QVERIFY(bucket.take(m_now));
        QCOMPARE(bucket.wait(m_now), 0ms);
    }

    void onlyClientsElsewhereAreLimitedByDefault()
    {
        TokenBucket here = TokenBucket::forClient(QHostAddress(QHostAddress::LocalHost), {});
        TokenBucket there = TokenBucket::forClient(QHostAddress(QStringLiteral("192.0.2.7")), {});
        QCOMPARE(here.burst(), 0);
        QCOMPARE(there.burst(), 60);
    }

private:
    TokenBucket::Time m_now = std::chrono::steady_clock::now();
};

QTEST_GUILESS_MAIN(TestListenerRate)
#include "tst_listenerrate.moc"
