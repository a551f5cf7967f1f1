#include "chatclient.h"

#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace {

const QString kProgram = QStringLiteral(CONFAB_BIN_DIR "/confabd");

struct Outcome {
    int code = -1;
    QString out;
    QString err;
};

Outcome run(const QStringList &arguments)
{
    QProcess process;
    process.start(kProgram, arguments);
    process.waitForFinished();
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

}

/// The program confabd as its users see it.
class TestServerProcess : public QObject
{
    Q_OBJECT

private slots:
    void servesUntilItIsToldToStop_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }
    void servesUntilItIsToldToStop()
    {
        QFETCH(int, signal);
        QTemporaryDir folder;
        const QString data = folder.filePath(QStringLiteral("data"));
        QProcess process;
        process.start(kProgram,
            {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"), QStringLiteral("--data"),
                data});
        QTRY_VERIFY(process.canReadLine());
        const QByteArray line = process.readLine().trimmed();
        QVERIFY2(line.startsWith("Listening on ws://127.0.0.1:"), line.constData());

        QUrl url(QString::fromLatin1(line.mid(13)));
        url.setPath(QStringLiteral("/v0/channels"));
        QFile limits(QStringLiteral("/proc/%1/limits").arg(process.processId()));
        QVERIFY(limits.open(QIODevice::ReadOnly));
        static const QRegularExpression kNoCore(QStringLiteral("\nMax core file size +0 +0 "));
        QVERIFY(QString::fromLatin1(limits.readAll()).contains(kNoCore)); // T38
        ChatClient client(url);
        client.signUp(QStringLiteral("alice"));
        QCOMPARE(QFileInfo(data).permissions() & ~QFileInfo(folder.path()).permissions(),
            QFile::Permissions());
        for (const QFileInfo &file : QDir(data).entryInfoList(QDir::Files))
            QCOMPARE(file.permissions() & 0x0077, QFile::Permissions());

        ::kill(static_cast<pid_t>(process.processId()), signal);
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        QTRY_COMPARE(client.codeFor(QString()), 205);
        const QByteArray log = process.readAllStandardError();
        QVERIFY2(log.contains("stopped"), log.constData());
        QVERIFY(!log.contains("a long password"));
    }

    void saysWhyItCanNotStart()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        QTemporaryDir folder;
        const Outcome outcome = run({QStringLiteral("--data"), folder.path(),
            QStringLiteral("--listen"), QStringLiteral("127.0.0.1:%1").arg(other.serverPort())});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains(QStringLiteral("already in use")), qPrintable(outcome.err));
        QVERIFY(outcome.out.isEmpty());
    }

    void wrongArgumentsAreExplained_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char *name, const QString &words) {
            QTest::newRow(name) << words.split(u' ', Qt::SkipEmptyParts);
        };
        row("no data folder", {});
        row("unknown option", QStringLiteral("--data /x --fast"));
        row("a stray word", QStringLiteral("--data /x start"));
        row("no value", QStringLiteral("--data"));
        row("a name to listen on", QStringLiteral("--data /x --listen example.org:1"));
        row("a port that is none", QStringLiteral("--data /x --listen 127.0.0.1:http"));
        row("a port too large", QStringLiteral("--data /x --listen 127.0.0.1:65536"));
        row("neither yes nor no", QStringLiteral("--data /x --allow-register maybe"));
        row("a rate below 0", QStringLiteral("--data /x --rate=-1"));
        row("no connections at all", QStringLiteral("--data /x --connections-per-address 0"));
    }
    void wrongArgumentsAreExplained()
    {
        QFETCH(QStringList, arguments);
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.trimmed().endsWith(u'.'), qPrintable(outcome.err));
        QVERIFY(outcome.out.isEmpty());
    }

    void tellsItsVersionAndHowToUseIt()
    {
        const Outcome version = run({QStringLiteral("--version")});
        QCOMPARE(version.code, 0);
        QCOMPARE(version.out, QStringLiteral("confabd " CONFAB_VERSION "\n"));
        const Outcome help = run({QStringLiteral("--help")});
        QCOMPARE(help.code, 0);
        QVERIFY(help.out.contains(QStringLiteral("--allow-register")));
        QVERIFY(help.out.contains(QStringLiteral("Examples:")));
    }
};

QTEST_GUILESS_MAIN(TestServerProcess)
#include "tst_serverprocess.moc"
