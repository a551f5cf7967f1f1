#include "httpfileclient.h"
#include "runningserver.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <memory>

using namespace confab;

/// Uploading and downloading over HTTP, as clients see it (protocol.md §9.4).
class TestHttpFiles : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        server::ServerOptions options;
        options.maxFileSize = 256 * 1024;
        options.fileQuota = 600 * 1024;
        options.freeSpaceFloor = 0;
        m_server = std::make_unique<RunningServer>(options);
        m_alice = std::make_unique<ChatClient>(m_server->url());
        m_alice->signUp(QStringLiteral("alice"));
    }
    void cleanup()
    {
        m_alice.reset();
        m_server.reset();
    }

    void aFileComesBackAsItWasSent()
    {
        const QByteArray content = kPng + QByteArray(200'000, '\xfe');
        const HttpAnswer sent
            = ask(port(), uploadRequest(alice(), filePart(content) + formPart("id", "u17")));
        QCOMPARE(sent.status, 200);
        QCOMPARE(sent.ctrl().code, 200);
        QCOMPARE(sent.ctrl().id, QStringLiteral("u17"));
        QVERIFY(sent.url().startsWith(QLatin1String("/v0/file/s/")));
        QVERIFY(sent.url().endsWith(QLatin1String(".png")));
        QVERIFY(sent.ctrl().params->expires > QDateTime::currentDateTimeUtc());

        const HttpAnswer got = ask(port(), downloadRequest(alice(), sent.url()));
        QCOMPARE(got.status, 200);
        QCOMPARE(got.headers["content-type"], QByteArray("image/png"));
        QVERIFY(got.headers["cache-control"].startsWith("private"));
        QVERIFY(!got.headers.contains("content-disposition"));
        QVERIFY(got.body == content);

        const HttpAnswer head = ask(port(), downloadRequest(alice(), sent.url(), "HEAD"));
        QCOMPARE(head.status, 200);
        QCOMPARE(head.headers["content-length"], QByteArray::number(content.size()));
        QVERIFY(head.body.isEmpty());
    }

    void aPartOfAFileIsServed()
    {
        const QString url = upload(kPng + "0123456789");
        const auto part = [&](const QByteArray &more) {
            return ask(port(), downloadRequest(alice() + more, url));
        };
        const HttpAnswer middle = part("Range: bytes=10-12\r\n");
        QCOMPARE(middle.status, 206);
        QCOMPARE(middle.body, QByteArray("234"));
        QCOMPARE(middle.headers["content-range"], QByteArray("bytes 10-12/18"));
        QCOMPARE(part("Range: bytes=-2\r\n").body, QByteArray("89"));
        const HttpAnswer beyond = part("Range: bytes=18-\r\n");
        QCOMPARE(beyond.status, 416);
        QCOMPARE(beyond.headers["content-range"], QByteArray("bytes */18"));
        QCOMPARE(part("Range: bytes=0-1\r\nIf-Range: \"another\"\r\n").status, 200);
    }

    void aKnownFileIsNotSentAgain()
    {
        const QString url = upload(kPng);
        const QByteArray etag
            = ask(port(), downloadRequest(alice(), url)).headers.value("etag");
        QVERIFY(etag.size() > 2);
        const auto conditional = [&](const QByteArray &known) {
            return ask(
                port(), downloadRequest(alice() + "If-None-Match: " + known + "\r\n", url));
        };
        QCOMPARE(conditional(etag).status, 304);
        QVERIFY(conditional(etag).body.isEmpty());
        QCOMPARE(conditional("\"other\", " + etag).status, 304);
        QCOMPARE(conditional("\"other\"").status, 200);
    }

    void t28NothingRunsInTheNameOfTheServer_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("html") << QByteArray("<html><script>alert(1)</script>");
        QTest::newRow("svg") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>");
        QTest::newRow("xml") << QByteArray("<?xml version='1.0'?>");
        QTest::newRow("script") << QByteArray("alert(1)");
        QTest::newRow("pdf") << QByteArray("%PDF-1.7 ");
        QTest::newRow("empty") << QByteArray("");
    }
    void t28NothingRunsInTheNameOfTheServer()
    {
        QFETCH(QByteArray, content);
        const HttpAnswer got = ask(port(), downloadRequest(alice(), upload(content)));
        QCOMPARE(got.status, 200);
        QCOMPARE(got.body, content);
        QVERIFY(got.headers["content-type"].startsWith("application/"));
        QCOMPARE(got.headers["content-disposition"], QByteArray("attachment"));
        QCOMPARE(got.headers["x-content-type-options"], QByteArray("nosniff"));
        QCOMPARE(got.headers["content-security-policy"],
            QByteArray("default-src 'none'; sandbox"));
    }

    void aPictureIsSavedOnRequest()
    {
        const QString url = upload(kPng) + QLatin1String("?asatt=1");
        const HttpAnswer got = ask(port(), downloadRequest(alice(), url));
        QCOMPARE(got.headers["content-disposition"], QByteArray("attachment"));
    }

    void everyWayToSayWhoOneIsWorks_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<bool>("inForm");
        const QByteArray key = QByteArray("X-Tinode-APIKey: ") + kPublicKey + "\r\n";
        QTest::newRow("X-Tinode-Auth")
            << key + "X-Tinode-Auth: Token TOKEN\r\n" << QByteArray() << false;
        QTest::newRow("Authorization")
            << key + "Authorization: token TOKEN\r\n" << QByteArray() << false;
        QTest::newRow("Bearer") << key + "Authorization: Bearer TOKEN\r\n" << QByteArray() << false;
        QTest::newRow("query") << QByteArray() << QByteArray("?apikey=KEY&auth=token&secret=ESCAPED")
                               << false;
        QTest::newRow("query, URL-safe letters")
            << QByteArray() << QByteArray("?apikey=KEY&auth=token&secret=URLSAFE") << false;
        QTest::newRow("form") << QByteArray() << QByteArray() << true;
    }
    void everyWayToSayWhoOneIsWorks()
    {
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, query);
        QFETCH(bool, inForm);
        const QByteArray token = m_alice->token.toBase64();
        const QByteArray safe = m_alice->token.toBase64(QByteArray::Base64UrlEncoding);
        headers = "Host: localhost\r\n" + headers.replace("TOKEN", token);
        query.replace("KEY", kPublicKey).replace("ESCAPED", token.toPercentEncoding());
        query.replace("URLSAFE", safe);
        QByteArray form = filePart(kPng);
        if (inForm)
            form += formPart("apikey", kPublicKey) + formPart("auth", "token")
                + formPart("secret", token);
        const HttpAnswer sent = ask(port(), uploadRequest(headers, form, "/v0/file/u/" + query));
        QCOMPARE(sent.status, 200);
        if (!inForm) {
            const QString url = sent.url() + QString::fromLatin1(query);
            QCOMPARE(ask(port(), downloadRequest(headers, url)).status, 200);
        }
    }

    void strangersGetNothing()
    {
        const QString url = upload(kPng);
        const QByteArray key = QByteArray("Host: localhost\r\nX-Tinode-APIKey: ") + kPublicKey + "\r\n";
        const QByteArray forged = key + "X-Tinode-Auth: Token "
            + QByteArray(m_alice->token.size(), 'x').toBase64() + "\r\n";
        QCOMPARE(ask(port(), downloadRequest("Host: localhost\r\n", url)).status, 403);
        QCOMPARE(ask(port(), downloadRequest(key, url)).status, 401);
        QCOMPARE(ask(port(), downloadRequest(forged, url)).status, 401);
        QCOMPARE(ask(port(), uploadRequest(key, filePart(kPng))).status, 401);
        QCOMPARE(ask(port(), uploadRequest(forged, filePart(kPng))).status, 401);
        QCOMPARE(ask(port(), uploadRequest("Host: localhost\r\n", filePart(kPng))).status, 403);
        // A cookie is sent by any page (T20).
        const QByteArray cookie
            = key + "Cookie: auth=token; secret=" + m_alice->token.toBase64() + "\r\n";
        QCOMPARE(ask(port(), downloadRequest(cookie, url)).status, 401);
        QCOMPARE(storedFiles().size(), 1);
    }

    void aNewcomerUploadsAPhotoBeforeItHasAnAccount()
    {
        const QByteArray key = QByteArray("Host: localhost\r\nX-Tinode-APIKey: ") + kPublicKey + "\r\n";
        const QByteArray form = filePart(kPng) + formPart("id", "1") + formPart("topic", "newacc");
        QCOMPARE(ask(port(), uploadRequest(key, form)).status, 200);

        m_server->options().registration = server::Registration::Closed;
        m_server->restart();
        QCOMPARE(ask(port(), uploadRequest(key, form)).status, 401);
    }

    void malformedUploadsAreRefused()
    {
        const QByteArray type = "Content-Type: multipart/form-data; boundary=BB\r\n";
        const auto post = [&](const QByteArray &headers, const QByteArray &body) {
            return ask(port(), "POST /v0/file/u/ HTTP/1.1\r\n" + alice() + headers + "\r\n" + body)
                .status;
        };
        QCOMPARE(post(type, ""), 411);
        QCOMPARE(post(type + "Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), 411);
        QCOMPARE(post("Content-Type: text/plain\r\nContent-Length: 2\r\n", "ab"), 400);
        QCOMPARE(post(type + "Content-Length: -1\r\n", ""), 400);
        QCOMPARE(post(type + "Content-Length: 2\r\n", "ab"), 400);
        QCOMPARE(ask(port(), uploadRequest(alice(), formPart("id", "1"))).status, 400);
        QCOMPARE(ask(port(), uploadRequest(alice(), filePart("a") + filePart("b"))).status, 400);
        QCOMPARE(ask(port(), downloadRequest(alice(), QStringLiteral("/v0/file/u/"), "PUT")).status, 411);
        QVERIFY(storedFiles().isEmpty());
    }

    void t26AFileOverTheLimitIsCutOff()
    {
        const QByteArray tooLarge(int(m_server->options().maxFileSize) + 1, 'x');
        const HttpAnswer answer = ask(port(), uploadRequest(alice(), filePart(tooLarge)));
        QCOMPARE(answer.status, 413);
        QCOMPARE(answer.ctrl().code, 413);
        // Announced as far too large: refused before a byte of it came.
        RawClient client(port());
        client.send("POST /v0/file/u/ HTTP/1.1\r\n" + alice()
            + "Content-Type: multipart/form-data; boundary=BB\r\nContent-Length: 99999999\r\n\r\n");
        QTRY_COMPARE(client.status(), 413);
        QVERIFY(storedFiles().isEmpty());
        QCOMPARE(ask(port(), uploadRequest(alice(), filePart(tooLarge.chopped(1)))).status, 200);
    }

    void t26OneUserKeepsSoMuch()
    {
        const QByteArray content(200 * 1024, 'x');
        for (int i = 0; i < 3; ++i)
            QCOMPARE(ask(port(), uploadRequest(alice(), filePart(content))).status, 200);
        QCOMPARE(ask(port(), uploadRequest(alice(), filePart(content))).status, 422);
        QCOMPARE(storedFiles().size(), 3);

        ChatClient bob(m_server->url());
        bob.signUp(QStringLiteral("bob"));
        QCOMPARE(ask(port(), uploadRequest(signedBy(bob.token), filePart(content))).status, 200);
    }

    void t26ANearlyFullDiskTakesNoMore()
    {
        m_server->options().freeSpaceFloor = std::numeric_limits<qint64>::max() / 2;
        m_server->restart();
        QCOMPARE(ask(port(), uploadRequest(alice(), filePart(kPng))).status, 507);
        QVERIFY(storedFiles().isEmpty());
    }

    void anUploadThatBreaksOffLeavesNothing()
    {
        {
            RawClient client(port());
            client.send(uploadRequest(alice(), filePart(QByteArray(100'000, 'x'))).chopped(50));
            QTRY_COMPARE(storedFiles().size(), 1);
        }
        QTRY_VERIFY(storedFiles().isEmpty());
    }

    void t25ABodyThatDripsIsGivenUp()
    {
        m_server->options().handshakeTimeout = std::chrono::milliseconds(200);
        m_server->restart();
        RawClient client(port());
        client.send(uploadRequest(alice(), filePart(QByteArray(100'000, 'x'))).left(900));
        QTRY_COMPARE(client.status(), 408);
        QTRY_VERIFY(storedFiles().isEmpty());
    }

    void aClientThatWaitsForPermissionGetsIt()
    {
        const QByteArray request = uploadRequest(alice() + "Expect: 100-continue\r\n", filePart(kPng));
        const qsizetype headSize = request.indexOf("\r\n\r\n") + 4;
        RawClient client(port());
        client.send(request.left(headSize));
        QTRY_VERIFY(client.received().startsWith("HTTP/1.1 100 Continue\r\n\r\n"));
        client.send(request.mid(headSize));
        QTRY_VERIFY(client.received().contains("HTTP/1.1 200 OK"));
    }

    void t27NamesOfClientsNeverReachTheDisk()
    {
        const QByteArray evil = "../../../../evil\r\n.sh";
        ask(port(), uploadRequest(alice(), filePart(kPng, "../../evil.sh")));
        ask(port(), uploadRequest(alice(), filePart(kPng, evil)));
        for (const QFileInfo &file : storedFiles())
            QVERIFY2(!file.fileName().contains(QLatin1String("evil")), qPrintable(file.filePath()));
        for (const char *path : {"..%2f..%2fkey", "../../key", "%2e%2e/key", "key", "pending",
                 "%00", "%c0%ae%c0%ae/key", "....//key"}) {
            const QString url = QLatin1String("/v0/file/s/") + QLatin1String(path);
            QCOMPARE(ask(port(), downloadRequest(alice(), url)).status, 404);
        }
    }

    void t34FilesAreTheOwnersOnly()
    {
        upload(kPng);
        const QFileInfo file = storedFiles().value(0);
        constexpr auto kFile = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
        constexpr auto kAll = QFileDevice::ReadGroup | QFileDevice::WriteGroup
            | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::WriteOther
            | QFileDevice::ExeOther | QFileDevice::ExeOwner;
        QVERIFY((file.permissions() & (kFile | kAll)) == kFile);
        const QFileInfo folder(file.path());
        QVERIFY((folder.permissions() & (kFile | kAll)) == (kFile | QFileDevice::ExeOwner));
    }

    void aVanishedFileIsNotFound()
    {
        const QString url = upload(kPng);
        QVERIFY(QFile::remove(storedFiles().value(0).filePath()));
        QCOMPARE(ask(port(), downloadRequest(alice(), url)).status, 404);
        const QString cut = upload(kPng + "more");
        QVERIFY(QFile::resize(storedFiles().value(0).filePath(), 3));
        QCOMPARE(ask(port(), downloadRequest(alice(), cut)).status, 404);
    }

    void filesSurviveARestart()
    {
        const QString url = upload(kPng);
        m_server->restart();
        QCOMPARE(ask(port(), downloadRequest(alice(), url)).body, kPng);
    }

private:
    quint16 port() const { return m_server->port(); }
    QByteArray alice() const { return signedBy(m_alice->token); }
    QString upload(const QByteArray &content) const
    {
        return ask(port(), uploadRequest(alice(), filePart(content))).url();
    }
    QList<QFileInfo> storedFiles() const
    {
        QList<QFileInfo> files;
        QDirIterator all(m_server->options().dataDir + QLatin1String("/files"), QDir::Files,
            QDirIterator::Subdirectories);
        while (all.hasNext())
            files.append(QFileInfo(all.next()));
        return files;
    }

    const QByteArray kPng = QByteArray("\x89PNG\r\n\x1a\n", 8);
    std::unique_ptr<RunningServer> m_server;
    std::unique_ptr<ChatClient> m_alice;
};

QTEST_GUILESS_MAIN(TestHttpFiles)
#include "tst_httpfiles.moc"
