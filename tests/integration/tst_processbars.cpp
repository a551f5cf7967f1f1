#include "serverthread.h"

#include "support/bars.h"
#include "support/chaosproxy.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QTimer>

using namespace confab;

namespace {

constexpr int kLong = 60'000; // ms

QList<QJsonObject> objects(const QByteArray &lines)
{
    QList<QJsonObject> list;
    for (const QByteArray &line : lines.split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (!object.isEmpty())
            list.append(object);
    }
    return list;
}

}

/// Bars of reliability.md §6 that need whole programs: what is killed here is really dead.
class ProcessBarsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void b1KilledInAFloodNothingAcceptedIsLostOrDoubled();
    void b18OfManyStartsOneOwnsTheProfile();

private:
    void start(QProcess &process, const QStringList &arguments);
    QByteArray run(const QStringList &arguments, const QByteArray &input = {});

    QTemporaryDir m_data;
    std::unique_ptr<ServerThread> m_server;
    std::unique_ptr<ChaosProxy> m_proxy;
};

void ProcessBarsTest::start(QProcess &process, const QStringList &arguments)
{
    process.setProgram(QStringLiteral(CONFAB_BIN_DIR "/confabctl"));
    process.setArguments(QStringList{QStringLiteral("--data-dir"), m_data.path(), QStringLiteral("--json")}
        + arguments);
    process.start();
}

QByteArray ProcessBarsTest::run(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    start(process, arguments);
    process.write(input);
    process.closeWriteChannel();
    [&] { QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 2 * kLong); }();
    if (process.exitCode() != 0)
        qWarning("%s", process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

void ProcessBarsTest::initTestCase()
{
    m_server = std::make_unique<ServerThread>();
    m_proxy = std::make_unique<ChaosProxy>(quint16(m_server->url().port()));
    const QByteArray out = run({QStringLiteral("login"),
                                   m_proxy->url(QStringLiteral("/v0/channels")).toString(),
                                   QStringLiteral("--user"), QStringLiteral("flood"),
                                   QStringLiteral("--password-stdin"), QStringLiteral("--create"),
                                   QStringLiteral("--name"), QStringLiteral("Flood")},
        "secret-word\n");
    QCOMPARE(objects(out).size(), 1);
}

void ProcessBarsTest::b1KilledInAFloodNothingAcceptedIsLostOrDoubled()
{
    const int runs = bars::times(12, 500);
    constexpr int kLifetime = 2'000; // ms at most
    QRandomGenerator random(1);
    int fed = 0;
    QStringList accepted; ///< cids of rows that were told to be on disk
    for (int round = 0; round < runs; ++round) {
        QProcess process;
        start(process,
            {QStringLiteral("send"), QStringLiteral("slf"), QStringLiteral("--lines"), QStringLiteral("-")});
        QTRY_COMPARE(process.state(), QProcess::Running);
        QTimer flood; // 20 lines a second
        connect(&flood, &QTimer::timeout, &process,
            [&] { process.write(QByteArray::number(fed++) + '\n'); });
        flood.start(50);
        QTimer killer;
        killer.setSingleShot(true);
        connect(&killer, &QTimer::timeout, &process, &QProcess::kill);
        killer.start(random.bounded(kLifetime));
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, kLong);
        flood.stop();
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        for (const QJsonObject &told : objects(process.readAllStandardOutput())) {
            if (told[u"state"].toString() == QLatin1String("queued"))
                accepted.append(told[u"cid"].toString());
        }
    }
    run({QStringLiteral("sync"), QStringLiteral("--wait")});
    QVERIFY(run({QStringLiteral("outbox")}).isEmpty());

    int before = -1;
    int stored = 0;
    for (const QJsonObject &message :
        objects(run({QStringLiteral("history"), QStringLiteral("slf"), QStringLiteral("--all")}))) {
        const int number = message[u"text"].toString().toInt();
        QVERIFY2(number > before, "a line is doubled or out of order");
        QVERIFY(number < fed);
        before = number;
        ++stored;
    }
    // A row may be on disk a moment before the program could say so.
    QVERIFY2(stored >= accepted.size(), "an accepted line is lost");
    bars::tell("B1", QStringLiteral("%1 kills, %2 lines accepted, %3 stored, 0 lost, 0 doubled, in order")
                         .arg(runs)
                         .arg(accepted.size())
                         .arg(stored));
}

void ProcessBarsTest::b18OfManyStartsOneOwnsTheProfile()
{
    const int starts = bars::times(10, 100);
    constexpr int kInUse = 3;
    QElapsedTimer watch;
    watch.start();
    std::vector<std::unique_ptr<QProcess>> processes;
    QList<qint64> ends;
    for (int i = 0; i < starts; ++i) {
        processes.push_back(std::make_unique<QProcess>());
        connect(processes.back().get(), &QProcess::finished, this,
            [&] { ends.append(watch.elapsed()); });
        start(*processes.back(), {QStringLiteral("tail")});
    }
    QTRY_COMPARE_WITH_TIMEOUT(ends.size(), starts - 1, kLong);
    int owners = 0;
    for (const auto &process : processes) {
        if (process->state() == QProcess::Running) {
            ++owners;
            process->terminate();
        } else {
            QCOMPARE(process->exitCode(), kInUse);
        }
    }
    QCOMPARE(owners, 1);
    QTRY_COMPARE_WITH_TIMEOUT(ends.size(), starts, kLong);
    bars::tell("B18", QStringLiteral("%1 starts together, 1 owner, the rest gone after %2 ms")
                          .arg(starts)
                          .arg(ends.value(starts - 2)));
}

QTEST_GUILESS_MAIN(ProcessBarsTest)
#include "tst_processbars.moc"
