#include "fakeserver.h"

#include "support/bars.h"

#include <QAbstractEventDispatcher>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>

#include <atomic>
#include <csignal>
#include <sys/resource.h>

using namespace confab;

namespace {

const auto kPeer = FakeServer::kPeer;

wire::CtrlParams numbered(int seq)
{
    wire::CtrlParams params;
    params.seq = seq;
    return params;
}

/// Files of this process may not grow while this lives: what a full disk does to writes.
class FullDisk
{
public:
    FullDisk()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit none = m_before;
        none.rlim_cur = 0;
        setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

/// How often a thread's event loop has come back from waiting.
class WakeCounter
{
public:
    explicit WakeCounter(QThread *thread)
    {
        QObject::connect(
            QAbstractEventDispatcher::instance(thread), &QAbstractEventDispatcher::awake, &m_context,
            [this] { ++m_wakes; }, Qt::DirectConnection);
    }
    int wakes() const { return m_wakes; }

private:
    std::atomic<int> m_wakes = 0;
    QObject m_context;
};

/// Whose timers have run out on this thread.
class TimerWatch : public QObject
{
public:
    TimerWatch() { qApp->installEventFilter(this); }
    QSet<QString> owners() const { return m_owners; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Timer)
            m_owners.insert(QString::fromLatin1(
                (watched->parent() ? watched->parent() : watched)->metaObject()->className()));
        return false;
    }

private:
    QSet<QString> m_owners;
};

}

/// Bars of reliability.md §6 against a server that does as it is told.
class ServiceBarsTest : public QObject
{
    Q_OBJECT

private slots:
    void b7HolesAreFilledAndEmptyOnesAskedForOnce();
    void b9EveryReplyCodeLeadsToItsState();
    void b15AServerClockOfAnotherDecadeChangesNothing_data();
    void b15AServerClockOfAnotherDecadeChangesNothing();
    void b16AFullDiskLosesNoText();
    void b17AlteredFilesSendNoAlteredText();
    void anIdleAccountWakesNobody();
};

void ServiceBarsTest::b7HolesAreFilledAndEmptyOnesAskedForOnce()
{
    const int holes = bars::times(40, 1'000);
    constexpr int kEvery = 5; // of these holes one stays empty
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    constexpr int kAtOnce = 40; // more would count as a long absence, which is not filled at once
    const int last = 3 * holes + 1;
    QHash<int, int> asked;
    for (int filled = 0; filled < holes; filled += kAtOnce) {
        for (int seq = 3 * filled + 1; seq <= 3 * (filled + kAtOnce) + 1; ++seq) {
            if (seq % 3 != 0)
                server.data(kPeer, seq, kPeer, QString::number(seq));
        }
        int before = last + 1;
        for (int hole = filled + kAtOnce; hole > filled; --hole) {
            const auto get = server.next<wire::Get>();
            const int seq = get.query.data.since;
            QCOMPARE(seq, 3 * hole); // the newest first
            QVERIFY(get.query.data.before < before);
            before = get.query.data.before;
            ++asked[seq];
            if (hole % kEvery != 0)
                server.data(kPeer, seq, kPeer, QString::number(seq));
            server.replyPart(get.id, hole % kEvery == 0 ? 204 : 208, kPeer, QStringLiteral("data"));
        }
    }
    const int wanted = last - holes / kEvery;
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), wanted);
    // Neither after another gap nor in the next run is any of them asked for again.
    server.restart();
    server.service().start(QByteArrayLiteral("kept"));
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn({FakeServer::chat(kPeer, last)});
    server.service().openTopic(kPeer);
    server.attach(server.nextSub(kPeer), last);
    server.data(kPeer, last + 1, kPeer, QStringLiteral("live"));
    QTRY_COMPARE(server.rows(kPeer).last(), QStringLiteral("live"));
    QCOMPARE(server.count<wire::Get>(), 0);
    for (const int times : std::as_const(asked))
        QCOMPARE(times, 1);
    bars::tell("B7", QStringLiteral("%1 holes, %2 of them empty: each asked for once, 0 missing")
                         .arg(holes)
                         .arg(holes / kEvery));
}

