#include "server/server.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace confab;

namespace {

struct Outcome {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;

    QList<QJsonObject> objects() const
    {
        QList<QJsonObject> list;
        for (const QByteArray &line : out.split('\n')) {
            if (!line.isEmpty())
                list << QJsonDocument::fromJson(line).object();
        }
        return list;
    }
};

}

/// Runs the program as a script would, against a server of its own.
class tst_Confabctl : public QObject
{
    Q_OBJECT

private:
    Outcome run(const QString &profile, const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        start(process, profile, arguments);
        process.write(input);
        process.closeWriteChannel();
        Outcome outcome;
        [&] { QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60'000); }();
        outcome.exitCode = process.exitCode();
        outcome.out = process.readAllStandardOutput();
        outcome.err = process.readAllStandardError();
        return outcome;
    }

    void start(QProcess &process, const QString &profile, const QStringList &arguments)
    {
        process.setProgram(QStringLiteral(CONFAB_BIN_DIR "/confabctl"));
        process.setArguments(
            QStringList{QStringLiteral("--data-dir"), m_data.path(), QStringLiteral("--profile"), profile}
            + arguments);
        process.start();
    }

    Outcome create(const QString &user, const QString &name)
    {
        return run(user,
            {QStringLiteral("login"), m_address, QStringLiteral("--user"), user,
                QStringLiteral("--password-stdin"), QStringLiteral("--create"),
                QStringLiteral("--name"), name},
            "secret-of-" + user.toUtf8() + '\n');
    }

    QTemporaryDir m_data;
    QTemporaryDir m_serverData;
    QThread m_thread;
    server::Server *m_server = nullptr;
    QString m_address;

private slots:
    void initTestCase()
    {
        server::ServerOptions options;
        options.dataDir = m_serverData.path();
        m_server = new server::Server(options);
        m_server->moveToThread(&m_thread);
        m_thread.start();
        QSignalSpy started(m_server, &server::Server::started);
        QMetaObject::invokeMethod(m_server, &server::Server::start);
        QTRY_COMPARE(started.count(), 1);
        m_address = started.first().first().toUrl().toString();
        QCOMPARE(create(QStringLiteral("alice"), QStringLiteral("Alice")).exitCode, 0);
        QCOMPARE(create(QStringLiteral("robert"), QStringLiteral("Robert")).exitCode, 0);
    }

    void cleanupTestCase()
    {
        QSignalSpy stopped(m_server, &server::Server::stopped);
        QMetaObject::invokeMethod(m_server, &server::Server::stop);
        QTRY_COMPARE(stopped.count(), 1);
        m_server->deleteLater();
        m_thread.quit();
        m_thread.wait();
    }

    void helpListsExitCodesAndExamples()
    {
        const Outcome help = run(QStringLiteral("x"), {QStringLiteral("--help")});
        QCOMPARE(help.exitCode, 0);
        QVERIFY(help.out.contains("Exit codes:"));
        QVERIFY(help.out.contains("Examples:"));
    }

    void wrongArgumentsEndWithTwoAndASentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown command") << QStringList{QStringLiteral("sing")};
        QTest::newRow("unknown option") << QStringList{QStringLiteral("list"), QStringLiteral("--loud")};
        QTest::newRow("send without text")
            << QStringList{QStringLiteral("send"), QStringLiteral("grpX")};
        QTest::newRow("login without password")
            << QStringList{QStringLiteral("login"), QStringLiteral("h"), QStringLiteral("--user"),
                   QStringLiteral("u")};
        QTest::newRow("history of nothing") << QStringList{QStringLiteral("history"),
            QStringLiteral("x"), QStringLiteral("--limit"), QStringLiteral("none")};
    }

    void wrongArgumentsEndWithTwoAndASentence()
    {
        QFETCH(QStringList, arguments);
        const Outcome outcome = run(QStringLiteral("x"), arguments);
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY(outcome.err.startsWith("confabctl: "));
        QVERIFY(outcome.out.isEmpty());
    }

    void withoutAnAccountItSaysHowToGetOne()
    {
        const Outcome outcome = run(QStringLiteral("fresh"), {QStringLiteral("list")});
        QCOMPARE(outcome.exitCode, 4);
        QVERIFY(outcome.err.contains("confabctl login"));
    }

    void aWrongPasswordIsRefusedAndLeavesNoAccount()
    {
        const Outcome outcome = run(QStringLiteral("guess"),
            {QStringLiteral("login"), m_address, QStringLiteral("--user"), QStringLiteral("alice"),
                QStringLiteral("--password-stdin")},
            "wrong\n");
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY(outcome.err.contains("password is wrong"));
        QCOMPARE(run(QStringLiteral("guess"), {QStringLiteral("whoami")}).exitCode, 4);
    }

    void nothingListeningIsNoConnection()
    {
        const Outcome outcome = run(QStringLiteral("nowhere"),
            {QStringLiteral("login"), QStringLiteral("ws://127.0.0.1:1"), QStringLiteral("--user"),
                QStringLiteral("alice"), QStringLiteral("--password-stdin")},
            "x\n");
        QCOMPARE(outcome.exitCode, 5);
        QVERIFY(outcome.err.contains("refused"));
    }

