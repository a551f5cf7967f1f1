#include "fakeserver.h"
#include "service/historyloader.h"

using namespace confab;

namespace {

const auto kPeer = FakeServer::kPeer;

QList<int> from(int first, int last)
{
    QList<int> seqs;
    for (int seq = first; seq <= last; ++seq)
        seqs.append(seq);
    return seqs;
}

}

/// Pages from disk and server, without holes and without asking twice.
class HistoryLoaderTest : public QObject
{
    Q_OBJECT

private slots:
    void theNewestPageComesWithTheSubscription();
    void onlyOneOlderPageIsAskedForAtATime();
    void theFirstMessageIsTheStart();
    void whatTheServerCallsEmptyIsNotAskedForAgain();
    void whatHasComeIsNotAskedFor();
    void aShortPageIsNotTakenForAllThereIs();
    void aJumpInLiveNumbersIsClosed();
    void eachGapHasATimeOfItsOwn();
    void aLateMessageNeedsNoFetching();
    void afterARestartOnlyNewMessagesAreFetched();
    void olderMessagesComeFromDiskWithoutTheServer();
    void aJumpBackTakesOneStepFromDisk();
    void aPartGrowsOnBothSidesUntilItMeetsTheNext();
    void farRowsLeaveTheMemoryAndComeBack();
    void farRowsLeaveTheMemoryWhenTheServerSendsMore();
    void whatIsWantedBeforeTheChatIsAttachedIsAskedForThen();
    void whatIsUnreadStaysInAChatThatIsLeft();
    void aPageThatComesAfterTheChatWasLeftDoesNotStay();
    void aFloodThatIsFollowedStaysBounded();
    void aJumpBackAsksTheServerForWhatIsMissing();
    void aJumpBackLeavesTheGapsBetweenToTheReader();
    void aLongAbsenceStartsFromTheNewestPage();
    void deletedMessagesDisappear();

private:
    static void answer(FakeServer &server, const wire::Get &get, const QList<int> &seqs);
};

void HistoryLoaderTest::answer(FakeServer &server, const wire::Get &get, const QList<int> &seqs)
{
    for (auto it = seqs.rbegin(); it != seqs.rend(); ++it)
        server.data(get.topic, *it, kPeer, QStringLiteral("text %1").arg(*it));
    server.replyPart(get.id, seqs.isEmpty() ? 204 : 208, get.topic, QStringLiteral("data"));
}

void HistoryLoaderTest::theNewestPageComesWithTheSubscription()
{
    FakeServer server;
    server.start();
    // A chat without news, so that nothing is fetched for the list.
    wire::Meta list;
    list.topic = QStringLiteral("me");
    list.sub = {FakeServer::chat(kPeer)};
    server.say(list);
    QTRY_VERIFY(server.topic(kPeer));
    server.service().openTopic(kPeer);
    const auto sub = server.nextSub(kPeer);
    QVERIFY(sub.get->what.testFlag(wire::What::Data));
    QCOMPARE(sub.get->data.since, 0);
    QCOMPARE(sub.get->data.limit, 48);
    server.attach(sub, 200, from(153, 200));
    QTRY_COMPARE(server.topic(kPeer)->timeline().firstSeq(), 153);
    QVERIFY(!server.topic(kPeer)->isAtStart());
    QTRY_VERIFY(!server.topic(kPeer)->isLoading());
    QCOMPARE(server.count<wire::Get>(), 0);
}

void HistoryLoaderTest::onlyOneOlderPageIsAskedForAtATime()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.service().openTopic(kPeer);
    server.attach(server.nextSub(kPeer), 200, from(153, 200));
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), 48);
    for (int i = 0; i < 5; ++i)
        server.service().loadOlder(kPeer);
    const auto get = server.next<wire::Get>();
    QCOMPARE(get.query.data.before, 153);
    server.service().loadOlder(kPeer);
    QVERIFY(server.topic(kPeer)->isLoading());
    answer(server, get, from(105, 152));
    QTRY_COMPARE(server.topic(kPeer)->timeline().firstSeq(), 105);
    QVERIFY(!server.topic(kPeer)->isLoading());
    QCOMPARE(server.count<wire::Get>(), 0);
}

