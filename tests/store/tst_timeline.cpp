#include "storesamples.h"
#include "timelinemirror.h"

#include "store/timeline.h"

#include <QSignalSpy>
#include <QTest>

using namespace confab;
using namespace confab::samples;

class TestTimeline : public QObject
{
    Q_OBJECT

private slots:
    void messagesStandInTheOrderOfTheirNumbers();
    void eachContiguousRunIsOneSignal();
    void aMessageThatIsLoadedIsDropped();
    void knownCoversRowsEditsDeletionsAndEmptyNumbers();
    void aLateMessageIsTakenThoughItsNumberSeemedEmpty();
    void aDeletedMessageDoesNotComeBack();

    void anEditChangesItsOriginal();
    void anEditThatComesFirstWaits();
    void anEditByAnotherPersonIsIgnored();
    void anEditWithALowerNumberIsIgnored();
    void theNewestEditWinsInAnyOrder();
    void deletingTheNewestEditShowsTheOneBefore();
    void anEditKeepsPlaceTimeCidAndQuote();

    void theEchoTakesThePlaceOfThePendingRow();
    void anAcknowledgementInTheMiddleMovesTheRow();
    void echoAndAcknowledgementCountOnce();
    void unknownAcknowledgementsAreIgnored();
    void anAcknowledgedEditLeavesNoRow();
    void aPendingMessageThatIsNumberedAlreadyIsDropped();
    void twoCopiesShowOnceWithTheLowestNumber();
    void anotherPersonsCidIsNoCopy();
    void failedMessagesAreCounted();
    void clearingKeepsWhatIsPending();
    void readdressingChangesThePendingTopic();
};

void TestTimeline::messagesStandInTheOrderOfTheirNumbers()
{
    Timeline timeline;
    TimelineMirror mirror(timeline);
    timeline.insert({message(7), message(3)});
    timeline.insert({message(5)});
    QCOMPARE(mirror.rows(), QStringList({u"3:3"_qs, u"5:5"_qs, u"7:7"_qs}));
    QCOMPARE(timeline.firstSeq(), 3);
    QCOMPARE(timeline.lastSeq(), 7);
    QCOMPARE(timeline.rowOfSeq(5), 1);
    QCOMPARE(timeline.rowOfSeq(4), -1);
    QCOMPARE(timeline.rowOfSeq(8), -1);
    QCOMPARE(mirror.problem(), QString());
}

void TestTimeline::eachContiguousRunIsOneSignal()
{
    Timeline timeline;
    timeline.insert({message(10), message(20)});
    QSignalSpy begun(&timeline, &Timeline::aboutToInsertRows);
    timeline.insert({message(21), message(1), message(2), message(12, u"a"_qs, kBob, u"c1"_qs),
                     message(13, u"b"_qs, kBob, u"c2"_qs), message(22)});
    QCOMPARE(begun.size(), 3);
    QCOMPARE(begun.at(0), QVariantList({0, 1}));
    QCOMPARE(begun.at(1), QVariantList({3, 4}));
    QCOMPARE(begun.at(2), QVariantList({6, 7}));
}

void TestTimeline::aMessageThatIsLoadedIsDropped()
{
    Timeline timeline;
    timeline.insert({message(1, u"first"_qs)});
    TimelineMirror mirror(timeline);
    timeline.insert({message(1, u"second"_qs)});
    QCOMPARE(mirror.rows(), QStringList({u"1:first"_qs}));
    QCOMPARE(mirror.takeSignals(), 0);
}

void TestTimeline::knownCoversRowsEditsDeletionsAndEmptyNumbers()
{
    Timeline timeline;
    timeline.insert({message(1), edit(2, 1, u"edited"_qs)});
    timeline.removeDeleted({{3, 5}});
    timeline.markEmpty({5, 7});
    QCOMPARE(timeline.known().ranges(), (QList<SeqRange>{{1, 7}}));
}

void TestTimeline::aLateMessageIsTakenThoughItsNumberSeemedEmpty()
{
    Timeline timeline;
    timeline.markEmpty({1, 5});
    timeline.insert({message(3)});
    QCOMPARE(timeline.rowOfSeq(3), 0);
}

void TestTimeline::aDeletedMessageDoesNotComeBack()
{
    Timeline timeline;
    TimelineMirror mirror(timeline);
    timeline.insert({message(1), message(2), message(3), message(4)});
    timeline.removeDeleted({{2, 4}});
    QCOMPARE(mirror.rows(), QStringList({u"1:1"_qs, u"4:4"_qs}));
    timeline.insert({message(2)});
    QCOMPARE(mirror.rows(), QStringList({u"1:1"_qs, u"4:4"_qs}));
    QCOMPARE(mirror.problem(), QString());
}

