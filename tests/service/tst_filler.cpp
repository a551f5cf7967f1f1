#include "fakeserver.h"

using namespace confab;

namespace {

const auto kPeer = FakeServer::kPeer;

}

/// What lies between is fetched, too, without making the conversation in memory larger.
class FillerTest : public QObject
{
    Q_OBJECT

private slots:
    void theWholeHistoryComesToDiskPageByPage();
    void aLostLinkOnlyInterruptsIt();
    void anAnswerLostBeforeALongAbsenceIsFound();
    void oneChatIsFilledAlone();
    void rebuildingFetchesAllAgainAndKeepsWhatWaits();
    void rebuildingNeedsAConnection();
};

void FillerTest::theWholeHistoryComesToDiskPageByPage()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer, 60)});
    QSignalSpy filled(&server.service(), &ChatService::historyFilled);
    server.service().fillHistory();
    QList<int> newest;
    for (int seq = 13; seq <= 60; ++seq)
        newest.append(seq);
    server.attach(server.nextSub(kPeer), 60, newest);
    server.attach(server.nextSub(QStringLiteral("slf")), 0);
    const auto get = server.next<wire::Get>();
    QCOMPARE(get.topic, kPeer);
    QCOMPARE(get.query.data.before, 13);
    for (int seq = 12; seq >= 1; --seq)
        server.data(kPeer, seq, kPeer, QStringLiteral("old %1").arg(seq));
    server.replyPart(get.id, 208, kPeer, QStringLiteral("data"));
    QTRY_COMPARE(filled.size(), 1);
    QCOMPARE(server.topic(kPeer)->timeline().messageCount(), 48);
    QVERIFY(!server.topic(kPeer)->isAtStart());

    // ... and is there when the person scrolls, without the server.
    server.forgetSent();
    server.service().loadOlder(kPeer);
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), 60);
    QCOMPARE(server.rows(kPeer).first(), QStringLiteral("old 1"));
    QCOMPARE(server.count<wire::Get>(), 0);
}

void FillerTest::aLostLinkOnlyInterruptsIt()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer, 1)});
    QSignalSpy filled(&server.service(), &ChatService::historyFilled);
    server.service().fillHistory();
    server.nextSub(kPeer);
    server.session()->injectLost();
    QTRY_COMPARE(server.attempts(), 2);
    server.forgetSent();
    server.signIn({FakeServer::chat(kPeer, 1)});
    QVERIFY(filled.isEmpty());
    // The preview of the list asks for the same chat: one subscription serves both.
    server.attach(server.nextSub(kPeer), 1, {1});
    server.attach(server.nextSub(QStringLiteral("slf")), 0);
    QTRY_COMPARE(filled.size(), 1);
}

void FillerTest::anAnswerLostBeforeALongAbsenceIsFound()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer, 1)});
    server.open(kPeer, 1);
    server.service().send(kPeer, QStringLiteral("long ago"));
    const QString cid = server.next<wire::Pub>().head.cid();
    server.session()->injectLost();
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn({FakeServer::chat(kPeer, 2'000)});
    QSignalSpy sent(&server.service(), &ChatService::messageSent);
    const wire::Sub sub = server.nextSub(kPeer);
    QList<int> newest;
    for (int seq = 1'901; seq <= 2'000; ++seq)
        newest.append(seq);
    server.attach(sub, 2'000, newest);
    // 19 more pages, the newest first; the answer is in the last of them.
    for (int end = 1'901; end > 2;) {
        const auto get = server.next<wire::Get>();
        QCOMPARE(get.query.data.before, end);
        QVERIFY(sent.isEmpty());
        const int low = std::max(2, end - 100);
        for (int seq = end - 1; seq >= low; --seq) {
            const bool isOurs = seq == 2;
            server.data(kPeer, seq, isOurs ? FakeServer::kSelf : kPeer, QString::number(seq),
                isOurs ? cid : QString());
        }
        server.replyPart(get.id, 208, kPeer, QStringLiteral("data"));
        end = low;
    }
    QTRY_COMPARE(sent.size(), 1);
    QCOMPARE(sent[0][2].toInt(), 2);
    QCOMPARE(server.count<wire::Pub>(), 0);
}

void FillerTest::oneChatIsFilledAlone()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer, 1)});
    QSignalSpy filled(&server.service(), &ChatService::historyFilled);
    server.service().fillHistory({kPeer});
    server.attach(server.nextSub(kPeer), 1, {1});
    QTRY_COMPARE(filled.size(), 1);
}

void FillerTest::rebuildingFetchesAllAgainAndKeepsWhatWaits()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer, 3)});
    server.open(kPeer, 3);
    Draft draft;
    draft.text = QStringLiteral("begun");
    server.service().saveDraft(kPeer, draft);
    server.service().send(kPeer, QStringLiteral("waits"));
    const QString cid = server.next<wire::Pub>().head.cid();
    QSignalSpy filled(&server.service(), &ChatService::historyFilled);
    QSignalSpy news(&server.service(), &ChatService::messagesReceived);
    server.service().rebuildHistory();
    QCOMPARE(server.rows(kPeer), QStringList{QStringLiteral("[waits]")});
    QTRY_COMPARE(server.attempts(), 2);
    server.forgetSent();
    server.signIn({FakeServer::chat(kPeer, 3)});
    server.attach(server.nextSub(kPeer), 3);
    const auto get = server.next<wire::Get>();
    QCOMPARE(get.topic, kPeer);
    QCOMPARE(get.query.data.before, 4);
    for (int seq = 3; seq >= 1; --seq)
        server.data(kPeer, seq, kPeer, QStringLiteral("again %1").arg(seq));
    server.replyPart(get.id, 208, kPeer, QStringLiteral("data"));
    const auto pub = server.next<wire::Pub>();
    QCOMPARE(pub.head.cid(), cid);
    server.attach(server.nextSub(QStringLiteral("slf")), 0);
    QTRY_COMPARE(filled.size(), 1);
    QCOMPARE(server.rows(kPeer).first(), QStringLiteral("again 1"));
    QVERIFY(news.isEmpty());

    server.restart();
    QSignalSpy restored(&server.service(), &ChatService::restored);
    server.service().openArchive();
    QTRY_COMPARE(restored.size(), 1);
    QCOMPARE(server.topic(kPeer)->draft().text, draft.text);
    QCOMPARE(server.service().outbox().size(), 1);
    server.service().openTopic(kPeer);
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), 3);
    QCOMPARE(server.rows(kPeer).first(), QStringLiteral("again 1"));
}

void FillerTest::rebuildingNeedsAConnection()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer, 1)});
    server.open(kPeer, 1);
    server.service().stop();
    QSignalSpy failed(&server.service(), &ChatService::actionFailed);
    server.service().rebuildHistory();
    QCOMPARE(failed.size(), 1);
    QCOMPARE(server.rows(kPeer).size(), 1);
}

QTEST_GUILESS_MAIN(FillerTest)
#include "tst_filler.moc"