    void whoamiTellsTheAccount()
    {
        const auto found
            = run(QStringLiteral("alice"), {QStringLiteral("--json"), QStringLiteral("whoami")}).objects();
        QCOMPARE(found.size(), 1);
        QVERIFY(found.first()[u"user"].toString().startsWith(QLatin1String("usr")));
        QCOMPARE(found.first()[u"name"].toString(), QStringLiteral("Alice"));
        QCOMPARE(found.first()[u"login"].toString(), QStringLiteral("alice"));
    }

    void onePersonFindsAnotherWritesAndIsRead()
    {
        const auto found = run(QStringLiteral("alice"),
            {QStringLiteral("--json"), QStringLiteral("find"), QStringLiteral("robert")})
                               .objects();
        QCOMPARE(found.size(), 1);
        const QString robert = found.first()[u"topic"].toString();

        QCOMPARE(
            run(QStringLiteral("alice"), {QStringLiteral("send"), robert, QStringLiteral("Hallo Öztürk 👋")})
                .exitCode,
            0);
        // Now by the name of the chat, each line a message.
        QCOMPARE(run(QStringLiteral("alice"),
                     {QStringLiteral("send"), QStringLiteral("Robert"), QStringLiteral("--lines"),
                         QStringLiteral("-")},
                     "one\n\ntwo\r\nthree")
                     .exitCode,
            0);

        const auto history = run(QStringLiteral("robert"),
            {QStringLiteral("--json"), QStringLiteral("history"), QStringLiteral("Alice"),
                QStringLiteral("--all")})
                                 .objects();
        QStringList texts;
        int last = 0;
        for (const QJsonObject &message : history) {
            texts << message[u"text"].toString();
            QVERIFY(message[u"seq"].toInt() > last);
            last = message[u"seq"].toInt();
            QCOMPARE(message[u"name"].toString(), QStringLiteral("Alice"));
            QVERIFY(QDateTime::fromString(message[u"ts"].toString(), Qt::ISODateWithMs).isValid());
        }
        QCOMPARE(texts,
            (QStringList{QStringLiteral("Hallo Öztürk 👋"), QStringLiteral("one"),
                QStringLiteral("two"), QStringLiteral("three")}));

        const auto limited = run(QStringLiteral("robert"),
            {QStringLiteral("--json"), QStringLiteral("history"), QStringLiteral("Alice"),
                QStringLiteral("--limit"), QStringLiteral("2")})
                                 .objects();
        QCOMPARE(limited.size(), 2);
        QCOMPARE(limited.first()[u"text"].toString(), QStringLiteral("two"));
    }

    void hundredsOfLinesArriveOnceAndInOrder()
    {
        constexpr int kLines = 300;
        QByteArray input;
        QStringList expected;
        for (int i = 0; i < kLines; ++i) {
            expected << QStringLiteral("line %1").arg(i);
            input += expected.last().toUtf8() + '\n';
        }
        const QString saved = QStringLiteral("slf");
        QCOMPARE(run(QStringLiteral("alice"),
                     {QStringLiteral("send"), saved, QStringLiteral("--lines"), QStringLiteral("-")}, input)
                     .exitCode,
            0);
        QStringList texts;
        for (const QJsonObject &message : run(QStringLiteral("alice"),
                 {QStringLiteral("--json"), QStringLiteral("history"), saved, QStringLiteral("--all")})
                                              .objects())
            texts << message[u"text"].toString();
        QCOMPARE(texts, expected);
    }

    void sendTellsScriptsHowFarALineHasCome()
    {
        const auto told = run(QStringLiteral("alice"),
            {QStringLiteral("--json"), QStringLiteral("send"), QStringLiteral("slf"),
                QStringLiteral("progress")})
                              .objects();
        QCOMPARE(told.size(), 2);
        QCOMPARE(told[0][u"state"].toString(), QStringLiteral("queued"));
        QCOMPARE(told[1][u"state"].toString(), QStringLiteral("sent"));
        QCOMPARE(told[0][u"cid"].toString(), told[1][u"cid"].toString());
        QVERIFY(told[1][u"seq"].toInt() > 0);
    }

    void syncEndsWhenNothingWaitsAndNothingIsMissing()
    {
        QCOMPARE(run(QStringLiteral("alice"), {QStringLiteral("sync"), QStringLiteral("--wait")}).exitCode, 0);
        const Outcome outbox = run(QStringLiteral("alice"), {QStringLiteral("outbox")});
        QCOMPARE(outbox.exitCode, 0);
        QVERIFY(outbox.out.isEmpty());
    }