void TestTimeline::anEditChangesItsOriginal()
{
    Timeline timeline;
    timeline.insert({message(1), message(2)});
    QSignalSpy changed(&timeline, &Timeline::rowsChanged);
    timeline.insert({edit(3, 1, u"better"_qs)});
    QCOMPARE(timeline.count(), 2);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first(), QVariantList({0, 0}));
    QCOMPARE(timeline.message(0).text, u"better"_qs);
    QVERIFY(timeline.message(0).edited);
}

void TestTimeline::anEditThatComesFirstWaits()
{
    Timeline timeline;
    timeline.insert({edit(9, 4, u"better"_qs)});
    QCOMPARE(timeline.count(), 0);
    timeline.insert({message(4)});
    QCOMPARE(timeline.message(0).text, u"better"_qs);
    QCOMPARE(timeline.message(0).seq, 4);
}

void TestTimeline::anEditByAnotherPersonIsIgnored()
{
    Timeline timeline;
    timeline.insert({edit(8, 4, u"forged"_qs, kBob), message(4), edit(9, 4, u"forged"_qs, kBob)});
    QCOMPARE(timeline.message(0).text, u"4"_qs);
    timeline.insert({edit(10, 4, u"better"_qs)});
    QCOMPARE(timeline.message(0).text, u"better"_qs);
}

void TestTimeline::anEditWithALowerNumberIsIgnored()
{
    Timeline timeline;
    timeline.insert({message(4), edit(2, 4, u"earlier"_qs)});
    QCOMPARE(timeline.message(0).text, u"4"_qs);
}

void TestTimeline::theNewestEditWinsInAnyOrder()
{
    Timeline timeline;
    timeline.insert({message(1)});
    timeline.insert({edit(7, 1, u"newest"_qs)});
    timeline.insert({edit(5, 1, u"older"_qs)});
    QCOMPARE(timeline.message(0).text, u"newest"_qs);
}

void TestTimeline::deletingTheNewestEditShowsTheOneBefore()
{
    Timeline timeline;
    timeline.insert({message(1), edit(2, 1, u"second"_qs), edit(3, 1, u"third"_qs)});
    timeline.removeDeleted({{3, 4}});
    QCOMPARE(timeline.message(0).text, u"second"_qs);
    timeline.removeDeleted({{2, 3}});
    QCOMPARE(timeline.message(0), message(1));
}

void TestTimeline::anEditKeepsPlaceTimeCidAndQuote()
{
    Message original = message(5, u"first"_qs, kAlice, u"cid-1"_qs);
    original.head.setReplyTo(2);
    Message change = edit(9, 5, u"second"_qs);
    change.head.setMime(u"text/x-drafty"_qs);
    Timeline timeline;
    timeline.insert({original, change});
    const Message shown = timeline.message(0);
    QCOMPARE(shown.seq, 5);
    QCOMPARE(shown.ts, original.ts);
    QCOMPARE(shown.head.cid(), u"cid-1"_qs);
    QCOMPARE(shown.head.replyTo(), 2);
    QCOMPARE(shown.head.replaces(), 0);
    QCOMPARE(shown.head.mime(), u"text/x-drafty"_qs);
}

void TestTimeline::theEchoTakesThePlaceOfThePendingRow()
{
    Timeline timeline;
    timeline.insert({message(1)});
    timeline.addPending(pending(u"a"_qs));
    timeline.addPending(pending(u"b"_qs));
    TimelineMirror mirror(timeline);
    QSignalSpy changed(&timeline, &Timeline::rowsChanged);
    timeline.insert({message(2, u"mine"_qs, kAlice, u"a"_qs)});
    QCOMPARE(mirror.rows(), QStringList({u"1:1"_qs, u"2:mine"_qs, u"b:1"_qs}));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first(), QVariantList({1, 1}));
    QCOMPARE(mirror.takeSignals(), 1);
}

void TestTimeline::anAcknowledgementInTheMiddleMovesTheRow()
{
    Timeline timeline;
    timeline.insert({message(1), message(5)});
    timeline.addPending(pending(u"a"_qs));
    timeline.addPending(pending(u"b"_qs));
    TimelineMirror mirror(timeline);
    QSignalSpy moved(&timeline, &Timeline::aboutToMoveRow);
    timeline.acknowledge(u"b"_qs, message(3, u"mine"_qs));
    QCOMPARE(moved.size(), 1);
    QCOMPARE(moved.first(), QVariantList({3, 1}));
    QCOMPARE(mirror.rows(), QStringList({u"1:1"_qs, u"3:mine"_qs, u"5:5"_qs, u"a:1"_qs}));
    QCOMPARE(mirror.problem(), QString());
}

