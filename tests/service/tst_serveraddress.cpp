#include "service/serveraddress.h"

#include <QTest>

using namespace confab;

class tst_ServerAddress : public QObject
{
    Q_OBJECT

private slots:
    void whatPeopleTypeBecomesOneAddress_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("channels");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *name, const char *typed, const char *channels, const char *shown) {
            QTest::newRow(name) << QString::fromUtf8(typed) << QString::fromUtf8(channels)
                                << QString::fromUtf8(shown);
        };
        row("host is encrypted", "chat.example.org", "wss://chat.example.org/v0/channels",
            "wss://chat.example.org");
        row("host and port", "chat.example.org:6060", "wss://chat.example.org:6060/v0/channels",
            "wss://chat.example.org:6060");
        row("loopback is not encrypted", "localhost:6060", "ws://localhost:6060/v0/channels",
            "ws://localhost:6060");
        row("loopback number", "127.0.0.1:6060", "ws://127.0.0.1:6060/v0/channels",
            "ws://127.0.0.1:6060");
        row("IPv6 loopback", "::1", "ws://[::1]/v0/channels", "ws://[::1]");
        row("IPv6 with port", "[2001:db8::1]:6060", "wss://[2001:db8::1]:6060/v0/channels",
            "wss://[2001:db8::1]:6060");
        row("ws as asked for", "ws://chat.example.org", "ws://chat.example.org/v0/channels",
            "ws://chat.example.org");
        row("https is wss", "https://chat.example.org/", "wss://chat.example.org/v0/channels",
            "wss://chat.example.org");
        row("http is ws", "http://chat.example.org:8080", "ws://chat.example.org:8080/v0/channels",
            "ws://chat.example.org:8080");
        row("a pasted web address", "https://web.example.org/index.html?x=1",
            "wss://web.example.org/v0/channels", "wss://web.example.org");
        row("default port goes", "wss://chat.example.org:443", "wss://chat.example.org/v0/channels",
            "wss://chat.example.org");
        row("blanks around", "  Chat.Example.ORG \n", "wss://chat.example.org/v0/channels",
            "wss://chat.example.org");
    }

    void whatPeopleTypeBecomesOneAddress()
    {
        QFETCH(QString, typed);
        const auto address = parseTinodeAddress(typed);
        QVERIFY(address);
        QTEST(address->channels.toString(), "channels");
        QTEST(address->shown, "shown");
        QCOMPARE(address->encrypted, address->channels.scheme() == QLatin1String("wss"));
    }

    void nonsenseIsRefused_data()
    {
        QTest::addColumn<QString>("typed");
        for (const char *typed : {"", "   ", "ftp://chat.example.org", "chat example org", "wss://",
                 "chat.example.org:99999", "chat.example.org:0", "user:pass@chat.example.org",
                 "wss://chat.example.org#x", "javascript:alert(1)", "//", ":6060"})
            QTest::newRow(typed) << QString::fromUtf8(typed);
    }

    void nonsenseIsRefused()
    {
        QFETCH(QString, typed);
        const auto address = parseTinodeAddress(typed);
        QVERIFY2(!address, qPrintable(address ? address->shown : QString()));
        QCOMPARE(address.error().kind, ErrorKind::BadAddress);
        QVERIFY(!address.error().nextStep.isEmpty());
        QVERIFY(!parsePlainAddress(typed));
    }

    void plainAddressesKeepPathAndQuery()
    {
        const auto address = parsePlainAddress(QStringLiteral("wss://example.org/room/a?key=1"));
        QVERIFY(address);
        QCOMPARE(address->channels.toString(), QStringLiteral("wss://example.org/room/a?key=1"));
        // A query may hold a secret: it is not shown (design.md I11).
        QCOMPARE(address->shown, QStringLiteral("wss://example.org/room/a"));
        const auto bare = parsePlainAddress(QStringLiteral("example.org"));
        QVERIFY(bare);
        QCOMPARE(bare->channels.toString(), QStringLiteral("wss://example.org/"));
    }
};

QTEST_GUILESS_MAIN(tst_ServerAddress)
#include "tst_serveraddress.moc"