    void aMessageTooLongStaysInTheOutboxUntilDropped()
    {
        // Longer than the server takes, and shorter than what a command line may hold.
        const QByteArray tooLong(300 * 1024, 'x');
        QCOMPARE(run(QStringLiteral("alice"),
                     {QStringLiteral("send"), QStringLiteral("slf"), QStringLiteral("--lines"),
                         QStringLiteral("-")},
                     tooLong)
                     .exitCode,
            1);
        const auto rows
            = run(QStringLiteral("alice"), {QStringLiteral("--json"), QStringLiteral("outbox")}).objects();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0][u"state"].toString(), QStringLiteral("stuck"));
        QVERIFY(!rows[0][u"why"].toString().isEmpty());
        QCOMPARE(run(QStringLiteral("alice"), {QStringLiteral("outbox"), QStringLiteral("retry")}).exitCode, 0);
        const auto again
            = run(QStringLiteral("alice"), {QStringLiteral("--json"), QStringLiteral("outbox")}).objects();
        QCOMPARE(again.size(), 1);
        QCOMPARE(again[0][u"state"].toString(), QStringLiteral("waiting"));
        QCOMPARE(again[0][u"cid"], rows[0][u"cid"]);
        QCOMPARE(run(QStringLiteral("alice"),
                     {QStringLiteral("outbox"), QStringLiteral("drop"), rows[0][u"cid"].toString()})
                     .exitCode,
            0);
        QVERIFY(run(QStringLiteral("alice"), {QStringLiteral("outbox")}).out.isEmpty());
        const Outcome unknown = run(
            QStringLiteral("alice"), {QStringLiteral("outbox"), QStringLiteral("drop"), QStringLiteral("x")});
        QCOMPARE(unknown.exitCode, 1);
    }

    void tailPrintsMessagesAsTheyCome()
    {
        QProcess tail;
        start(tail, QStringLiteral("robert"), {QStringLiteral("--json"), QStringLiteral("tail")});
        QTRY_COMPARE(tail.state(), QProcess::Running);
        QByteArray seen;
        // The first may be sent before the tail is connected: it then counts as missed.
        int sent = 0;
        const auto arrived = [&] {
            seen += tail.readAllStandardOutput();
            if (seen.contains("live"))
                return true;
            if (++sent < 20)
                run(QStringLiteral("alice"),
                    {QStringLiteral("send"), QStringLiteral("Robert"), QStringLiteral("live")});
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(arrived(), 60'000);
        tail.terminate();
        QTRY_COMPARE(tail.state(), QProcess::NotRunning);
        QCOMPARE(tail.exitStatus(), QProcess::NormalExit);
        QCOMPARE(tail.exitCode(), 0);
    }

    void aProfileInUseIsRefused()
    {
        QProcess tail;
        start(tail, QStringLiteral("alice"), {QStringLiteral("tail")});
        const QString lock = m_data.filePath(QStringLiteral("profiles/alice/lock"));
        const auto isHeld = [&] {
            QFile file(lock); // it stays when its holder ends, and names the newest one
            return file.open(QIODevice::ReadOnly)
                && file.readAll().startsWith(QByteArray::number(tail.processId()) + ' ');
        };
        QTRY_VERIFY(isHeld());
        const Outcome second = run(QStringLiteral("alice"), {QStringLiteral("list")});
        QCOMPARE(second.exitCode, 3);
        QVERIFY(second.err.contains("in use"));
        tail.terminate();
        QTRY_COMPARE(tail.state(), QProcess::NotRunning);
    }

    void plainModeTalksToAnyEndpoint()
    {
        const QString echo = QString(m_address).replace(QLatin1String("/v0/channels"), QString())
            + QStringLiteral("/echo");
        QCOMPARE(run(QStringLiteral("plain"),
                     {QStringLiteral("login"), echo, QStringLiteral("--plain"), QStringLiteral("--name"),
                         QStringLiteral("Me")})
                     .exitCode,
            0);
        QCOMPARE(run(QStringLiteral("plain"),
                     {QStringLiteral("send"), QStringLiteral("plain"), QStringLiteral("hello")})
                     .exitCode,
            0);
    }

    void afterLogoutOneHasToSignInAgain()
    {
        QCOMPARE(create(QStringLiteral("carla"), QStringLiteral("Carla")).exitCode, 0);
        QCOMPARE(run(QStringLiteral("carla"), {QStringLiteral("logout")}).exitCode, 0);
        QCOMPARE(run(QStringLiteral("carla"), {QStringLiteral("list")}).exitCode, 4);
    }

    void theServerOfThisComputerNeedsNoSetUp()
    {
        QCOMPARE(run(QStringLiteral("mine"),
                     {QStringLiteral("login"), QStringLiteral("local"), QStringLiteral("--name"),
                         QStringLiteral("Me")})
                     .exitCode,
            0);
        const Outcome list = run(QStringLiteral("mine"), {QStringLiteral("list")});
        QCOMPARE(list.exitCode, 0);
        QVERIFY(list.out.contains("Echo"));
        QVERIFY(list.out.contains("Saved messages"));
    }
};

QTEST_GUILESS_MAIN(tst_Confabctl)
#include "tst_confabctl.moc"