void TestTimeline::echoAndAcknowledgementCountOnce()
{
    Timeline timeline;
    timeline.addPending(pending(u"a"_qs));
    timeline.insert({message(1, u"mine"_qs, kAlice, u"a"_qs)});
    timeline.acknowledge(u"a"_qs, message(1, u"mine"_qs));
    QCOMPARE(TimelineMirror::allRows(timeline), QStringList({u"1:mine"_qs}));

    timeline.addPending(pending(u"b"_qs));
    timeline.acknowledge(u"b"_qs, message(2, u"again"_qs));
    timeline.insert({message(2, u"again"_qs, kAlice, u"b"_qs)});
    QCOMPARE(TimelineMirror::allRows(timeline), QStringList({u"1:mine"_qs, u"2:again"_qs}));
}

void TestTimeline::unknownAcknowledgementsAreIgnored()
{
    Timeline timeline;
    timeline.acknowledge(u"nobody"_qs, message(1));
    QCOMPARE(timeline.count(), 0);
}

void TestTimeline::anAcknowledgedEditLeavesNoRow()
{
    Timeline timeline;
    timeline.insert({message(1)});
    timeline.addPending(pending(u"a"_qs));
    TimelineMirror mirror(timeline);
    timeline.acknowledge(u"a"_qs, edit(2, 1, u"better"_qs));
    QCOMPARE(mirror.rows(), QStringList({u"1:better"_qs}));
    QCOMPARE(mirror.problem(), QString());
}

void TestTimeline::aPendingMessageThatIsNumberedAlreadyIsDropped()
{
    Timeline timeline;
    timeline.insert({message(1, u"mine"_qs, kAlice, u"a"_qs)});
    timeline.addPending(pending(u"a"_qs));
    QCOMPARE(timeline.pendingCount(), 0);
}

void TestTimeline::twoCopiesShowOnceWithTheLowestNumber()
{
    Timeline timeline;
    TimelineMirror mirror(timeline);
    timeline.insert({message(4, u"twice"_qs, kAlice, u"a"_qs)});
    timeline.insert({message(6, u"twice"_qs, kAlice, u"a"_qs)});
    QCOMPARE(mirror.rows(), QStringList({u"4:twice"_qs}));
    timeline.insert({message(2, u"twice"_qs, kAlice, u"a"_qs)});
    QCOMPARE(mirror.rows(), QStringList({u"2:twice"_qs}));
    timeline.insert({message(8, u"x"_qs, kAlice, u"b"_qs), message(9, u"x"_qs, kAlice, u"b"_qs)});
    QCOMPARE(mirror.rows(), QStringList({u"2:twice"_qs, u"8:x"_qs}));
    QVERIFY(timeline.known().contains(6));
    QVERIFY(timeline.known().contains(9));
    QCOMPARE(mirror.problem(), QString());
}

void TestTimeline::anotherPersonsCidIsNoCopy()
{
    Timeline timeline;
    timeline.insert({message(1, u"mine"_qs, kAlice, u"a"_qs), message(2, u"theirs"_qs, kBob, u"a"_qs)});
    QCOMPARE(timeline.messageCount(), 2);
}

void TestTimeline::failedMessagesAreCounted()
{
    Timeline timeline;
    timeline.addPending(pending(u"a"_qs));
    timeline.addPending(pending(u"b"_qs));
    QSignalSpy changed(&timeline, &Timeline::rowsChanged);
    timeline.setPendingState(u"b"_qs, Delivery::Failed, StuckReason::TooLarge, u"Too long."_qs);
    QCOMPARE(timeline.failedCount(), 1);
    QCOMPARE(timeline.pending(1).error, u"Too long."_qs);
    QCOMPARE(changed.first(), QVariantList({1, 1}));
    timeline.setPendingState(u"b"_qs, Delivery::Queued);
    QCOMPARE(timeline.failedCount(), 0);
    timeline.setPendingState(u"a"_qs, Delivery::Failed);
    timeline.removePending(u"a"_qs);
    QCOMPARE(timeline.failedCount(), 0);
}

void TestTimeline::clearingKeepsWhatIsPending()
{
    Timeline timeline;
    timeline.insert({message(1), edit(3, 2, u"e"_qs)});
    timeline.removeDeleted({{5, 6}});
    timeline.addPending(pending(u"a"_qs));
    TimelineMirror mirror(timeline);
    timeline.clear();
    QCOMPARE(mirror.rows(), QStringList({u"a:1"_qs}));
    QVERIFY(timeline.known().isEmpty());
    timeline.insert({message(1), message(2), message(5)});
    QCOMPARE(mirror.rows(), QStringList({u"1:1"_qs, u"2:2"_qs, u"5:5"_qs, u"a:1"_qs}));
}

void TestTimeline::readdressingChangesThePendingTopic()
{
    Timeline timeline;
    timeline.addPending(pending(u"a"_qs));
    timeline.readdressPending(u"grpNew"_qs);
    QCOMPARE(timeline.pending(0).topic, u"grpNew"_qs);
}

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
