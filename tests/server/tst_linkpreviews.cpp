#include "server/preview/linkpreviews.h"
#include "server/preview/pagehead.h"
#include "server/preview/publicaddress.h"
#include "wire/jsonline.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <optional>

using namespace confab::server;
using Failure = LinkPreviews::Failure;

namespace {

/// The smallest picture there is.
QByteArray pixel()
{
    return QByteArray::fromBase64(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
        "awAAAABJRU5ErkJggg==");
}

QByteArray ok(const QByteArray &type, const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

QByteArray moved(const QByteArray &where)
{
    return "HTTP/1.1 302 Found\r\nLocation: " + where
        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
}

/// The web, as far as these tests need it: answers by path, and keeps the requests.
class SmallWeb : public QTcpServer
{
public:
    SmallWeb()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                const QByteArray head = socket->readAll();
                requests.append(head);
                const QByteArray answer = answers.value(head.split(' ').value(1));
                if (answer.isEmpty())
                    return; // never
                socket->write(answer);
                socket->disconnectFromHost();
            });
        });
    }
    QUrl url(const QString &host, const QString &path) const
    {
        return QUrl(QStringLiteral("http://%1:%2%3").arg(host).arg(serverPort()).arg(path));
    }

    QHash<QByteArray, QByteArray> answers;
    QList<QByteArray> requests;
};

}

