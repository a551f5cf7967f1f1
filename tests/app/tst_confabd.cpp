#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

const QString kProgram = QStringLiteral(CONFAB_BIN_DIR "/confabd");
const QString kManPages = QStringLiteral(CONFAB_SOURCE_DIR "/packaging/man");

struct Outcome {
    int code = -1;
    QString out;
    QString err;
};

Outcome run(const QString &program, const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished();
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

QStringList words(const QString &line)
{
    return line.split(u' ', Qt::SkipEmptyParts);
}

/// What sd_notify(3) sends to.
class NotifySocket
{
public:
    explicit NotifySocket(const QString &path)
        : m_fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, QFile::encodeName(path).constData(), sizeof address.sun_path - 1);
        ::bind(m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof address);
    }
    ~NotifySocket() { ::close(m_fd); }
    Q_DISABLE_COPY(NotifySocket)

    /// Everything so far, one datagram a line.
    const QByteArray &received()
    {
        char bytes[1024];
        for (ssize_t size; (size = ::recv(m_fd, bytes, sizeof bytes, 0)) > 0;)
            m_received += QByteArray(bytes, size) + '\n';
        return m_received;
    }

private:
    int m_fd;
    QByteArray m_received;
};

}

/// confabd as somebody who runs a server for others uses it.
class TestConfabd : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString at(const QString &name) const { return m_folder->filePath(name); }

    QString writeConfig(const QString &text)
    {
        const QString path = at(QStringLiteral("confabd.conf"));
        QFile file(path);
        if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            file.write(text.toUtf8());
        return path;
    }
    QString goodConfig()
    {
        return writeConfig(QStringLiteral("# a comment\nlisten = 127.0.0.1:0\n\ndata = %1\n"
                                          "allow-register = no\n")
                               .arg(at(QStringLiteral("data"))));
    }
    Outcome confabd(const QString &command, const QByteArray &input = {})
    {
        return run(kProgram,
            words(command) << QStringLiteral("--config") << at(QStringLiteral("confabd.conf")), input);
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void everyFlawOfAConfigurationIsNamedWithItsLine()
    {
        const QString path = writeConfig(
            QStringLiteral("data = /x\nlisten = example\nbogus = 1\nno equals sign\n"
                           "max-file-size = 3X\nallow-register = maybe\necho = 1\nrate = -1\n"
                           "metrics-from = here\ntoken-days = 0\ndata = /y\ntls-cert = /nowhere\n"));
        const Outcome outcome = confabd(QStringLiteral("check-config"));
        QCOMPARE(outcome.code, 1);
        const QStringList lines = outcome.err.split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 11);
        for (int i = 0; i < 10; ++i) {
            QVERIFY2(lines.at(i).startsWith(path + QStringLiteral(", line %1: ").arg(i + 2)),
                qPrintable(lines.at(i)));
            QVERIFY2(lines.at(i).endsWith(u'.'), qPrintable(lines.at(i)));
        }
        QVERIFY2(lines.last().contains(QStringLiteral("tls-key")), qPrintable(lines.last()));
    }

    void aGoodConfigurationIsCalledGood()
    {
        goodConfig();
        const Outcome outcome = confabd(QStringLiteral("check-config"));
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.err.isEmpty());
        QVERIFY(outcome.out.contains(QStringLiteral("good")));
        QVERIFY(!QDir(at(QStringLiteral("data"))).exists()); // only looked at
    }

    void theExampleConfigurationIsGood()
    {
        const Outcome outcome = run(kProgram,
            {QStringLiteral("check-config"), QStringLiteral("--config"),
                QStringLiteral(CONFAB_SOURCE_DIR "/packaging/confabd.conf")});
        QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
    }

    void theCommandLineCountsMoreThanTheFile()
    {
        writeConfig(QStringLiteral("data = %1\nallow-register = maybe\n").arg(at(QStringLiteral("data"))));
        QCOMPARE(confabd(QStringLiteral("user list")).code, 1);
        goodConfig();
        const QString other = at(QStringLiteral("other"));
        QCOMPARE(confabd(QStringLiteral("invite --data ") + other).code, 0);
        QVERIFY(QFile::exists(other + QStringLiteral("/confab.db")));
        QVERIFY(!QDir(at(QStringLiteral("data"))).exists());
    }

    void usersAreMadeListedAndDisabled()
    {
        goodConfig();
        QCOMPARE(confabd(QStringLiteral("user add Alice --name Ally"), "a secret\n").code, 0);
        QCOMPARE(confabd(QStringLiteral("user add bob"), "another").code, 0);
        QCOMPARE(confabd(QStringLiteral("user disable bob")).code, 0);
        const Outcome list = confabd(QStringLiteral("user list"));
        const QStringList lines = list.out.split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines.at(1).split(u'\t').value(0), QStringLiteral("alice"));
        QCOMPARE(lines.at(1).split(u'\t').value(5), QStringLiteral("Ally"));
        QCOMPARE(lines.at(2).split(u'\t').value(4), QStringLiteral("disabled"));
        QCOMPARE(confabd(QStringLiteral("user enable bob")).code, 0);
        QVERIFY(!confabd(QStringLiteral("user list")).out.contains(QStringLiteral("disabled")));
    }

    void wrongCommandsAreExplained_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<int>("code");
        QTest::newRow("no such command") << QStringLiteral("fly") << 2;
        QTest::newRow("half a command") << QStringLiteral("user") << 2;
        QTest::newRow("no login") << QStringLiteral("user add") << 2;
        QTest::newRow("a word too many") << QStringLiteral("user list all") << 2;
        QTest::newRow("no uses") << QStringLiteral("invite --uses 0") << 2;
        QTest::newRow("no password") << QStringLiteral("user add alice") << 1;
        QTest::newRow("nobody there") << QStringLiteral("user disable nobody") << 1;
        QTest::newRow("no backup there") << QStringLiteral("restore /nowhere/b.tar") << 1;
        QTest::newRow("no export there") << QStringLiteral("import /nowhere") << 1;
    }
    void wrongCommandsAreExplained()
    {
        QFETCH(QString, command);
        QFETCH(int, code);
        goodConfig();
        QCOMPARE(confabd(QStringLiteral("user add carol"), "secret").code, 0);
        const Outcome outcome = confabd(command);
        QCOMPARE(outcome.code, code);
        QVERIFY2(outcome.err.trimmed().endsWith(u'.'), qPrintable(outcome.err));
        QVERIFY(outcome.out.isEmpty());
    }

    void aServiceTellsHowItIs()
    {
        NotifySocket socket(at(QStringLiteral("notify")));
        const QString config = goodConfig();
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("NOTIFY_SOCKET"), at(QStringLiteral("notify")));
        process.setProcessEnvironment(environment);
        process.start(kProgram, {QStringLiteral("--config"), config});
        QTRY_VERIFY(socket.received().startsWith("READY=1\nSTATUS=Listening on ws://127.0.0.1:"));
        const auto pid = static_cast<pid_t>(process.processId());
        ::kill(pid, SIGHUP);
        QTRY_VERIFY(socket.received().contains("RELOADING=1\nREADY=1\n"));
        ::kill(pid, SIGTERM);
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
        QVERIFY(socket.received().endsWith("STOPPING=1\n"));
        QCOMPARE(process.exitCode(), 0);
    }

    void theLogIsOneLineAnEventWhateverIsInIt()
    {
        const QString config = goodConfig();
        QProcess process;
        process.start(kProgram, {QStringLiteral("--config"), config});
        QTRY_VERIFY(process.canReadLine());
        writeConfig(QStringLiteral("data = /x\nallow-register = \x1b[2J\" level=info\u2028next\u202e\n"));
        ::kill(static_cast<pid_t>(process.processId()), SIGHUP);
        QByteArray log;
        QTRY_VERIFY((log += process.readAllStandardError()).contains("event=configuration-refused"));
        process.terminate();
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
        log += process.readAllStandardError();
        for (const QByteArray &line : log.trimmed().split('\n'))
            QVERIFY2(line.startsWith("ts=20") && line.contains(" level=") && line.contains(" event="),
                line.constData());
        QVERIFY(!log.contains('\x1b'));
        QVERIFY2(log.contains("\\u001b[2J\\\" level=info\\u2028next\\u202e"), log.constData());
    }

    void manPagesHaveNoFlaw()
    {
        for (const QString &page : QDir(kManPages).entryList(QDir::Files)) {
            const Outcome outcome = run(QStringLiteral("groff"),
                {QStringLiteral("-man"), QStringLiteral("-Tutf8"), QStringLiteral("-ww"),
                    QStringLiteral("-z"), kManPages + u'/' + page});
            if (outcome.code == -1 || outcome.code == 127)
                QSKIP("groff is not installed");
            QVERIFY2(outcome.err.isEmpty(), qPrintable(outcome.err));
        }
    }

    void theManPageKnowsEverySetting()
    {
        QFile page(kManPages + QStringLiteral("/confabd.8"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString text
            = QString::fromUtf8(page.readAll()).replace(QLatin1String("\\-"), QLatin1String("-"));
        const Outcome help = run(kProgram, {QStringLiteral("--help")});
        int options = 0;
        for (const QString &line : help.out.split(u'\n')) {
            if (!line.startsWith(QLatin1String("  --")))
                continue;
            ++options;
            const QString name = line.trimmed().section(u' ', 0, 0).mid(2);
            QVERIFY2(text.contains(name), qPrintable(name));
        }
        QVERIFY(options > 20);
    }
};

QTEST_GUILESS_MAIN(TestConfabd)
#include "tst_confabd.moc"