void HistoryLoaderTest::theFirstMessageIsTheStart()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 5);
    QTRY_VERIFY(server.topic(kPeer)->isAtStart());
    server.service().loadOlder(kPeer);
    server.data(kPeer, 6, kPeer, QStringLiteral("live"));
    QTRY_COMPARE(server.rows(kPeer).size(), 6);
    QCOMPARE(server.count<wire::Get>(), 0);
}

void HistoryLoaderTest::whatTheServerCallsEmptyIsNotAskedForAgain()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.service().openTopic(kPeer);
    // 6 to 7 were deleted, and everything before 4.
    server.attach(server.nextSub(kPeer), 8, {4, 5, 8});
    QTRY_COMPARE(server.rows(kPeer).size(), 3);
    server.service().loadOlder(kPeer);
    const auto get = server.next<wire::Get>();
    QCOMPARE(get.query.data.before, 4);
    answer(server, get, {});
    QTRY_VERIFY(server.topic(kPeer)->isAtStart());
    server.session()->injectLost();
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn({FakeServer::chat(kPeer, 8)});
    server.attach(server.nextSub(kPeer), 8);
    QTRY_VERIFY(server.topic(kPeer)->isAttached());
    server.data(kPeer, 9, kPeer, QStringLiteral("live"));
    QTRY_COMPARE(server.rows(kPeer).size(), 4);
    QCOMPARE(server.count<wire::Get>(), 0);
}

/// A slow computer takes a flood in portions; what is in the next one is not missing.
void HistoryLoaderTest::whatHasComeIsNotAskedFor()
{
    FakeServer server;
    server.setGapWait(std::chrono::milliseconds(0));
    server.restart();
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 5);
    const int last = 7 + 3 * Link<wire::ClientMessage, wire::ServerMessage>::kMostAtOnce;
    for (int seq = 7; seq <= last; ++seq)
        server.data(kPeer, seq, kPeer, QStringLiteral("early"));
    server.data(kPeer, 6, kPeer, QStringLiteral("late"));
    QTRY_COMPARE(server.rows(kPeer).size(), last);
    QCOMPARE(server.count<wire::Get>(), 0);
}

void HistoryLoaderTest::aShortPageIsNotTakenForAllThereIs()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 5);
    server.session()->injectLost();
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn({FakeServer::chat(kPeer, 60)});
    // The server caps its pages at 20, whatever we ask for.
    server.attach(server.nextSub(kPeer), 60, from(41, 60));
    const auto second = server.next<wire::Get>();
    QCOMPARE(second.query.data.since, 6);
    QCOMPARE(second.query.data.before, 41);
    answer(server, second, from(21, 40));
    const auto third = server.next<wire::Get>();
    QCOMPARE(third.query.data.before, 21);
    answer(server, third, from(6, 20));
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), 60);
}

void HistoryLoaderTest::aJumpInLiveNumbersIsClosed()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 2);
    server.data(kPeer, 6, kPeer, QStringLiteral("text 6"));
    const auto get = server.next<wire::Get>();
    QCOMPARE(get.query.data.since, 3);
    QCOMPARE(get.query.data.before, 6);
    answer(server, get, {3, 4, 5});
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), 6);
}

