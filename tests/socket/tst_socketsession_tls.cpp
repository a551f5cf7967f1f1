#include "sessionspies.h"

#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QWebSocket>
#include <QWebSocketServer>
#include <QtTest>

using namespace confab;

/// Certificates are checked and the refusal says why. Keys are made for each run by openssl(1): none
/// is kept in the tree, and none can expire there.
class TestSocketSessionTls : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();

    void trustedServerOpensAndIsDescribed();
    void selfSignedServerIsRefused();
    void certificateForAnotherHostIsRefused();
    void expiredCertificateIsRefused();
    void serverWithoutTlsIsRefused();

private:
    void makeCertificate(const QString &name, const QString &altName, int days);
    void serve(const QString &name);
    void trust(const QString &name);
    QSslCertificate certificate(const QString &name) const;
    QString path(const QString &name, const char *suffix) const
    {
        return m_dir.filePath(name + u'.' + QLatin1String(suffix));
    }
    void expectTlsFailure(const QString &partOfDetail);

    QTemporaryDir m_dir;
    QSslConfiguration m_defaults = QSslConfiguration::defaultConfiguration();
    std::unique_ptr<QWebSocketServer> m_server;
};

void TestSocketSessionTls::initTestCase()
{
    QVERIFY(m_dir.isValid());
    makeCertificate(QStringLiteral("here"), QStringLiteral("IP:127.0.0.1"), 30);
    makeCertificate(QStringLiteral("elsewhere"), QStringLiteral("DNS:elsewhere.example"), 30);
    makeCertificate(QStringLiteral("expired"), QStringLiteral("IP:127.0.0.1"), -1);
}

void TestSocketSessionTls::cleanup()
{
    m_server.reset();
    QSslConfiguration::setDefaultConfiguration(m_defaults);
}

void TestSocketSessionTls::makeCertificate(const QString &name, const QString &altName, int days)
{
    const auto openssl = [](const QString &arguments) {
        QProcess process;
        process.start(QStringLiteral("openssl"), QProcess::splitCommand(arguments));
        QVERIFY2(process.waitForFinished(), "the openssl command is missing");
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    };
    openssl(QStringLiteral("req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
                           "-subj \"/CN=Confab test %1\" -addext subjectAltName=%2 "
                           "-keyout \"%3\" -out \"%4\"")
                .arg(name, altName, path(name, "key"), path(name, "csr")));
    openssl(QStringLiteral("x509 -req -in \"%1\" -key \"%2\" -copy_extensions copy -days %3 "
                           "-out \"%4\"")
                .arg(path(name, "csr"), path(name, "key"), QString::number(days),
                    path(name, "crt")));
}

QSslCertificate TestSocketSessionTls::certificate(const QString &name) const
{
    return QSslCertificate::fromPath(path(name, "crt")).value(0);
}

void TestSocketSessionTls::serve(const QString &name)
{
    QFile keyFile(path(name, "key"));
    QVERIFY(keyFile.open(QIODevice::ReadOnly));
    QSslConfiguration tls;
    tls.setLocalCertificate(certificate(name));
    tls.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
    QVERIFY(!tls.localCertificate().isNull());
    QVERIFY(!tls.privateKey().isNull());
    m_server = std::make_unique<QWebSocketServer>(
        QStringLiteral("tls"), QWebSocketServer::SecureMode);
    m_server->setSslConfiguration(tls);
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
}

void TestSocketSessionTls::trust(const QString &name)
{
    QSslConfiguration tls = m_defaults;
    tls.addCaCertificate(certificate(name));
    QSslConfiguration::setDefaultConfiguration(tls);
}

void TestSocketSessionTls::expectTlsFailure(const QString &partOfDetail)
{
    WatchedSession watched;
    watched.session.open(m_server->serverUrl());
    QTRY_COMPARE(watched.closed.size(), 1);
    QCOMPARE(watched.info().cause, CloseCause::TlsFailed);
    QVERIFY2(watched.info().detail.contains(partOfDetail, Qt::CaseInsensitive),
        qPrintable(watched.info().detail));
    QVERIFY(watched.opened.isEmpty());
    QVERIFY(!m_server->hasPendingConnections());
    QCoreApplication::processEvents();
    QCOMPARE(watched.closed.size(), 1);
}

void TestSocketSessionTls::trustedServerOpensAndIsDescribed()
{
    serve(QStringLiteral("here"));
    trust(QStringLiteral("here"));
    WatchedSession watched;
    watched.session.open(m_server->serverUrl());
    QTRY_COMPARE(watched.opened.size(), 1);
    const PeerInfo peer = watched.session.peer();
    QVERIFY(peer.encrypted);
    QVERIFY(peer.tlsProtocol.startsWith(QLatin1String("TLS 1.")));
    QCOMPARE(peer.certificateExpiry,
        certificate(QStringLiteral("here")).expiryDate().toUTC().date().toString(Qt::ISODate));
    QCOMPARE(peer.certificateIssuer, QStringLiteral("Confab test here"));
}

void TestSocketSessionTls::selfSignedServerIsRefused()
{
    serve(QStringLiteral("here"));
    expectTlsFailure(QStringLiteral("self-signed"));
}

void TestSocketSessionTls::certificateForAnotherHostIsRefused()
{
    serve(QStringLiteral("elsewhere"));
    trust(QStringLiteral("elsewhere"));
    expectTlsFailure(QStringLiteral("host name"));
}

void TestSocketSessionTls::expiredCertificateIsRefused()
{
    serve(QStringLiteral("expired"));
    trust(QStringLiteral("expired"));
    expectTlsFailure(QStringLiteral("expired"));
}

void TestSocketSessionTls::serverWithoutTlsIsRefused()
{
    QTcpServer plain;
    connect(&plain, &QTcpServer::newConnection, &plain,
        [&] { plain.nextPendingConnection()->write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    WatchedSession watched;
    watched.session.open(QUrl(QStringLiteral("wss://127.0.0.1:%1/").arg(plain.serverPort())));
    QTRY_COMPARE(watched.closed.size(), 1);
    QCOMPARE(watched.info().cause, CloseCause::TlsFailed);
}

QTEST_GUILESS_MAIN(TestSocketSessionTls)
#include "tst_socketsession_tls.moc"
