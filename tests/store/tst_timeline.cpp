#include "storesamples.h"
#include "timelinemirror.h"

#include "store/timeline.h"
#include "wire/drafty/quoting.h"

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

    void aReactionIsShownByItsTargetAndIsNoRow();
    void anEmojiCountsEachPersonOnce();
    void anEditOfAReactionChangesItOrTakesItBack();
    void aDeletedReactionIsGone();
    void ownEditsAndReactionsShowBeforeTheyAreNumbered();
    void aRefusedEditIsARowUntilItIsTriedAgain();
    void answersToAPollAreCounted();
    void whatIsHiddenComesBackOrIsDeleted();
    void versionsAreKeptInOrder();
    void onlyRowsAndUnknownNumbersAreUnread();
};

namespace {

const auto kHeart = u"\u2764"_qs;
const auto kStar = u"\u2b50"_qs;

QList<Reaction> reactionsTo(const Timeline &timeline, Seq seq)
{
    return timeline.folded().reactions(seq, kAlice);
}

PendingMessage pendingEdit(const QString &cid, Seq original)
{
    PendingMessage result = pending(cid, u"better"_qs);
    result.head.setReplaces(original);
    return result;
}

}

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

void TestTimeline::aReactionIsShownByItsTargetAndIsNoRow()
{
    Timeline timeline;
    TimelineMirror mirror(timeline);
    timeline.insert({message(3)});
    mirror.takeSignals();
    timeline.insert({reaction(4, 3, kHeart, kBob), message(5)});
    QCOMPARE(mirror.rows(), QStringList({u"3:3"_qs, u"5:5"_qs}));
    QCOMPARE(mirror.takeSignals(), 2); // one row changed, one came
    QCOMPARE(reactionsTo(timeline, 3), QList<Reaction>({{kHeart, {kBob}}}));
    QCOMPARE(timeline.shownBy(4), 3);
    QCOMPARE(mirror.problem(), QString());
}

void TestTimeline::anEmojiCountsEachPersonOnce()
{
    Timeline timeline;
    timeline.insert({reaction(9, 3, kStar, kBob), reaction(4, 3, kHeart, kBob), message(3),
        reaction(6, 3, kHeart, kBob), reaction(7, 3, kHeart, kAlice)});
    QCOMPARE(reactionsTo(timeline, 3),
        QList<Reaction>({{kHeart, {kBob, kAlice}}, {kStar, {kBob}}}));
    QCOMPARE(timeline.folded().reactionsBy(3, kBob, kHeart), QList<Seq>({4, 6}));
}

void TestTimeline::anEditOfAReactionChangesItOrTakesItBack()
{
    Timeline timeline;
    Message changed = edit(6, 4, kStar, kBob);
    changed.head.setReaction(kStar);
    timeline.insert({changed, message(3), reaction(4, 3, kHeart, kBob)});
    QCOMPARE(reactionsTo(timeline, 3), QList<Reaction>({{kStar, {kBob}}}));
    QCOMPARE(timeline.shownBy(6), 3);
    TimelineMirror mirror(timeline);
    Message takenBack = edit(7, 4, kStar, kBob);
    takenBack.head.setReaction(QString());
    timeline.insert({takenBack});
    QVERIFY(reactionsTo(timeline, 3).isEmpty());
    QCOMPARE(mirror.takeSignals(), 1);
    Message byAnother = edit(8, 4, kHeart, kAlice);
    byAnother.head.setReaction(kHeart);
    timeline.insert({byAnother});
    QVERIFY(reactionsTo(timeline, 3).isEmpty());
}

void TestTimeline::aDeletedReactionIsGone()
{
    Timeline timeline;
    timeline.insert({message(3), reaction(4, 3, kHeart, kBob)});
    TimelineMirror mirror(timeline);
    timeline.removeDeleted({{4, 5}});
    QVERIFY(reactionsTo(timeline, 3).isEmpty());
    QCOMPARE(mirror.takeSignals(), 1);
    timeline.insert({reaction(4, 3, kHeart, kBob)});
    QVERIFY(reactionsTo(timeline, 3).isEmpty());
}

void TestTimeline::ownEditsAndReactionsShowBeforeTheyAreNumbered()
{
    Timeline timeline;
    TimelineMirror mirror(timeline);
    timeline.insert({message(3)});
    timeline.addPending(pendingEdit(u"c1"_qs, 3));
    QCOMPARE(mirror.rows(), QStringList{u"3:better"_qs});
    QCOMPARE(timeline.folded().editState(3), Delivery::Queued);
    timeline.setPendingState(u"c1"_qs, Delivery::Sending);
    QCOMPARE(timeline.folded().editState(3), Delivery::Sending);
    timeline.acknowledge(u"c1"_qs, edit(4, 3, u"better"_qs));
    QCOMPARE(mirror.rows(), QStringList{u"3:better"_qs});
    QCOMPARE(timeline.folded().editState(3), Delivery::None);

    PendingMessage heart = pending(u"c2"_qs, kHeart);
    heart.head.setReplyTo(3);
    heart.head.setReaction(kHeart);
    timeline.addPending(heart);
    QCOMPARE(reactionsTo(timeline, 3), QList<Reaction>({{kHeart, {kAlice}}}));
    QCOMPARE(timeline.folded().pendingReactions(3, kHeart), QStringList{u"c2"_qs});
    timeline.removePending(u"c2"_qs);
    QVERIFY(reactionsTo(timeline, 3).isEmpty());
    QCOMPARE(mirror.problem(), QString());
}