/// What is behind a link, and where nobody gets by one (reliability.md T16).
class TestLinkPreviews : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<SmallWeb> m_web;
    QHash<QString, QList<QHostAddress>> m_names;
    QStringList m_resolved;
    std::unique_ptr<LinkPreviews> m_previews;

    std::optional<LinkPreviews::Found> find(const QUrl &url)
    {
        std::optional<LinkPreviews::Found> result;
        QObject context;
        m_previews->find(url, &context, [&](const LinkPreviews::Found &found) { result = found; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(result, 15'000); }();
        return result;
    }
    /// The failure, or nothing when something was found.
    std::optional<Failure> failure(const QUrl &url)
    {
        const auto found = find(url);
        return found && !*found ? std::optional(found->error()) : std::nullopt;
    }

private slots:
    void init()
    {
        m_web = std::make_unique<SmallWeb>();
        m_names = {{QStringLiteral("web.test"), {QHostAddress(QHostAddress::LocalHost)}}};
        m_resolved.clear();
        WebAccess access;
        access.resolve = [this](const QString &host, QObject *context,
                             const WebAccess::Resolved &resolved) {
            m_resolved.append(host);
            const QList<QHostAddress> addresses = m_names.value(host);
            QMetaObject::invokeMethod(
                context, [resolved, addresses] { resolved(addresses); }, Qt::QueuedConnection);
        };
        // 127.0.0.1 stands for the public web, everything else is judged as it is.
        access.mayConnect = [](const QHostAddress &address, quint16) {
            return address == QHostAddress(QHostAddress::LocalHost) || isPublicAddress(address);
        };
        m_previews = std::make_unique<LinkPreviews>(access);
    }
    void cleanup()
    {
        m_previews.reset();
        m_web.reset();
    }

    void t16AddressesThatAreNotPublicAreKnown_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isPublic");
        for (const char *address : {"127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "100.64.0.1",
                 "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.2.1",
                 "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "255.255.255.255",
                 "::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1",
                 "2001::1", "2002:7f00:1::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
                 "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"})
            QTest::newRow(address) << QString::fromLatin1(address) << false;
        for (const char *address : {"8.8.8.8", "172.32.0.1", "100.128.0.1", "192.167.255.255",
                 "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808", "::ffff:8.8.8.8"})
            QTest::newRow(address) << QString::fromLatin1(address) << true;
    }
    void t16AddressesThatAreNotPublicAreKnown()
    {
        QFETCH(QString, address);
        QFETCH(bool, isPublic);
        QCOMPARE(isPublicAddress(QHostAddress(address)), isPublic);
    }

    void onlyPublicWebServersAreVisited()
    {
        const WebAccess access = WebAccess::publicWeb();
        QVERIFY(access.mayConnect(QHostAddress(QStringLiteral("8.8.8.8")), 443));
        QVERIFY(!access.mayConnect(QHostAddress(QStringLiteral("8.8.8.8")), 22));
        QVERIFY(!access.mayConnect(QHostAddress(QHostAddress::LocalHost), 80));
    }

    void aPageIsDescribedWithItsPicture()
    {
        m_web->answers["/page"] = ok("text/html; charset=utf-8",
            "<!doctype html><title>Plain</title><meta property='og:title' "
            "content='Gr&uuml;&szlig;e "
            "\n aus Wien'><meta name=description content='One two'><meta property='og:image' "
            "content='/a.png'></head><body>");
        m_web->answers["/a.png"] = ok("text/plain", pixel());
        const auto found = find(m_web->url(QStringLiteral("web.test"), QStringLiteral("/page")));
        QVERIFY(found && *found);
        const LinkPreview &preview = **found;
        QCOMPARE(preview.title, QStringLiteral("Grüße aus Wien"));
        QCOMPARE(preview.description, QStringLiteral("One two"));
        QCOMPARE(preview.site, QStringLiteral("web.test"));
        QCOMPARE(preview.imageType, QByteArray("image/png"));
        QCOMPARE(preview.image, pixel());
        const auto json = confab::wire::JsonLineReader::parse(preview.json());
        QVERIFY(json);
        QCOMPARE(json->text(QStringLiteral("title")), preview.title);
        QCOMPARE(json->text(QStringLiteral("image_url")),
            m_web->url(QStringLiteral("web.test"), QStringLiteral("/a.png")).toString());
        const auto image = confab::wire::JsonLineReader::parse(
            json->bytes(QStringLiteral("image")).value_or(QByteArray()));
        QVERIFY(image);
        QCOMPARE(image->text(QStringLiteral("val")), QString::fromLatin1(pixel().toBase64()));
    }

    void aVisitTellsTheSiteNothing()
    {
        m_web->answers["/page"]
            = "HTTP/1.1 200 OK\r\nSet-Cookie: id=7\r\nContent-Type: text/html\r\n"
              "Connection: close\r\n\r\n<title>T</title>"
              "<meta property=og:image content='/two'>";
        m_web->answers["/two"] = ok("image/png", pixel());
        find(m_web->url(QStringLiteral("web.test"), QStringLiteral("/page")));
        QCOMPARE(m_web->requests.size(), 2);
        for (const QByteArray &request : std::as_const(m_web->requests)) {
            QVERIFY2(request.contains("\r\nHost: web.test:"), request.constData());
            for (const char *name : {"cookie:", "authorization:", "referer:", "x-forwarded"})
                QVERIFY2(!request.toLower().contains(name), request.constData());
        }
    }

    void whatWasFoundIsKept()
    {
        m_web->answers["/page"] = ok("text/html", "<title>T</title>");
        const QUrl url = m_web->url(QStringLiteral("web.test"), QStringLiteral("/page"));
        find(url);
        const auto again = find(url);
        QVERIFY(again && *again);
        QCOMPARE((*again)->title, QStringLiteral("T"));
        QCOMPARE(m_web->requests.size(), 1);
    }

    void t16PlacesThatAreNotPublicAreNotVisited_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("this machine") << QStringLiteral("http://127.0.0.2:%1/");
        QTest::newRow("as a number") << QStringLiteral("http://2130706434:%1/");
        QTest::newRow("in hexadecimal") << QStringLiteral("http://0x7f.0.0.2:%1/");
        QTest::newRow("in IPv6") << QStringLiteral("http://[::1]:%1/");
        QTest::newRow("mapped") << QStringLiteral("http://[::ffff:127.0.0.2]:%1/");
        QTest::newRow("by name") << QStringLiteral("http://inside.test:%1/");
        QTest::newRow("metadata") << QStringLiteral("http://169.254.169.254/latest");
        QTest::newRow("redirected") << QStringLiteral("http://web.test:%1/to-inside");
        QTest::newRow("redirected to an address")
            << QStringLiteral("http://web.test:%1/to-loopback");
    }
    void t16PlacesThatAreNotPublicAreNotVisited()
    {
        QFETCH(QString, url);
        m_names[QStringLiteral("inside.test")]
            = {QHostAddress(QStringLiteral("10.0.0.1")), QHostAddress(QStringLiteral("127.0.0.2"))};
        for (const char *number : {"2130706434", "0x7f.0.0.2"})
            m_names[QLatin1String(number)] = {QHostAddress(QStringLiteral("127.0.0.2"))};
        m_web->answers["/to-inside"] = moved("http://inside.test/");
        m_web->answers["/to-loopback"] = moved("http://127.0.0.2/");
        if (url.contains(u'%'))
            url = url.arg(m_web->serverPort());
        QCOMPARE(failure(QUrl(url)), Failure::NotPublic);
        QVERIFY(m_web->requests.size() <= 1);
    }

    void t16ANameThatChangesItsMindIsAskedOnce()
    {
        // The connection goes to the address that was judged, whatever the name says by then.
        m_names[QStringLiteral("rebind.test")] = {QHostAddress(QHostAddress::LocalHost)};
        m_web->answers["/page"] = ok("text/html", "<title>T</title>");
        const QUrl url = m_web->url(QStringLiteral("rebind.test"), QStringLiteral("/page"));
        QObject context;
        bool isDone = false;
        m_previews->find(url, &context, [&](const LinkPreviews::Found &) { isDone = true; });
        QTRY_COMPARE(m_resolved.size(), 1);
        m_names[QStringLiteral("rebind.test")] = {QHostAddress(QStringLiteral("127.0.0.2"))};
        QTRY_VERIFY(isDone);
        QCOMPARE(m_resolved, QStringList(QStringLiteral("rebind.test")));
        QCOMPARE(m_web->requests.size(), 1);
    }

    void onlyTheWebIsVisited_data()
    {
        QTest::addColumn<QString>("url");
        for (const char *url :
            {"file:///etc/passwd", "ftp://web.test/", "gopher://web.test/", "//web.test/",
                "web.test", "", "http:///x", "http://user:secret@web.test/", "javascript:1"})
            QTest::newRow(url) << QString::fromLatin1(url);
        QTest::newRow("endless") << QStringLiteral("http://web.test/") + QString(4000, u'x');
    }
    void onlyTheWebIsVisited()
    {
        QFETCH(QString, url);
        QCOMPARE(failure(QUrl(url, QUrl::StrictMode)), Failure::BadAddress);
        QVERIFY(m_resolved.isEmpty());
    }

    void t16ThreeRedirectsAreFollowedAndNoMore()
    {
        for (int i = 0; i < 4; ++i)
            m_web->answers["/" + QByteArray::number(i)] = moved("/" + QByteArray::number(i + 1));
        m_web->answers["/4"] = ok("text/html", "<title>There</title>");
        const auto from = [this](int i) {
            return m_web->url(QStringLiteral("web.test"), QStringLiteral("/%1").arg(i));
        };
        const auto near = find(from(1));
        QVERIFY(near && *near);
        QCOMPARE((*near)->url, from(4));
        QCOMPARE(failure(from(0)), Failure::Unreachable);
    }

    void t16WhatIsTooLargeIsCut()
    {
        // Endless, so that only a limit ends it.
        m_web->answers["/page"]
            = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Long</title>"
            + QByteArray(2 * 1024 * 1024, ' ');
        m_web->answers["/picture"] = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + pixel()
            + QByteArray(2 * 1024 * 1024, ' ');
        const auto page = find(m_web->url(QStringLiteral("web.test"), QStringLiteral("/page")));
        QVERIFY(page && *page);
        QCOMPARE((*page)->title, QStringLiteral("Long"));
        QCOMPARE(failure(m_web->url(QStringLiteral("web.test"), QStringLiteral("/picture"))),
            Failure::Nothing);
    }

    void aPictureIsOneByItsBytesOnly()
    {
        m_web->answers["/a"] = ok("application/octet-stream", pixel());
        m_web->answers["/b"] = ok("image/png", "<svg onload=alert(1)>");
        const auto picture = find(m_web->url(QStringLiteral("web.test"), QStringLiteral("/a")));
        QVERIFY(picture && *picture);
        QCOMPARE((*picture)->imageType, QByteArray("image/png"));
        QCOMPARE(failure(m_web->url(QStringLiteral("web.test"), QStringLiteral("/b"))),
            Failure::Nothing);
    }

    void aSiteThatFailsOrIsSilentEndsIt()
    {
        m_web->answers["/gone"]
            = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nConnection: "
              "close\r\n\r\n<title>Gone</title>";
        QCOMPARE(failure(m_web->url(QStringLiteral("web.test"), QStringLiteral("/gone"))),
            Failure::Unreachable);
        QCOMPARE(failure(m_web->url(QStringLiteral("nowhere.test"), QStringLiteral("/"))),
            Failure::Unreachable);
        QCOMPARE(failure(m_web->url(QStringLiteral("web.test"), QStringLiteral("/never"))),
            Failure::TooSlow);
    }

    void onlySoManyAreLookedAtAtOnce()
    {
        QObject context;
        int busy = 0;
        for (int i = 0; i < 17; ++i) {
            m_previews->find(
                m_web->url(QStringLiteral("web.test"), QStringLiteral("/never%1").arg(i)), &context,
                [&](const LinkPreviews::Found &found) {
                    busy += !found && found.error() == Failure::Busy ? 1 : 0;
                });
        }
        QTRY_COMPARE(busy, 1);
    }

    void headsAreReadAsTheyAreWritten_data()
    {
        QTest::addColumn<QByteArray>("html");
        QTest::addColumn<QByteArray>("charset");
        QTest::addColumn<QString>("title");
        const QString umlaut = QStringLiteral("Müller");
        QTest::newRow("UTF-8 unsaid")
            << QByteArray("<title>M\xc3\xbcller</title>") << QByteArray() << umlaut;
        QTest::newRow("Latin 1 unsaid")
            << QByteArray("<title>M\xfcller</title>") << QByteArray() << umlaut;
        QTest::newRow("said by the server")
            << QByteArray("<title>M\xfcller</title>") << QByteArray("iso-8859-1") << umlaut;
        QTest::newRow("said by the page")
            << QByteArray("<meta charset=windows-1251><title>\xcc\xe8\xf0</title>") << QByteArray()
            << QStringLiteral("Мир");
        QTest::newRow("Japanese") << QByteArray("<title>\x93\xfa\x96{</title>")
                                  << QByteArray("shift_jis") << QStringLiteral("日本");
        QTest::newRow("unknown charset")
            << QByteArray("<title>T</title>") << QByteArray("klingon") << QStringLiteral("T");
        QTest::newRow("no head at all")
            << QByteArray("<p><title>T") << QByteArray() << QStringLiteral("T");
        QTest::newRow("turned round") << QByteArray("<title>a\xe2\x80\xae"
                                                    "b</title>")
                                      << QByteArray() << QStringLiteral("ab");
        QTest::newRow("markup stays text")
            << QByteArray("<title>&lt;b&gt;</title>") << QByteArray() << QStringLiteral("<b>");
        QTest::newRow("very long")
            << "<title>" + QByteArray(5000, 'x') + "</title>" << QByteArray() << QString(200, u'x');
        QTest::newRow("deep") << QByteArray("<div>").repeated(100'000) + "<title>T</title>"
                              << QByteArray() << QStringLiteral("T");
        QTest::newRow("nothing") << QByteArray() << QByteArray() << QString();
    }
    void headsAreReadAsTheyAreWritten()
    {
        QFETCH(QByteArray, html);
        QFETCH(QByteArray, charset);
        QFETCH(QString, title);
        QCOMPARE(
            readPageHead(html, charset, QUrl(QStringLiteral("http://web.test/"))).title, title);
    }

    void aPictureHasAnAddressOfTheWeb_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QString>("image");
        QTest::newRow("beside") << QByteArray("<meta property=og:image content='b.png'>")
                                << QStringLiteral("http://web.test/dir/b.png");
        QTest::newRow("by the base") << QByteArray("<base href='https://cdn.test/x/'>"
                                                   "<meta name=twitter:image content='b.png'>")
                                     << QStringLiteral("https://cdn.test/x/b.png");
        QTest::newRow("data") << QByteArray(
            "<meta property=og:image content='data:image/png;base64,aa'>")
                              << QString();
        QTest::newRow("file") << QByteArray("<meta property=og:image content='file:///etc/passwd'>")
                              << QString();
    }
    void aPictureHasAnAddressOfTheWeb()
    {
        QFETCH(QByteArray, head);
        QFETCH(QString, image);
        QCOMPARE(readPageHead(head, {}, QUrl(QStringLiteral("http://web.test/dir/page")))
                     .image.toString(),
            image);
    }
};

QTEST_GUILESS_MAIN(TestLinkPreviews)
#include "tst_linkpreviews.moc"
