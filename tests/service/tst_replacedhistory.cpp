#include "fakeserver.h"

using namespace confab;

namespace {

const auto kPeer = FakeServer::kPeer;

wire::CtrlParams numbered(int seq)
{
    wire::CtrlParams params;
    params.seq = seq;
    return params;
}

}

/// A server that was restored from a backup, or set up anew, counts its messages differently
/// (reliability.md R8, F11).
class ReplacedHistoryTest : public QObject
{
    Q_OBJECT

private slots:
    void anotherEpochDropsAllChatsAndTellsOnce();
    void theFirstEpochAndTheSameOneChangeNothing();
    void aNumberThatWentBackDropsThatChatOnly();
    void whatWaitedIsSentAfterTheNewHistoryIsKnown();
    void aLowerNumberOfThisVeryConnectionIsNoNews();
};

void ReplacedHistoryTest::anotherEpochDropsAllChatsAndTellsOnce()
{
    FakeServer server;
    server.setEpoch(QStringLiteral("first"));
    server.start({FakeServer::chat(kPeer, 3)});
    server.open(kPeer, 3);
    QSignalSpy noticed(&server.service(), &ChatService::noticed);
    server.restart();
    QSignalSpy noticedNow(&server.service(), &ChatService::noticed);
    server.setEpoch(QStringLiteral("second"));
    server.service().start(QByteArrayLiteral("kept"));
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn({FakeServer::chat(kPeer, 4)});
    QCOMPARE(noticedNow.size(), 1);
    QCOMPARE(noticedNow[0][0].value<ServiceError>().kind, ErrorKind::HistoryReplaced);
    QCOMPARE(server.topic(kPeer)->info().seq, 4);
    QCOMPARE(server.topic(kPeer)->info().preview.seq, 0);
    // Nothing of the old history is left on disk: all four are asked for.
    server.service().openTopic(kPeer);
    wire::Sub sub = server.nextSub(kPeer);
    QCOMPARE(sub.get->data.since, 0);
    server.attach(sub, 4, {1, 2, 3, 4}, FakeServer::kSelf);
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), 4);
}

void ReplacedHistoryTest::theFirstEpochAndTheSameOneChangeNothing()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer, 2)});
    server.open(kPeer, 2);
    QSignalSpy noticed(&server.service(), &ChatService::noticed);
    for (int time = 2; time <= 3; ++time) {
        server.setEpoch(QStringLiteral("one"));
        server.session()->injectLost();
        QTRY_COMPARE(server.attempts(), time);
        server.signIn({FakeServer::chat(kPeer, 2)});
        server.attach(server.nextSub(kPeer), 2);
    }
    QVERIFY(noticed.isEmpty());
    QCOMPARE(server.rows(kPeer).size(), 2);
}

void ReplacedHistoryTest::aNumberThatWentBackDropsThatChatOnly()
{
    const QString group = QStringLiteral("grpGroupGroup1");
    FakeServer server;
    server.start({FakeServer::chat(kPeer, 5), FakeServer::chat(group, 2)});
    server.open(kPeer, 5);
    server.open(group, 2);
    QSignalSpy noticed(&server.service(), &ChatService::noticed);
    server.session()->injectLost();
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn({FakeServer::chat(kPeer, 3), FakeServer::chat(group, 2)});
    QCOMPARE(noticed.size(), 1);
    QCOMPARE(server.rows(kPeer).size(), 0);
    QCOMPARE(server.rows(group).size(), 2);
    const wire::Sub sub = server.nextSub(kPeer);
    QCOMPARE(sub.get->data.since, 0);
    server.attach(sub, 3, {1, 2, 3});
    QTRY_COMPARE(server.rows(kPeer).size(), 3);
    QCOMPARE(server.topic(kPeer)->info().seq, 3);
}

void ReplacedHistoryTest::whatWaitedIsSentAfterTheNewHistoryIsKnown()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer, 5)});
    server.open(kPeer, 5);
    server.service().send(kPeer, QStringLiteral("kept"));
    const QString cid = server.next<wire::Pub>().head.cid();
    server.session()->injectLost();
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn({FakeServer::chat(kPeer, 2)});
    QCOMPARE(server.rows(kPeer), QStringList{QStringLiteral("[kept]")});
    server.attach(server.nextSub(kPeer), 2, {1, 2});
    const auto pub = server.next<wire::Pub>();
    QCOMPARE(pub.head.cid(), cid);
    server.reply(pub.id, 202, kPeer, numbered(3));
    QTRY_COMPARE(server.rows(kPeer).last(), QStringLiteral("kept"));
}

void ReplacedHistoryTest::aLowerNumberOfThisVeryConnectionIsNoNews()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer, 1)});
    server.open(kPeer, 1);
    QSignalSpy noticed(&server.service(), &ChatService::noticed);
    server.data(kPeer, 2, kPeer, QStringLiteral("fast"));
    // A list that was made before the message, and came after it.
    wire::Meta late;
    late.topic = QStringLiteral("me");
    late.sub = {FakeServer::chat(kPeer, 1)};
    server.say(late);
    QTRY_COMPARE(server.rows(kPeer).size(), 2);
    QVERIFY(noticed.isEmpty());
}

QTEST_GUILESS_MAIN(ReplacedHistoryTest)
#include "tst_replacedhistory.moc"
