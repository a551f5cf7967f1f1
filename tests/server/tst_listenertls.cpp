#include "runningserver.h"

#include <QProcess>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QWebSocket>

#include <memory>

using namespace confab;

/// The same port with a certificate: https and wss (design.md §8).
class TestListenerTls : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        makePair(QStringLiteral("rsa"), {QStringLiteral("rsa:2048")}, QStringLiteral("first"));
        makePair(QStringLiteral("ec"),
            {QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                QStringLiteral("ec_paramgen_curve:prime256v1")},
            QStringLiteral("second"));
    }

    void httpsAndWssShareThePort_data()
    {
        QTest::addColumn<QString>("pair");
        QTest::newRow("RSA") << QStringLiteral("rsa");
        QTest::newRow("EC") << QStringLiteral("ec");
    }
    void httpsAndWssShareThePort()
    {
        QFETCH(QString, pair);
        RunningServer server(optionsFor(pair));
        QCOMPARE(server.url().scheme(), QStringLiteral("wss"));

        QSslSocket https;
        connectTrusting(https, server.port());
        QTRY_VERIFY(https.isEncrypted());
        https.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QTRY_COMPARE(https.state(), QAbstractSocket::UnconnectedState);
        const QByteArray answer = https.readAll();
        QVERIFY(answer.startsWith("HTTP/1.1 200 OK\r\n"));
        QVERIFY(answer.endsWith("\r\n\r\nok\n"));

        QWebSocket wss;
        connect(&wss, &QWebSocket::sslErrors, &wss, [&wss] { wss.ignoreSslErrors(); });
        QSignalSpy received(&wss, &QWebSocket::textMessageReceived);
        wss.open(server.url(QStringLiteral("/echo")));
        QTRY_COMPARE(wss.state(), QAbstractSocket::ConnectedState);
        const QString text(200'000, QChar(0xe9));
        wss.sendTextMessage(QStringLiteral("hello"));
        wss.sendTextMessage(text.left(100'000));
        QTRY_COMPARE(received.size(), 2);
        QCOMPARE(received[0][0].toString(), QStringLiteral("hello"));
        QVERIFY(received[1][0].toString() == text.left(100'000));
    }

    void aRenewedCertificateIsUsedWithoutARestart()
    {
        server::ServerOptions options = optionsFor(QStringLiteral("renewed"));
        put(QStringLiteral("rsa"), options);
        RunningServer server(options);
        QCOMPARE(nameShownBy(server.port()), QStringLiteral("first"));
        put(QStringLiteral("ec"), options);
        QCOMPARE(nameShownBy(server.port()), QStringLiteral("second"));
        // Nonsense leaves the one that works.
        QFile key(options.tlsKey);
        QVERIFY(key.open(QIODevice::WriteOnly) && key.write("nonsense"));
        key.close();
        QCOMPARE(nameShownBy(server.port()), QStringLiteral("second"));
    }

    void wrongFilesAreNamedAtTheStart_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("words");
        const auto row
            = [](const char *name, const char *certificate, const char *key, const char *words) {
                  QTest::newRow(name) << QString::fromLatin1(certificate)
                                      << QString::fromLatin1(key) << QString::fromLatin1(words);
              };
        row("no key", "rsa.crt", "", "neither");
        row("missing certificate", "none.crt", "rsa.key", "can't be read");
        row("missing key", "rsa.crt", "none.key", "can't be read");
        row("swapped", "rsa.key", "rsa.crt", "holds no certificate");
        row("a certificate as the key", "rsa.crt", "rsa.crt", "no private key");
        row("another's key", "rsa.crt", "ec.key", "another certificate");
        row("another's certificate", "ec.crt", "rsa.key", "another certificate");
    }
    void wrongFilesAreNamedAtTheStart()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, key);
        QFETCH(QString, words);
        server::ServerOptions options;
        options.dataDir = m_folder.filePath(QStringLiteral("unused"));
        options.tlsCertificate = certificate.isEmpty() ? QString() : m_folder.filePath(certificate);
        options.tlsKey = key.isEmpty() ? QString() : m_folder.filePath(key);
        server::Server server(options);
        QSignalSpy failed(&server, &server::Server::failed);
        server.start();
        QCOMPARE(failed.size(), 1);
        QVERIFY2(failed[0][0].toString().contains(words), qPrintable(failed[0][0].toString()));
    }

    void t25AClientThatNeverEndsItsHandshakeIsDropped()
    {
        server::ServerOptions options = optionsFor(QStringLiteral("rsa"));
        options.handshakeTimeout = std::chrono::milliseconds(200);
        RunningServer server(options);
        QTcpSocket silent;
        silent.connectToHost(QStringLiteral("127.0.0.1"), server.port());
        QTRY_COMPARE(silent.state(), QAbstractSocket::ConnectedState);
        QTRY_COMPARE(silent.state(), QAbstractSocket::UnconnectedState);
        QTcpSocket plain;
        plain.connectToHost(QStringLiteral("127.0.0.1"), server.port());
        plain.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QTRY_COMPARE(plain.state(), QAbstractSocket::UnconnectedState);
        QVERIFY(!plain.readAll().contains("200 OK"));
    }

    void t24AReaderThatStopsIsDroppedOverTlsToo()
    {
        RunningServer server(optionsFor(QStringLiteral("rsa")));
        QSslSocket client;
        connectTrusting(client, server.port());
        QTRY_VERIFY(client.isEncrypted());
        client.setReadBufferSize(1024);
        client.write("GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        // Unmasked frames are accepted (reliability.md §1), which keeps this short.
        QByteArray frame("\x81\x7f", 2);
        const QByteArray payload(128 * 1024, 'x');
        for (int shift = 56; shift >= 0; shift -= 8)
            frame += char((quint64(payload.size()) >> shift) & 0xff);
        frame += payload;
        const auto isDropped = [&] {
            if (client.encryptedBytesToWrite() + client.bytesToWrite() < 1024 * 1024)
                client.write(frame);
            return client.state() == QAbstractSocket::UnconnectedState;
        };
        QVERIFY(QTest::qWaitFor(isDropped, 40'000));
    }

private:
    void makePair(const QString &name, const QStringList &kind, const QString &commonName)
    {
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"),
            QStringList{QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-nodes"),
                QStringLiteral("-newkey")}
                + kind
                + QStringList{QStringLiteral("-keyout"),
                    m_folder.filePath(name + QLatin1String(".key")), QStringLiteral("-out"),
                    m_folder.filePath(name + QLatin1String(".crt")), QStringLiteral("-days"),
                    QStringLiteral("2"), QStringLiteral("-subj"),
                    QLatin1String("/CN=") + commonName});
        QVERIFY(openssl.waitForFinished(30'000));
        QCOMPARE(openssl.exitCode(), 0);
    }
    server::ServerOptions optionsFor(const QString &pair) const
    {
        server::ServerOptions options;
        options.tlsCertificate = m_folder.filePath(pair + QLatin1String(".crt"));
        options.tlsKey = m_folder.filePath(pair + QLatin1String(".key"));
        return options;
    }
    /// As renewals do: new files under the old names.
    void put(const QString &pair, const server::ServerOptions &options) const
    {
        QFile::remove(options.tlsCertificate);
        QFile::remove(options.tlsKey);
        QVERIFY(
            QFile::copy(m_folder.filePath(pair + QLatin1String(".crt")), options.tlsCertificate));
        QVERIFY(QFile::copy(m_folder.filePath(pair + QLatin1String(".key")), options.tlsKey));
    }
    static void connectTrusting(QSslSocket &socket, quint16 port)
    {
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
    }
    static QString nameShownBy(quint16 port)
    {
        QSslSocket client;
        connectTrusting(client, port);
        if (!QTest::qWaitFor([&client] { return client.isEncrypted(); }))
            return {};
        return client.peerCertificate().subjectInfo(QSslCertificate::CommonName).value(0);
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestListenerTls)
#include "tst_listenertls.moc"