void ServiceBarsTest::b9EveryReplyCodeLeadsToItsState()
{
    struct Row {
        int code;
        StuckReason reason; ///< None: tried again until it is there
    };
    const QList<Row> table{{304, StuckReason::Refused}, {400, StuckReason::Refused},
        {403, StuckReason::NotAllowed}, {404, StuckReason::ChatGone}, {408, StuckReason::None},
        {410, StuckReason::ChatGone}, {413, StuckReason::TooLarge}, {422, StuckReason::Refused},
        {429, StuckReason::None}, {500, StuckReason::None}, {502, StuckReason::None},
        {503, StuckReason::None}};
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    int seq = 0;
    for (const Row &row : table) {
        server.service().send(kPeer, QString::number(row.code));
        server.reply(server.next<wire::Pub>().id, row.code, kPeer);
        if (row.reason == StuckReason::None)
            server.reply(server.next<wire::Pub>().id, 202, kPeer, numbered(++seq));
        // The queue goes on in any case.
        server.service().send(kPeer, QStringLiteral("next"));
        server.reply(server.next<wire::Pub>().id, 202, kPeer, numbered(++seq));
        QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), seq);
        const QList<PendingMessage> rows = server.service().outbox();
        const auto stuck = std::find_if(rows.begin(), rows.end(),
            [&](const PendingMessage &each) { return each.text == QString::number(row.code); });
        QCOMPARE(stuck != rows.end(), row.reason != StuckReason::None);
        if (stuck != rows.end())
            QCOMPARE(stuck->reason, row.reason);
    }
    QCOMPARE(server.count<wire::Pub>(), 0);
    // Reasons outlive the program.
    const auto before = server.service().outbox();
    server.restart();
    server.service().openArchive();
    QTRY_COMPARE(server.service().outbox().size(), before.size());
    const auto after = server.service().outbox();
    for (qsizetype i = 0; i < before.size(); ++i)
        QCOMPARE(after[i].reason, before[i].reason);
    bars::tell("B9", QStringLiteral("%1 codes, each in its state, the queue flows").arg(table.size()));
}

void ServiceBarsTest::b15AServerClockOfAnotherDecadeChangesNothing_data()
{
    QTest::addColumn<int>("days");
    for (const int days : {-3'650, -1, 1, 3'650})
        QTest::addRow("%d days", days) << days;
}

void ServiceBarsTest::b15AServerClockOfAnotherDecadeChangesNothing()
{
    QFETCH(int, days);
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy phases(&server.service(), &ChatService::phaseChanged);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (int seq = 1; seq <= 6; ++seq) {
        wire::Data data;
        data.topic = kPeer;
        data.seq = seq;
        data.from = kPeer;
        data.ts = seq % 2 == 0 ? now : now.addDays(days); // the clock jumps between any two
        data.content = wire::JsonBlob::fromString(QString::number(seq));
        server.say(data);
    }
    QTRY_COMPARE(server.rows(kPeer).size(), 6);
    server.service().send(kPeer, QStringLiteral("7"));
    wire::Ctrl reply;
    const auto pub = server.next<wire::Pub>();
    reply.id = pub.id;
    reply.code = 202;
    reply.topic = kPeer;
    reply.ts = now.addDays(-days);
    reply.params = numbered(7);
    server.say(reply);
    QTRY_COMPARE(server.rows(kPeer).last(), QStringLiteral("7"));
    for (int row = 0; row < 7; ++row)
        QCOMPARE(server.rows(kPeer)[row], QString::number(row + 1));
    QVERIFY(phases.isEmpty());
    bars::tell("B15", QStringLiteral("%1 days: 0 drops, order by number").arg(days));
}