void TestTimeline::aRefusedEditIsARowUntilItIsTriedAgain()
{
    Timeline timeline;
    TimelineMirror mirror(timeline);
    timeline.insert({message(3)});
    timeline.addPending(pendingEdit(u"c1"_qs, 3));
    timeline.setPendingState(u"c1"_qs, Delivery::Failed, StuckReason::NotAllowed, u"No."_qs);
    QCOMPARE(mirror.rows(), QStringList({u"3:3"_qs, u"c1:%1"_qs.arg(int(Delivery::Failed))}));
    QCOMPARE(timeline.failedCount(), 1);
    timeline.setPendingState(u"c1"_qs, Delivery::Queued);
    QCOMPARE(mirror.rows(), QStringList{u"3:better"_qs});
    QCOMPARE(timeline.failedCount(), 0);
    QCOMPARE(mirror.problem(), QString());
}

void TestTimeline::answersToAPollAreCounted()
{
    const auto answer = [](Seq seq, const QString &choice, const UserId &from, bool isFolded) {
        Message result = message(seq, choice, from);
        wire::Button button;
        button.name = choice;
        result.content = wire::buttonReply(choice, button, 3).toContent();
        if (isFolded) {
            result.head.setReplyTo(3);
            result.head.setPoll(wire::PollRole::Answer);
        }
        return result;
    };
    Message poll = message(3);
    poll.head.setPoll(wire::PollRole::Single);
    Timeline timeline;
    timeline.insert({answer(8, u"a"_qs, kBob, true), answer(5, u"a"_qs, kAlice, false), poll,
        answer(6, u"b"_qs, kAlice, true)});
    QCOMPARE(timeline.messageCount(), 2); // what another program sent is a row
    const QList<PollCount> counts = timeline.folded().answers(timeline.original(0), kAlice);
    QCOMPARE(counts, QList<PollCount>({{u"a"_qs, {kBob}}, {u"b"_qs, {kAlice}}}));
    Message closed = edit(7, 3, u"closed"_qs);
    closed.head.setPoll(wire::PollRole::Closed);
    timeline.insert({closed});
    QCOMPARE(timeline.folded().answers(timeline.original(0), kAlice),
        QList<PollCount>({{u"b"_qs, {kAlice}}})); // Bob came too late
}

void TestTimeline::whatIsHiddenComesBackOrIsDeleted()
{
    Timeline timeline;
    TimelineMirror mirror(timeline);
    timeline.insert({message(3), message(4), edit(6, 4, u"newer"_qs), message(5)});
    timeline.hide({4, 5});
    QCOMPARE(mirror.rows(), QStringList{u"3:3"_qs});
    timeline.insert({message(5)}); // told once more by the server
    QCOMPARE(mirror.rows(), QStringList{u"3:3"_qs});
    timeline.show({4, 5});
    QCOMPARE(mirror.rows(), QStringList({u"3:3"_qs, u"4:newer"_qs, u"5:5"_qs}));
    timeline.hide({4});
    timeline.removeDeleted({{4, 5}});
    timeline.show({4});
    QCOMPARE(mirror.rows(), QStringList({u"3:3"_qs, u"5:5"_qs}));
    QCOMPARE(mirror.problem(), QString());
}

void TestTimeline::versionsAreKeptInOrder()
{
    Timeline timeline;
    timeline.insert({edit(7, 3, u"third"_qs), message(3, u"first"_qs), edit(5, 3, u"second"_qs),
        edit(6, 3, u"not mine"_qs, kBob)});
    QStringList texts;
    for (const Message &version : timeline.versions(0))
        texts.append(version.text);
    QCOMPARE(texts, QStringList({u"first"_qs, u"second"_qs, u"third"_qs}));
}

void TestTimeline::onlyRowsAndUnknownNumbersAreUnread()
{
    Timeline timeline;
    timeline.insert({message(3), reaction(4, 3, kHeart, kBob), edit(5, 3, u"newer"_qs)});
    QCOMPARE(timeline.unreadAfter(3, 5), 0);
    QCOMPARE(timeline.unreadAfter(2, 5), 1);
    QCOMPARE(timeline.unreadAfter(3, 8), 3); // what are they?
    QCOMPARE(timeline.seenWith(3), 5);
}

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
