#include "app/common/instancelock.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace confab;

class tst_InstanceLock : public QObject
{
    Q_OBJECT

private slots:
    void onlyOneHoldsAFolder()
    {
        const QTemporaryDir dir;
        auto first = InstanceLock::take(dir.path());
        QVERIFY(first);
        QVERIFY(!InstanceLock::take(dir.path()));
    }

    void theLockIsFreeAgainWhenItsHolderEnds()
    {
        const QTemporaryDir dir;
        {
            auto first = InstanceLock::take(dir.path());
            QVERIFY(first);
        }
        QVERIFY(InstanceLock::take(dir.path()));
    }

    void aLaterStartReachesTheHolder()
    {
        const QTemporaryDir dir;
        const auto lock = std::move(InstanceLock::take(dir.path())).value();
        lock->listen();
        QSignalSpy shown(lock.get(), &InstanceLock::showRequested);
        // The caller waits for the connection, so it needs a thread of its own here.
        bool reached = false;
        const auto link = QStringLiteral("tinode:topic/grpÄ?seq=1");
        const std::unique_ptr<QThread> caller(
            QThread::create([&] { reached = InstanceLock::askToShow(dir.path(), link); }));
        caller->start();
        QTRY_COMPARE(shown.count(), 1);
        QCOMPARE(shown.first().first().toString(), link);
        QTRY_VERIFY(caller->isFinished());
        QVERIFY(reached);
    }

    void nobodyIsReachedWhenNobodyListens()
    {
        const QTemporaryDir dir;
        QVERIFY(!InstanceLock::askToShow(dir.path()));
    }
};

QTEST_GUILESS_MAIN(tst_InstanceLock)
#include "tst_instancelock.moc"
