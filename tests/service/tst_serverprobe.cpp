#include "service/serverprobe.h"
#include "support/fakesession.h"

#include <QSignalSpy>
#include <QTest>

using namespace confab;

Q_DECLARE_METATYPE(confab::ProbeReport)

class tst_ServerProbe : public QObject
{
    Q_OBJECT

private:
    struct Run {
        FakeSessionFactory sessions;
        ServerProbe probe{sessions.factory()};
        QSignalSpy finished{&probe, &ServerProbe::finished};

        void start(const QString &typed = QStringLiteral("wss://chat.example.org"),
            ServerKind kind = ServerKind::Tinode, const QString &key = {})
        {
            const auto address
                = kind == ServerKind::Plain ? parsePlainAddress(typed) : parseTinodeAddress(typed);
            probe.run(*address, kind, key);
        }
        ProbeReport report()
        {
            [&] { QTRY_COMPARE(finished.count(), 1); }();
            return finished.value(0).value(0).value<ProbeReport>();
        }
    };

private slots:
    void aTinodeServerTellsItsVersionAndBuild()
    {
        Run run;
        run.start();
        QTRY_VERIFY(run.sessions.last());
        PeerInfo peer;
        peer.encrypted = true;
        peer.tlsProtocol = QStringLiteral("TLS 1.3");
        run.sessions.last()->setPeer(peer);
        run.sessions.last()->injectOpened();
        run.sessions.last()->injectText(
            R"({"ctrl":{"id":"1","code":201,"text":"created","ts":"2026-11-23T09:33:40.084Z",)"
            R"("params":{"ver":"0.25","build":"postgres:undef"}}})");
        const ProbeReport report = run.report();
        QVERIFY(!report.error);
        QVERIFY(report.reachable);
        QVERIFY(report.defaultApiKey);
        QCOMPARE(report.protocolVersion, QStringLiteral("0.25"));
        QCOMPARE(report.serverBuild, QStringLiteral("postgres:undef"));
        QCOMPARE(report.peer.tlsProtocol, QStringLiteral("TLS 1.3"));
    }

    void theKeyIsSentAsAskedFor()
    {
        Run run;
        run.start(QStringLiteral("localhost"), ServerKind::Tinode, QStringLiteral("MYKEY"));
        QTRY_VERIFY(run.sessions.last());
        QCOMPARE(run.sessions.last()->url().query(), QStringLiteral("apikey=MYKEY"));
        run.sessions.last()->injectLost();
        QVERIFY(!run.report().defaultApiKey);
    }

    void anOldServerIsNamedAsSuch()
    {
        Run run;
        run.start();
        QTRY_VERIFY(run.sessions.last());
        run.sessions.last()->injectOpened();
        run.sessions.last()->injectText(
            R"({"ctrl":{"id":"1","code":505,"text":"version not supported","ts":"2026-11-23T09:33:40Z"}})");
        const ProbeReport report = run.report();
        QVERIFY(report.reachable);
        QCOMPARE(report.error->kind, ErrorKind::ProtocolTooOld);
    }

    void somethingElseThatAnswersIsNotTinode()
    {
        Run run;
        run.start();
        QTRY_VERIFY(run.sessions.last());
        run.sessions.last()->injectOpened();
        run.sessions.last()->injectText("Welcome to the echo server");
        QCOMPARE(run.report().error->kind, ErrorKind::NotTinode);
    }

    void aRefusedHandshakeTellsTheWrongKey()
    {
        Run run;
        run.start();
        QTRY_VERIFY(run.sessions.last());
        run.sessions.last()->injectClosed(
            {.cause = CloseCause::HandshakeRejected, .httpStatus = 403});
        const ProbeReport report = run.report();
        QVERIFY(!report.reachable);
        QCOMPARE(report.error->kind, ErrorKind::WrongApiKey);
    }

    void aPlainServerOnlyHasToOpen()
    {
        Run run;
        run.start(QStringLiteral("ws://localhost/echo"), ServerKind::Plain);
        QTRY_VERIFY(run.sessions.last());
        QCOMPARE(run.sessions.last()->url(), QUrl(QStringLiteral("ws://localhost/echo")));
        run.sessions.last()->injectOpened();
        const ProbeReport report = run.report();
        QVERIFY(report.reachable);
        QVERIFY(!report.error);
    }

    void aNewRunEndsTheOldWithoutAReport()
    {
        Run run;
        run.start();
        QTRY_COMPARE(run.sessions.count(), 1);
        run.start(QStringLiteral("ws://localhost/echo"), ServerKind::Plain);
        QTRY_COMPARE(run.sessions.count(), 2);
        run.sessions.last()->injectOpened();
        QVERIFY(run.report().reachable);
        QCOMPARE(run.finished.count(), 1);
    }
};

QTEST_GUILESS_MAIN(tst_ServerProbe)
#include "tst_serverprobe.moc"