/// What is missing in one chat longer than in another is asked for alone.
void HistoryLoaderTest::eachGapHasATimeOfItsOwn()
{
    constexpr std::chrono::milliseconds kWait(1200);
    const auto other = QStringLiteral("usrOther000001");
    FakeServer server;
    server.setGapWait(kWait);
    server.restart();
    server.start({FakeServer::chat(kPeer), FakeServer::chat(other)});
    server.open(kPeer, 2);
    server.open(other, 2);
    server.data(kPeer, 4, kPeer, QStringLiteral("text 4"));
    QTRY_COMPARE(server.rows(kPeer).size(), 3);
    QElapsedTimer since;
    since.start();
    QTRY_VERIFY(since.hasExpired(kWait.count() / 2));
    server.data(other, 4, other, QStringLiteral("text 4"));
    QCOMPARE(server.next<wire::Get>().topic, kPeer);
    server.data(other, 3, other, QStringLiteral("late"));
    QTRY_COMPARE(server.rows(other).size(), 4);
    QTRY_VERIFY(since.hasExpired(2 * kWait.count()));
    QCOMPARE(server.count<wire::Get>(), 0);
}

void HistoryLoaderTest::aLateMessageNeedsNoFetching()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 2);
    QSignalSpy received(&server.service(), &ChatService::messagesReceived);
    server.data(kPeer, 4, kPeer, QStringLiteral("text 4"));
    server.data(kPeer, 3, kPeer, QStringLiteral("text 3"));
    server.data(kPeer, 3, kPeer, QStringLiteral("text 3"));
    QTRY_COMPARE(server.rows(kPeer).size(), 4);
    QCOMPARE(server.rows(kPeer).last(), QStringLiteral("text 4"));
    int told = 0;
    for (const QList<QVariant> &arguments : received)
        told += int(arguments[1].value<QList<Message>>().size());
    QCOMPARE(told, 2);
}

void HistoryLoaderTest::afterARestartOnlyNewMessagesAreFetched()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 5);
    server.restart();
    server.start({FakeServer::chat(kPeer, 5)});
    server.service().openTopic(kPeer);
    const auto sub = server.nextSub(kPeer);
    QCOMPARE(sub.get->data.since, 6);
    QVERIFY(sub.get->what.testFlag(wire::What::Del));
    QCOMPARE(server.rows(kPeer).size(), 5);
}

void HistoryLoaderTest::olderMessagesComeFromDiskWithoutTheServer()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.service().openTopic(kPeer);
    server.attach(server.nextSub(kPeer), 100, from(53, 100));
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), 48);
    server.service().loadOlder(kPeer);
    answer(server, server.next<wire::Get>(), from(1, 52));
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), 100);

    server.restart();
    server.service().start();
    QTRY_VERIFY(server.topic(kPeer));
    server.service().openTopic(kPeer);
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), 48);
    for (const int expected : {96, 100}) {
        QTRY_VERIFY(!server.topic(kPeer)->isLoading());
        server.service().loadOlder(kPeer);
        QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), expected);
    }
    QVERIFY(server.topic(kPeer)->isAtStart());
}

void HistoryLoaderTest::aJumpBackTakesOneStepFromDisk()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 600);
    server.restart();
    server.service().start();
    QTRY_VERIFY(server.topic(kPeer));
    server.service().openTopic(kPeer);
    QTRY_COMPARE(server.topic(kPeer)->timeline().firstSeq(), 553);
    QTRY_VERIFY(!server.topic(kPeer)->isLoading());
    const Timeline &timeline = server.topic(kPeer)->timeline();
    QSignalSpy inserted(&timeline, &Timeline::rowsInserted);
    server.service().loadAround(kPeer, 100);
    QTRY_VERIFY(timeline.rowOfSeq(100) >= 0);
    // Itself and its neighbours, and nothing of the long way to the present.
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(timeline.known().ranges(), (QList<SeqRange>{{76, 124}, {553, 601}}));
    QVERIFY(!server.topic(kPeer)->isAtStart());
}

