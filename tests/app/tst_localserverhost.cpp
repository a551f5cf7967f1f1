#include "app/common/localserverhost.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace confab;

class tst_LocalServerHost : public QObject
{
    Q_OBJECT

private:
    static QUrl address(LocalServerHost &host)
    {
        QSignalSpy available(&host, &LocalServerHost::available);
        host.ensure();
        [&] { QTRY_VERIFY(!available.isEmpty()); }();
        return available.value(0).value(0).toUrl();
    }

private slots:
    void theFirstProgramHostsOnLoopback()
    {
        const QTemporaryDir dir;
        LocalServerHost host(dir.filePath(QStringLiteral("server")));
        const QUrl url = address(host);
        QVERIFY(host.isHosting());
        QCOMPARE(url.scheme(), QStringLiteral("ws"));
        QCOMPARE(url.host(), QStringLiteral("127.0.0.1"));
        QCOMPARE(url.path(), QStringLiteral("/v0/channels"));
        QTcpSocket socket;
        socket.connectToHost(url.host(), quint16(url.port()));
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    }

    void theSecondProgramUsesTheFirstOnesServer()
    {
        const QTemporaryDir dir;
        LocalServerHost first(dir.path());
        const QUrl url = address(first);
        LocalServerHost second(dir.path());
        QCOMPARE(address(second), url);
        QVERIFY(!second.isHosting());
    }

    void whenTheFirstEndsTheSecondTakesOverOnTheSamePort()
    {
        const QTemporaryDir dir;
        auto first = std::make_unique<LocalServerHost>(dir.path());
        const QUrl url = address(*first);
        LocalServerHost second(dir.path());
        QCOMPARE(address(second), url);
        first.reset();
        QCOMPARE(address(second), url);
        QVERIFY(second.isHosting());
    }

    void aPortThatWasTakenMeanwhileIsReplaced()
    {
        const QTemporaryDir dir;
        QUrl url;
        {
            LocalServerHost host(dir.path());
            url = address(host);
        }
        QTcpServer squatter;
        QVERIFY(squatter.listen(QHostAddress::LocalHost, quint16(url.port())));
        LocalServerHost host(dir.path());
        const QUrl other = address(host);
        QVERIFY(other.isValid());
        QVERIFY(other != url);
    }

    void aFolderThatCannotBeWrittenIsToldInASentence()
    {
        LocalServerHost host(QStringLiteral("/proc/confab"));
        QSignalSpy failed(&host, &LocalServerHost::failed);
        host.ensure();
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(failed.first().first().toString().contains(QLatin1String("/proc/confab")));
    }
};

QTEST_GUILESS_MAIN(tst_LocalServerHost)
#include "tst_localserverhost.moc"