void ServiceBarsTest::b16AFullDiskLosesNoText()
{
    const int rounds = bars::times(5, 100);
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy queued(&server.service(), &ChatService::messageQueued);
    QSignalSpy failed(&server.service(), &ChatService::actionFailed);
    QStringList texts;
    for (int round = 0; round < rounds; ++round) {
        failed.clear();
        queued.clear();
        const QString text = QStringLiteral("round %1").arg(round);
        bool idle = false; // so that it is this text that finds the disk full
        server.service().afterWrites(&server.service(), [&idle] { idle = true; });
        QTRY_VERIFY(idle);
        {
            const FullDisk full;
            server.service().send(kPeer, text);
            QTRY_VERIFY(!failed.isEmpty());
            QCOMPARE(failed[0][0].value<ServiceError>().kind, ErrorKind::StorageFailed);
        }
        QVERIFY(queued.isEmpty()); // so the composer has kept it
        QCOMPARE(server.count<wire::Pub>(), 0);
        server.service().send(kPeer, text);
        const auto pub = server.next<wire::Pub>();
        QCOMPARE(pub.content.string(), text);
        server.reply(pub.id, 202, kPeer, numbered(round + 1));
        texts.append(text);
        QTRY_COMPARE(server.rows(kPeer), texts);
    }
    bars::tell("B16", QStringLiteral("%1 times full: 0 crashes, 0 texts lost").arg(rounds));
}

void ServiceBarsTest::b17AlteredFilesSendNoAlteredText()
{
    const int rounds = bars::times(20, 1'000);
    constexpr int kRows = 8;
    QRandomGenerator random(17);
    int kept = 0;
    int refused = 0;
    for (int round = 0; round < rounds; ++round) {
        FakeServer server;
        server.start({FakeServer::chat(kPeer)});
        QSignalSpy queued(&server.service(), &ChatService::messageQueued);
        QStringList texts;
        for (int i = 0; i < kRows; ++i) {
            texts.append(QStringLiteral("precious text number %1 of this round").arg(i));
            server.service().send(kPeer, texts.last());
        }
        QTRY_COMPARE(queued.size(), kRows);
        server.close();
        QFile file(server.folder() + QStringLiteral("/outbox.db"));
        QVERIFY(file.open(QFile::ReadWrite));
        file.seek(random.bounded(file.size() - 16));
        for (int i = 0; i < 16; ++i)
            file.putChar(char(random.bounded(256)));
        file.close();
        server.reopen();
        QSignalSpy failed(&server.service(), &ChatService::actionFailed);
        server.service().openArchive();
        QSignalSpy restored(&server.service(), &ChatService::restored);
        QTRY_VERIFY(restored.size() + failed.size() > 0);
        for (const PendingMessage &row : server.service().outbox()) {
            const bool isOurs = texts.contains(row.text) && row.content.string() == row.text;
            QVERIFY(isOurs || row.state == Delivery::Failed);
            ++(row.state == Delivery::Failed ? refused : kept);
        }
    }
    bars::tell("B17", QStringLiteral("%1 alterations of 16 bytes: %2 of %3 rows kept, %4 shown as "
                                     "damaged, 0 altered texts sent")
                          .arg(rounds)
                          .arg(kept)
                          .arg(rounds * kRows)
                          .arg(refused));
}

/// Between two pings nothing runs: no timer but the keep-alive's, and the database thread sleeps.
void ServiceBarsTest::anIdleAccountWakesNobody()
{
    AccountConfig config = FakeServer::tinode();
    config.keepAlive.interval = std::chrono::milliseconds(60);
    config.keepAlive.jitter = false;
    FakeServer server(config);
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 5);
    server.service().send(kPeer, QStringLiteral("last words"));
    server.reply(server.next<wire::Pub>().id, 202, kPeer, numbered(6));
    auto answerPings = [&server, answered = server.session()->pings().size()](int count) mutable {
        for (const qsizetype end = answered + count; answered < end; ++answered) {
            QTRY_VERIFY(server.session()->pings().size() > answered);
            server.session()->injectPong(server.session()->pings().at(answered));
        }
    };
    bool written = false;
    server.service().afterWrites(&server.service(), [&written] { written = true; });
    QTRY_VERIFY(written);
    answerPings(3); // marks of what was received and read go out meanwhile
    const WakeCounter database(server.database());
    const TimerWatch timers;
    answerPings(5);
    QCOMPARE(database.wakes(), 0);
    QCOMPARE(timers.owners(), QSet<QString>{QStringLiteral("confab::KeepAlive")});
    server.archive().measure(); // the counter counts
    QTRY_VERIFY(database.wakes() > 0);
}

QTEST_GUILESS_MAIN(ServiceBarsTest)
#include "tst_servicebars.moc"
