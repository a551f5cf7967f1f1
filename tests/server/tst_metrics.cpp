#include "httpfileclient.h"
#include "runningserver.h"

#include "server/metrics.h"

using namespace confab;
using namespace std::chrono_literals;

class TestMetrics : public QObject
{
    Q_OBJECT

private slots:
    void aHistogramCountsUpToEachBound()
    {
        server::Histogram histogram;
        for (const auto duration : {100us, 250us, 251us, 400us, 900us})
            histogram.add(duration);
        histogram.add(1h);
        const QByteArray text = histogram.text("t");
        QVERIFY(text.contains("t_bucket{le=\"0.00025\"} 2\n"));
        QVERIFY(text.contains("t_bucket{le=\"0.0005\"} 4\n"));
        QVERIFY(text.contains("t_bucket{le=\"0.001\"} 5\n"));
        QVERIFY(text.contains("t_bucket{le=\"8.192\"} 5\n"));
        QVERIFY(text.contains("t_bucket{le=\"+Inf\"} 6\n"));
        QVERIFY(text.contains("t_count 6\n"));
        QVERIFY(text.contains("t_sum 3600.0019"));
    }

    void everyRefusalHasAName()
    {
        const QByteArray text = server::metricsText({}, {});
        QVERIFY(!text.contains("reason=\"\""));
        QCOMPARE(text.count("confab_refusals_total{"), int(server::Refusal::kCount));
    }

    void everySampleIsOfAnAnnouncedKind()
    {
        QByteArray announced;
        for (const QByteArray &line : server::metricsText({}, {}).split('\n')) {
            if (line.startsWith("# TYPE "))
                announced = line.split(' ').at(2);
            else if (!line.isEmpty() && !line.startsWith('#'))
                QVERIFY2(line.startsWith(announced), line.constData());
        }
    }

    void whatHappensIsCounted()
    {
        RunningServer server;
        ChatClient alice(server.url());
        alice.signUp(QStringLiteral("alice"));
        alice.subscribe(QStringLiteral("slf"));
        alice.publish(QStringLiteral("slf"), QStringLiteral("one"));
        alice.publish(QStringLiteral("slf"), QStringLiteral("two"));
        const QByteArray content(1000, 'x');
        const HttpAnswer sent
            = ask(server.port(), uploadRequest(signedBy(alice.token), filePart(content)));
        ask(server.port(), downloadRequest(signedBy(alice.token), sent.url()));

        QCOMPARE(value(server, "confab_sessions"), 1);
        QCOMPARE(value(server, "confab_messages_total"), 2);
        QCOMPARE(value(server, "confab_publish_seconds_count"), 2);
        QCOMPARE(value(server, "confab_uploads_total"), 1);
        QCOMPARE(value(server, "confab_upload_bytes_total"), 1000);
        QCOMPARE(value(server, "confab_download_bytes_total"), 1000);
        QVERIFY(value(server, "confab_commits_total") >= 3);
        QVERIFY(value(server, "confab_topics") >= 1);
        QCOMPARE(value(server, "confab_queue_bytes"), 0);
    }

    void refusalsAreCountedByReason_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const QByteArray &reason, const QByteArray &request) {
            QTest::newRow(reason.constData()) << request << reason;
        };
        row("head", "nonsense\r\n\r\n");
        row("host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
        row("origin", "GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n\r\n");
        row("apikey", handshake("/v0/channels"));
        row("handshake", handshake(kChatTarget, "Sec-WebSocket-Key", "abc"));
        row("login", "GET /v0/chat/me/messages HTTP/1.1\r\nHost: localhost\r\n\r\n");
        row("metrics",
            "GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n");
    }
    void refusalsAreCountedByReason()
    {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, reason);
        RunningServer server;
        const QByteArray name = "confab_refusals_total{reason=\"" + reason + "\"}";
        QCOMPARE(value(server, name), 0);
        QVERIFY(ask(server.port(), request).status >= 400);
        QCOMPARE(value(server, name), 1);
    }

    void othersMayNotRead()
    {
        server::ServerOptions options;
        options.metricsFrom = {};
        RunningServer server(options);
        const QByteArray request = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
        QCOMPARE(ask(server.port(), request).status, 403);
    }

private:
    static double value(const RunningServer &server, const QByteArray &name)
    {
        const HttpAnswer answer
            = ask(server.port(), "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
        for (const QByteArray &line : answer.body.split('\n')) {
            if (line.startsWith(name + ' '))
                return line.mid(name.size() + 1).toDouble();
        }
        return -1;
    }
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
