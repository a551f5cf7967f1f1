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

    void sharingStartsAgainOnTheSamePortForEverybody()
    {
        const QTemporaryDir dir;
        LocalServerHost host(dir.path());
        const QUrl url = address(host);
        QVERIFY(!host.isShared());
        QCOMPARE(host.addresses(), QStringList(QStringLiteral("ws://127.0.0.1:%1").arg(url.port())));
        QSignalSpy available(&host, &LocalServerHost::available);
        QSignalSpy failed(&host, &LocalServerHost::failed);
        host.setShared(true);
        QTRY_COMPARE(available.size(), 1);
        QVERIFY(failed.isEmpty());
        QCOMPARE(available.at(0).at(0).toUrl(), url); // for programs of this computer nothing changes
        QVERIFY(host.isShared());
        // Any other address of this computer is answered now, as a neighbour's would be.
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.2"), quint16(url.port()));
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        host.setShared(false);
        QTRY_COMPARE(available.size(), 2);
        QTcpSocket neighbour;
        neighbour.connectToHost(QStringLiteral("127.0.0.2"), quint16(url.port()));
        QTRY_COMPARE(neighbour.error(), QAbstractSocket::ConnectionRefusedError);
        QVERIFY(!host.isShared());
    }

    void theChoiceToShareIsKept()
    {
        const QTemporaryDir dir;
        {
            LocalServerHost host(dir.path());
            host.setShared(true);
        }
        LocalServerHost host(dir.path());
        QVERIFY(host.isShared());
        const QUrl url = address(host);
        QCOMPARE(url.host(), QStringLiteral("127.0.0.1"));
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.2"), quint16(url.port()));
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    }

    void aBackupIsWrittenWhileItRuns()
    {
        const QTemporaryDir dir;
        LocalServerHost host(dir.filePath(QStringLiteral("server")));
        address(host);
        QSignalSpy backedUp(&host, &LocalServerHost::backedUp);
        QSignalSpy progressed(&host, &LocalServerHost::backupProgressed);
        const QString file = dir.filePath(QStringLiteral("b.tar"));
        host.backUp(file);
        QTRY_COMPARE(backedUp.size(), 1);
        QCOMPARE(backedUp.at(0).at(1).toString(), QString());
        QVERIFY(QFile::exists(file));
        QCOMPARE(progressed.last().at(0).toInt(), 100);
        host.backUp(dir.filePath(QStringLiteral("nowhere/b.tar")));
        QTRY_COMPARE(backedUp.size(), 2);
        QVERIFY(backedUp.at(1).at(1).toString().endsWith(u'.'));
    }

    void accountsAreManagedWhileTheServerRuns()
    {
        const QTemporaryDir dir;
        LocalServerHost host(dir.filePath(QStringLiteral("server")));
        address(host);
        LocalAccounts &accounts = host.accounts();
        QSignalSpy finished(&accounts, &LocalAccounts::finished);
        QList<server::AccountRow> rows;
        int lists = 0;
        connect(
            &accounts, &LocalAccounts::listed, this, [&](const QList<server::AccountRow> &listed) {
                rows = listed;
                ++lists;
            });
        accounts.add(QStringLiteral("carol"), QStringLiteral("a secret"), QStringLiteral("Carol"));
        accounts.add(QStringLiteral("carol"), QStringLiteral("a secret"), QString());
        QTRY_COMPARE(lists, 2);
        QCOMPARE(finished.value(0).value(0).toString(), QString());
        QVERIFY(finished.value(1).value(0).toString().contains(QLatin1String("carol")));
        QCOMPARE(rows.size(), 1); // not Echo, whom nobody signs in as
        QCOMPARE(rows.at(0).name, QStringLiteral("Carol"));
        accounts.setDisabled(QStringLiteral("carol"), true);
        QTRY_COMPARE(lists, 3);
        QVERIFY(rows.at(0).isDisabled);
        accounts.setPassword(QStringLiteral("carol"), QStringLiteral("x"));
        QTRY_COMPARE(lists, 4);
        QVERIFY(!finished.value(3).value(0).toString().isEmpty());
        accounts.remove(QStringLiteral("carol"));
        QTRY_COMPARE(lists, 5);
        QVERIFY(rows.isEmpty());
        QSignalSpy invited(&accounts, &LocalAccounts::invited);
        accounts.makeInvite(3, 7);
        QTRY_COMPARE(invited.size(), 1);
        QVERIFY(!invited.at(0).at(0).toString().isEmpty());
    }

    void theChoiceToInviteIsKept()
    {
        const QTemporaryDir dir;
        LocalServerHost host(dir.path());
        address(host);
        QVERIFY(!host.isByInvite());
        host.setByInvite(true);
        QVERIFY(LocalServerHost(dir.path()).isByInvite());
        host.setByInvite(false);
        QVERIFY(!host.isByInvite());
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