void HistoryLoaderTest::aPartGrowsOnBothSidesUntilItMeetsTheNext()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 300);
    server.restart();
    server.service().start();
    QTRY_VERIFY(server.topic(kPeer));
    server.service().openTopic(kPeer);
    const Timeline &timeline = server.topic(kPeer)->timeline();
    QTRY_COMPARE(timeline.firstSeq(), 253);
    const auto isLoaded = [&](const QList<SeqRange> &parts) {
        return !server.topic(kPeer)->isLoading() && timeline.known().ranges() == parts;
    };
    server.service().loadAround(kPeer, 100);
    QTRY_VERIFY(isLoaded({{76, 124}, {253, 301}}));
    server.service().loadNewer(kPeer, 100);
    QTRY_VERIFY(isLoaded({{76, 172}, {253, 301}}));
    server.service().loadOlder(kPeer, 100);
    QTRY_VERIFY(isLoaded({{28, 172}, {253, 301}}));
    server.service().loadOlder(kPeer); // of the newest part
    QTRY_VERIFY(isLoaded({{28, 172}, {205, 301}}));
    server.service().loadNewer(kPeer, 172 - 1);
    QTRY_VERIFY(isLoaded({{28, 301}}));
    QCOMPARE(timeline.messageCount(), 273);
    server.service().loadOlder(kPeer); // now of all that is loaded
    QTRY_VERIFY(server.topic(kPeer)->isAtStart());
    QCOMPARE(timeline.messageCount(), 300);
}

void HistoryLoaderTest::farRowsLeaveTheMemoryAndComeBack()
{
    constexpr int kLast = HistoryLoader::kMostLoaded + 500;
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, kLast);
    Topic *topic = server.topic(kPeer);
    const Timeline &timeline = topic->timeline();
    QTRY_COMPARE(timeline.messageCount(), kLast);
    server.service().markRead(kPeer, kLast);
    server.service().closeTopic(kPeer);
    QCOMPARE(timeline.messageCount(), HistoryLoader::kPage);
    QCOMPARE(timeline.lastSeq(), kLast);
    QVERIFY(!topic->isAtStart());
    // Read back to the beginning, page by page.
    server.service().openTopic(kPeer);
    for (int pages = 0; !topic->isAtStart() && pages < 200; ++pages) {
        server.service().loadOlder(kPeer, timeline.firstSeq());
        QTRY_VERIFY(!topic->isLoading());
        QVERIFY(timeline.messageCount() <= HistoryLoader::kMostLoaded + HistoryLoader::kPage);
    }
    QVERIFY(topic->isAtStart());
    QCOMPARE(timeline.firstSeq(), 1);
    QCOMPARE(timeline.message(0).text, QStringLiteral("text 1"));
    QCOMPARE(timeline.lastSeq(), kLast); // the end stays
    QVERIFY(timeline.messageCount() < kLast);
    QVERIFY(!timeline.known().contains(kLast - 200));
}

void HistoryLoaderTest::farRowsLeaveTheMemoryWhenTheServerSendsMore()
{
    constexpr int kLast = HistoryLoader::kMostLoaded + 500;
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.service().openTopic(kPeer);
    int first = kLast - HistoryLoader::kMostLoaded + 1;
    server.attach(server.nextSub(kPeer), kLast, from(first, kLast));
    const Topic *topic = server.topic(kPeer);
    const Timeline &timeline = topic->timeline();
    QTRY_COMPARE(timeline.messageCount(), HistoryLoader::kMostLoaded);
    while (first > 1) {
        QTRY_VERIFY(!topic->isLoading());
        server.service().loadOlder(kPeer, timeline.firstSeq());
        const auto get = server.next<wire::Get>();
        const int low = qMax(1, first - get.query.data.limit);
        answer(server, get, from(low, first - 1));
        first = low;
        QTRY_COMPARE(timeline.firstSeq(), first);
        QTRY_VERIFY(!topic->isLoading());
        QVERIFY(timeline.messageCount() <= HistoryLoader::kMostLoaded + HistoryLoader::kPage);
    }
    QVERIFY(topic->isAtStart());
    QCOMPARE(timeline.lastSeq(), kLast); // the end stays
    QVERIFY(!timeline.known().contains(kLast - 200));
}

