#include "server/net/httprequest.h"

#include <QTest>

using namespace confab::server;

class TestHttpRequest : public QObject
{
    Q_OBJECT

private slots:
    void readsRequestLineAndHeaders()
    {
        const auto request = parseHttpRequest("GET /v0/channels?apikey=A%20b HTTP/1.1\r\n"
                                              "Host: here\r\nX-Empty:\r\nAccept:\t a, B \r\n\r\n");
        QVERIFY(request.ok());
        QCOMPARE(request->method, QByteArray("GET"));
        QCOMPARE(request->path, QByteArray("/v0/channels"));
        QCOMPARE(request->query.queryItemValue(QStringLiteral("apikey"), QUrl::FullyDecoded),
            QStringLiteral("A b"));
        QCOMPARE(request->header("host"), QByteArray("here"));
        QCOMPARE(request->header("x-empty"), QByteArray());
        QVERIFY(!request->header("cookie"));
        QVERIFY(request->headerHas("accept", "b"));
        QVERIFY(!request->headerHas("accept", "c"));
        QVERIFY(!request->hasBody());
    }

    void keepsThePathAsItWasSent()
    {
        const auto request = parseHttpRequest("GET /v0/file/s/%2e%2e%2fkey HTTP/1.1\r\n\r\n");
        QVERIFY(request.ok());
        QCOMPARE(request->path, QByteArray("/v0/file/s/%2e%2e%2fkey"));
    }

    void seesThatABodyFollows_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<bool>("follows");
        QTest::newRow("length") << QByteArray("Content-Length: 12") << true;
        QTest::newRow("length zero") << QByteArray("Content-Length: 0") << false;
        QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked") << true;
    }
    void seesThatABodyFollows()
    {
        QFETCH(QByteArray, header);
        const auto request = parseHttpRequest("POST / HTTP/1.1\r\n" + header + "\r\n\r\n");
        QVERIFY(request.ok());
        QTEST(request->hasBody(), "follows");
    }

    void refusesWhatCouldBeReadInTwoWays_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &head, int status = 400) {
            QTest::newRow(name) << head + "\r\n\r\n" << status;
        };
        const QByteArray line = "GET / HTTP/1.1\r\n";
        row("nothing", "");
        row("no target", "GET HTTP/1.1");
        row("two spaces", "GET  / HTTP/1.1");
        row("words in the target", "GET /a b HTTP/1.1");
        row("absolute target", "GET http://evil/ HTTP/1.1");
        row("control character in the target", QByteArray("GET /\x01 HTTP/1.1"));
        row("letter beyond ASCII in the target", "GET /\xc3\xa9 HTTP/1.1");
        row("no method", " / HTTP/1.1");
        row("odd method", "G(T / HTTP/1.1");
        row("not HTTP", "GET / ICE/1.1");
        row("HTTP/2", "GET / HTTP/2.0", 505);
        row("HTTP/0.9", "GET / HTTP/0.9", 505);
        row("folded header", line + "A: b\r\n c");
        row("space before the colon", line + "Host : a");
        row("no colon", line + "Host");
        row("no name", line + ": a");
        row("bare line feed in a value", line + "A: b\nHost: c");
        row("NUL in a value", line + QByteArray("A: b\0c", 6));
        row("two hosts", line + "Host: a\r\nHost: b");
        row("two hosts in other letters", line + "Host: a\r\nhOST: a");
        row("two origins", line + "Origin: http://a\r\nOrigin: http://b");
        row("two lengths", line + "Content-Length: 1\r\nContent-Length: 2");
        row("too many headers", line + QByteArray("A: b\r\n").repeated(kMaxHeaders + 1), 431);
        row("too long", line + "A: " + QByteArray(kMaxHead, 'a'), 431);
        QTest::newRow("cut short") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n") << 400;
    }
    void refusesWhatCouldBeReadInTwoWays()
    {
        QFETCH(QByteArray, head);
        const auto request = parseHttpRequest(head);
        QVERIFY(!request.ok());
        QTEST(request.error(), "status");
    }

    void survivesAHeadCutAnywhere()
    {
        const QByteArray head = "GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: null\r\n\r\n";
        for (qsizetype length = 0; length < head.size(); ++length) {
            QVERIFY(!parseHttpRequest(head.left(length)).ok());
            parseHttpRequest(head.left(length) + "\r\n\r\n");
        }
    }
};

QTEST_GUILESS_MAIN(TestHttpRequest)
#include "tst_httprequest.moc"
