#include "httpfileclient.h"
#include "runningserver.h"

#include <QFileInfo>
#include <QTcpServer>

using namespace confab;

namespace {

QString failureOf(const server::ServerOptions &options)
{
    server::Server server(options);
    QSignalSpy failed(&server, &server::Server::failed);
    server.start();
    return failed.isEmpty() ? QString() : failed[0][0].toString();
}

QByteArray getHistory(const QByteArray &target, const QByteArray &header)
{
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n"
        + (header.isEmpty() ? "" : header + "\r\n") + "\r\n";
}

/// The contents of a history page, in its order.
QStringList textsOf(const QByteArray &body)
{
    QStringList texts;
    for (const QByteArray &line : body.mid(1, body.size() - 2).split('\n')) {
        const auto message
            = wire::decodeServerMessage(line.endsWith(',') ? line.chopped(1) : line);
        if (message && std::holds_alternative<wire::Data>(*message))
            texts.append(std::get<wire::Data>(*message).content.string());
    }
    return texts;
}

}

class TestServer : public QObject
{
    Q_OBJECT

private slots:
    void aTakenPortIsSaidInASentence()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        QTemporaryDir folder;
        server::ServerOptions options;
        options.dataDir = folder.path();
        options.port = other.serverPort();
        const QString sentence = failureOf(options);
        QVERIFY2(sentence.contains(QString::number(options.port)), qPrintable(sentence));
        QVERIFY2(sentence.contains(QStringLiteral("already in use")), qPrintable(sentence));
    }

    void aForeignAddressIsSaidInASentence()
    {
        QTemporaryDir folder;
        server::ServerOptions options;
        options.dataDir = folder.path();
        options.address = QHostAddress(QStringLiteral("192.0.2.1"));
        const QString sentence = failureOf(options);
        QVERIFY2(sentence.contains(QStringLiteral("192.0.2.1")), qPrintable(sentence));
    }

    void aFolderThatCanNotBeMadeIsSaidInASentence()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        server::ServerOptions options;
        options.dataDir = file.fileName() + QStringLiteral("/below");
        const QString sentence = failureOf(options);
        QVERIFY2(sentence.contains(options.dataDir), qPrintable(sentence));
    }

    void stoppingTellsClientsAndEndsTheirConnections()
    {
        RunningServer server;
        ChatClient client(server.url());
        client.signUp(QStringLiteral("alice"));
        QWebSocket echo;
        echo.open(server.url(QStringLiteral("/echo")));
        QTRY_COMPARE(echo.state(), QAbstractSocket::ConnectedState);
        server.stop();
        QTRY_COMPARE(client.codeFor(QString()), 205);
        QTRY_COMPARE(int(client.socket.closeCode()), 4001);
        QTRY_COMPARE(int(echo.closeCode()), 4001);
    }

    void accountsAndMessagesSurviveARestart()
    {
        RunningServer server;
        {
            ChatClient client(server.url());
            client.signUp(QStringLiteral("alice"));
            client.subscribe(QStringLiteral("slf"));
            client.publish(QStringLiteral("slf"), QStringLiteral("remember"));
        }
        server.restart();
        ChatClient client(server.url());
        QCOMPARE(client.signIn(QStringLiteral("basic"), "alice:a long password"), 200);
        wire::GetQuery page;
        page.what = wire::What::Data;
        client.send(wire::Sub {.id = QStringLiteral("slf"), .topic = QStringLiteral("slf"),
            .set = {}, .get = page});
        QTRY_COMPARE(client.all<wire::Data>().size(), 1);
        QCOMPARE(client.all<wire::Data>()[0].content.string(), QStringLiteral("remember"));
    }

    void linkPreviewsAreForThoseWithATokenAndOfPublicPlaces()
    {
        server::ServerOptions options;
        options.localActionRates.previews = {0.001, 4};
        RunningServer server(options);
        ChatClient alice(server.url());
        alice.signUp(QStringLiteral("alice"));
        const auto status = [&](const QByteArray &url, const QByteArray &who) {
            return ask(server.port(), "GET /v0/urlpreview?url=" + url + " HTTP/1.1\r\n" + who + "\r\n");
        };
        QCOMPARE(status("http%3A%2F%2F127.0.0.1%2F", "Host: localhost\r\n").status, 401);
        QCOMPARE(status("file%3A%2F%2F%2Fetc%2Fpasswd", signedBy(alice.token)).status, 400);
        QCOMPARE(status("http%3A%2F%2F127.0.0.1%2F", signedBy(alice.token)).status, 403);
        QCOMPARE(status("http%3A%2F%2F169.254.169.254%2F", signedBy(alice.token)).status, 403);
        QCOMPARE(status("http%3A%2F%2F8.8.8.8%3A22%2F", signedBy(alice.token)).status, 403);
        const HttpAnswer late = status("http%3A%2F%2F127.0.0.1%2F", signedBy(alice.token));
        QCOMPARE(late.status, 429);
        QVERIFY(late.headers["retry-after"].toInt() > 0);
        server.options().linkPreviews = false;
        server.restart();
        QCOMPARE(status("http%3A%2F%2F127.0.0.1%2F", signedBy(alice.token)).status, 501);
    }

    void historyIsForThoseWithAToken()
    {
        RunningServer server;
        ChatClient client(server.url());
        client.signUp(QStringLiteral("alice"));
        client.subscribe(QStringLiteral("slf"));
        for (const char *text : {"one", "two", "three"})
            client.publish(QStringLiteral("slf"), QString::fromLatin1(text));
        ChatClient other(server.url());
        other.signUp(QStringLiteral("bob"));

        const QByteArray token = client.token.toBase64();
        const auto get = [&server](const QByteArray &target, const QByteArray &header) {
            RawClient http(server.port());
            http.send(getHistory(target, header));
            if (!QTest::qWaitFor([&http] { return http.isClosed() && http.hasHead(); }))
                return std::pair(0, QStringList());
            return std::pair(http.status(), textsOf(http.body()));
        };
        const QByteArray messages = "/v0/chat/slf/messages";
        const QStringList all = {QStringLiteral("three"), QStringLiteral("two"), QStringLiteral("one")};
        QCOMPARE(get(messages, "X-Tinode-Auth: Token " + token), std::pair(200, all));
        QCOMPARE(get(messages, "Authorization: Bearer " + token), std::pair(200, all));
        QCOMPARE(get(messages, "Authorization: token " + token), std::pair(200, all));
        QCOMPARE(get(messages + "?limit=1", "X-Tinode-Auth: Token " + token),
            std::pair(200, all.mid(0, 1)));
        QCOMPARE(get(messages + "?before=3&limit=1", "X-Tinode-Auth: Token " + token),
            std::pair(200, all.mid(1, 1)));
        QCOMPARE(get(messages, "X-Tinode-Auth: Token " + other.token.toBase64()).second, QStringList());

        QCOMPARE(get(messages, "").first, 401);
        QCOMPARE(get(messages + "?token=" + token, "").first, 401);
        QCOMPARE(get(messages, "Authorization: Basic " + token).first, 401);
        QCOMPARE(get(messages, "Authorization: Token").first, 401);
        QByteArray forged = client.token;
        forged[forged.size() - 1] = static_cast<char>(forged[forged.size() - 1] ^ 1);
        QCOMPARE(get(messages, "Authorization: Token " + forged.toBase64()).first, 401);
        for (const char *query : {"?limit=0", "?limit=101", "?limit=x", "?before=-1", "?before=1e3"})
            QCOMPARE(get(messages + query, "X-Tinode-Auth: Token " + token).first, 400);
        QCOMPARE(
            get("/v0/chat/%2e%2e/messages", "X-Tinode-Auth: Token " + token).first, 400);
        QVERIFY(get("/v0/chat/" + other.user.toLatin1() + "/messages",
                    "X-Tinode-Auth: Token " + token)
                    .first
            >= 400);
    }
};

QTEST_GUILESS_MAIN(TestServer)
#include "tst_server.moc"