void HistoryLoaderTest::aJumpBackLeavesTheGapsBetweenToTheReader()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.service().openTopic(kPeer);
    server.attach(server.nextSub(kPeer), 900, from(853, 900));
    const Timeline &timeline = server.topic(kPeer)->timeline();
    QTRY_COMPARE(timeline.messageCount(), 48);
    QTRY_VERIFY(!server.topic(kPeer)->isLoading());
    server.service().loadAround(kPeer, 300);
    auto get = server.next<wire::Get>();
    QCOMPARE(get.query.data.since, 250);
    QCOMPARE(get.query.data.before, 350);
    answer(server, get, from(250, 349));
    QTRY_VERIFY(timeline.rowOfSeq(300) >= 0);
    server.service().loadNewer(kPeer, 300);
    get = server.next<wire::Get>();
    QCOMPARE(get.query.data.since, 350);
    QCOMPARE(get.query.data.before, 450);
    answer(server, get, from(350, 449));
    QTRY_COMPARE(timeline.known().ranges(), (QList<SeqRange>{{250, 450}, {853, 901}}));
    // A message that arrives does not close what nobody reads.
    server.data(kPeer, 901, kPeer, QStringLiteral("live"));
    QTRY_COMPARE(timeline.lastSeq(), 901);
    // The server has lost interest: no question is repeated on this link.
    server.service().loadNewer(kPeer, 300);
    server.replyPart(server.next<wire::Get>().id, 503, kPeer, QStringLiteral("data"));
    QTRY_VERIFY(!server.topic(kPeer)->isLoading());
    server.service().loadNewer(kPeer, 300);
    QVERIFY(!server.topic(kPeer)->isLoading());
    QCOMPARE(server.count<wire::Get>(), 0);
}

/// As a view does whose first rows are close to the top.
void HistoryLoaderTest::whatIsWantedBeforeTheChatIsAttachedIsAskedForThen()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    Topic *topic = server.topic(kPeer);
    int refused = 0; // questions that led to nothing
    connect(topic, &Topic::loadingChanged, topic, [&server, &refused, topic] {
        if (topic->isLoading())
            return;
        server.service().loadOlder(kPeer, topic->timeline().firstSeq());
        refused += topic->isLoading() ? 0 : 1;
    });
    server.service().openTopic(kPeer);
    server.attach(server.nextSub(kPeer), 300, from(253, 300));
    const auto get = server.next<wire::Get>();
    disconnect(topic, &Topic::loadingChanged, topic, nullptr);
    QCOMPARE(get.query.data.before, 253);
    QVERIFY(refused > 0);
}

void HistoryLoaderTest::whatIsUnreadStaysInAChatThatIsLeft()
{
    constexpr int kUnread = 2 * HistoryLoader::kPage;
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 300);
    QTRY_VERIFY(!server.topic(kPeer)->isLoading());
    server.service().markRead(kPeer, 300 - kUnread);
    server.service().closeTopic(kPeer);
    QCOMPARE(server.topic(kPeer)->timeline().messageCount(), kUnread);
    QCOMPARE(server.topic(kPeer)->timeline().firstSeq(), 300 - kUnread + 1);
    QCOMPARE(server.topic(kPeer)->unread(), kUnread);
}

void HistoryLoaderTest::aPageThatComesAfterTheChatWasLeftDoesNotStay()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.service().openTopic(kPeer);
    server.attach(server.nextSub(kPeer), 300, from(253, 300));
    const Timeline &timeline = server.topic(kPeer)->timeline();
    QTRY_COMPARE(timeline.messageCount(), 48);
    QTRY_VERIFY(!server.topic(kPeer)->isLoading());
    server.service().markRead(kPeer, 300);
    server.service().loadOlder(kPeer);
    const auto get = server.next<wire::Get>();
    server.service().closeTopic(kPeer);
    answer(server, get, from(205, 252));
    QTRY_VERIFY(!server.topic(kPeer)->isLoading());
    QCOMPARE(timeline.messageCount(), HistoryLoader::kPage);
    QCOMPARE(timeline.firstSeq(), 253);
    // The same from the disk.
    server.service().openTopic(kPeer);
    server.service().loadOlder(kPeer);
    QVERIFY(server.topic(kPeer)->isLoading());
    server.service().closeTopic(kPeer);
    QTRY_VERIFY(!server.topic(kPeer)->isLoading());
    QCOMPARE(timeline.messageCount(), HistoryLoader::kPage);
    // And it is there when the chat is looked at again.
    server.service().openTopic(kPeer);
    server.service().loadOlder(kPeer);
    QTRY_COMPARE(timeline.firstSeq(), 205);
}

void HistoryLoaderTest::aFloodThatIsFollowedStaysBounded()
{
    constexpr int kLast = HistoryLoader::kMostLoaded + 500;
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 10);
    const Topic *topic = server.topic(kPeer);
    const Timeline &timeline = topic->timeline();
    for (int seq = 11; seq <= kLast; ++seq)
        server.data(kPeer, seq, kPeer, QStringLiteral("text %1").arg(seq));
    QTRY_COMPARE(timeline.messageCount(), kLast);
    server.service().loadNewer(kPeer, kLast);
    QCOMPARE(timeline.messageCount(), HistoryLoader::kKept + 1);
    QCOMPARE(timeline.lastSeq(), kLast);
    QVERIFY(!topic->isAtStart());
    // What has gone comes back from disk.
    server.service().loadOlder(kPeer, timeline.firstSeq());
    QTRY_COMPARE(timeline.messageCount(), HistoryLoader::kKept + 1 + HistoryLoader::kPage);
    QCOMPARE(timeline.firstSeq(), kLast - HistoryLoader::kKept - HistoryLoader::kPage);
    QCOMPARE(server.count<wire::Get>(), 0);
}

void HistoryLoaderTest::aJumpBackAsksTheServerForWhatIsMissing()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.service().openTopic(kPeer);
    server.attach(server.nextSub(kPeer), 300, from(253, 300));
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), 48);
    QTRY_VERIFY(!server.topic(kPeer)->isLoading());
    server.service().loadAround(kPeer, 160);
    const auto get = server.next<wire::Get>();
    QCOMPARE(get.query.data.since, 110);
    QCOMPARE(get.query.data.before, 210);
    answer(server, get, from(110, 209));
    QTRY_VERIFY(server.topic(kPeer)->timeline().rowOfSeq(160) >= 0);
    QCOMPARE(server.count<wire::Get>(), 0);
}

void HistoryLoaderTest::aLongAbsenceStartsFromTheNewestPage()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 5);
    server.session()->injectLost();
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn({FakeServer::chat(kPeer, 100'000)});
    server.attach(server.nextSub(kPeer), 100'000, from(99'953, 100'000));
    const Timeline &timeline = server.topic(kPeer)->timeline();
    QTRY_COMPARE(timeline.known().ranges(), (QList<SeqRange>{{1, 6}, {99'953, 100'001}}));
    QCOMPARE(server.count<wire::Get>(), 0);
}

void HistoryLoaderTest::deletedMessagesDisappear()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 4);
    wire::Pres pres;
    pres.topic = kPeer;
    pres.what = wire::PresKind::Deleted;
    pres.clear = 1;
    pres.delseq = {{2, 4}};
    server.say(pres);
    QTRY_COMPARE(
        server.rows(kPeer), (QStringList{QStringLiteral("text 1"), QStringLiteral("text 4")}));
}

QTEST_GUILESS_MAIN(HistoryLoaderTest)
#include "tst_historyloader.moc"
