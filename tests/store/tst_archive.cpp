#include "archivefixture.h"
#include "storesamples.h"

#include "store/timeline.h"

#include <QRandomGenerator>
#include <QTest>

using namespace confab;
using namespace confab::samples;

namespace {

QStringList cidsOf(const QList<PendingMessage> &messages)
{
    QStringList result;
    for (const PendingMessage &message : messages)
        result.append(message.cid);
    return result;
}

QList<Seq> seqsOf(const ArchivePage &page)
{
    QList<Seq> result;
    for (const Message &message : page.messages)
        result.append(message.seq);
    return result;
}

QList<Message> messages(Seq low, Seq hi)
{
    QList<Message> result;
    for (Seq seq = low; seq < hi; ++seq)
        result.append(message(seq));
    return result;
}

TopicInfo fullInfo()
{
    TopicInfo info;
    info.name = kBob;
    info.card.name = u"Bob"_qs;
    info.card.note = u"a note"_qs;
    info.comment = u"from work"_qs;
    info.acs = wire::Acs{wire::Access::Join | wire::Access::Read, wire::Access::Read};
    info.seq = 9;
    info.read = 3;
    info.recv = 5;
    info.clear = 2;
    info.memberCount = 2;
    info.touched = timeOf(9);
    info.updated = timeOf(4);
    info.lastSeen = timeOf(8);
    info.preview = {9, kBob, u"see you"_qs, timeOf(9)};
    info.pins = {7, 2};
    info.pinned = true;
    info.archived = true;
    return info;
}

}

class TestArchive : public QObject
{
    Q_OBJECT

private slots:
    void topicsAndPeopleAreReadBack();
    void messagesAreReadBackAsTheyWere();
    void pagesGoBackwardsToTheBeginning();
    void aPageBringsTheEditsOfItsMessages();
    void aPageBringsTheReactionsToItsMessages();
    void chatsDoNotMix();
    void whatIsKnownIsKeptAsRanges();
    void knownRangesAgreeWithTheStore_data();
    void knownRangesAgreeWithTheStore();
    void deletedMessagesGoWithTheirEdits();
    void aSavedMessageIsNotAltered();
    void aRemovedTopicLeavesNothingButItsOutbox();

    void theOutboxKeepsItsOrder();
    void whatWasOnItsWayWaitsAgain();
    void anAcknowledgedMessageMovesToTheMessages();
    void acknowledgingTwiceIsHarmless();
    void aNumberedOutboxRowIsDroppedAtOpening();
    void queuedComesAfterTheRowIsStored();
    void draftsAreKeptUntilTheyAreEmpty();
    void draftGoesWithTheMessageThatItBecame();
    void droppedMessagesStayAway();
};

void TestArchive::topicsAndPeopleAreReadBack()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    wire::Card alice;
    alice.name = u"Alice"_qs;
    alice.photo = QByteArray("\x01\x00\xff", 3);
    alice.photoType = u"png"_qs;
    fixture.archive().saveSelf(kAlice, alice);
    fixture.archive().saveUser(kBob, fullInfo().card);
    TopicInfo early = fullInfo();
    early.read = 1;
    fixture.archive().saveTopic(early);
    fixture.archive().saveTopic(fullInfo());
    TopicInfo sparse;
    sparse.name = u"grpAbc"_qs;
    fixture.archive().saveTopic(sparse);
    const auto snapshot = fixture.reopen();
    QVERIFY(snapshot);
    QCOMPARE(snapshot->self, kAlice);
    QCOMPARE(snapshot->selfCard, alice);
    QCOMPARE(snapshot->topics, (QList<TopicInfo>{fullInfo(), sparse}));
    QCOMPARE(snapshot->users.size(), 1);
    QCOMPARE(snapshot->users.first().second, fullInfo().card);
    QVERIFY(fixture.failures().isEmpty());
}

void TestArchive::messagesAreReadBackAsTheyWere()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    Message rich = message(2, u"größer 🎈\nzweite Zeile"_qs, kBob, u"cid-2"_qs);
    rich.content = wire::JsonBlob::fromBytes(R"({"txt":"größer","fmt":[{"at":0,"len":3}],"n":1.5})");
    rich.head.setReplyTo(1);
    Message channel = message(3, {}, {});
    channel.content = {};
    const QList<Message> all{message(1), rich, channel};
    fixture.archive().saveMessages(kBob, all);
    QVERIFY(fixture.reopen());
    QCOMPARE(fixture.page(kBob).messages, all);
}

void TestArchive::pagesGoBackwardsToTheBeginning()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, messages(1, 8));
    QCOMPARE(seqsOf(fixture.page(kBob, 0, 3)), (QList<Seq>{5, 6, 7}));
    QCOMPARE(seqsOf(fixture.page(kBob, 5, 3)), (QList<Seq>{2, 3, 4}));
    QCOMPARE(seqsOf(fixture.page(kBob, 2, 3)), (QList<Seq>{1}));
    QCOMPARE(seqsOf(fixture.page(kBob, 1, 3)), QList<Seq>());
    QCOMPARE(seqsOf(fixture.page(u"usrNobody00001"_qs)), QList<Seq>());
}

void TestArchive::aPageBringsTheEditsOfItsMessages()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(
        kBob, messages(1, 5) + QList<Message>{edit(5, 2, u"two"_qs), edit(6, 4, u"four"_qs)});
    QCOMPARE(seqsOf(fixture.page(kBob, 0, 1)), (QList<Seq>{4, 5, 6}));
    const ArchivePage older = fixture.page(kBob, 3, 2);
    QCOMPARE(seqsOf(older), (QList<Seq>{1, 2, 5}));
    Timeline timeline;
    timeline.insert(older.messages);
    QCOMPARE(timeline.message(1).text, u"two"_qs);
}

void TestArchive::aPageBringsTheReactionsToItsMessages()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    const Message late = reaction(9, 2, u"👍"_qs, kBob);
    fixture.archive().saveMessages(
        kBob, {message(1), message(2), message(3), message(8), late, edit(10, 1, u"new"_qs)});
    const ArchivePage page = fixture.page(kBob, 4, 2);
    QCOMPARE(page.messages, (QList<Message>{message(2), message(3), late}));
    fixture.archive().removeMessages(kBob, {{2, 3}});
    const ArchivePage all = fixture.page(kBob);
    QCOMPARE(
        all.messages, (QList<Message>{message(1), message(3), message(8), edit(10, 1, u"new"_qs)}));
}

void TestArchive::chatsDoNotMix()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, {message(wire::kMaxSeq)});
    fixture.archive().saveMessages(u"grpAbc"_qs, {message(1), edit(2, 1, u"one"_qs)});
    fixture.archive().removeMessages(kBob, {{1, 10}});
    QCOMPARE(seqsOf(fixture.page(kBob)), QList<Seq>{wire::kMaxSeq});
    QCOMPARE(seqsOf(fixture.page(u"grpAbc"_qs)), (QList<Seq>{1, 2}));
    fixture.archive().removeTopic(kBob);
    QCOMPARE(seqsOf(fixture.page(u"grpAbc"_qs)), (QList<Seq>{1, 2}));
}

void TestArchive::whatIsKnownIsKeptAsRanges()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, {message(2), message(3), message(9)});
    fixture.archive().saveKnown(kBob, {4, 6});
    fixture.archive().removeMessages(kBob, {{1, 3}});
    QVERIFY(fixture.reopen());
    const ArchivePage page = fixture.page(kBob);
    QCOMPARE(page.known.ranges(), (QList<SeqRange>{{1, 6}, {9, 10}}));
    QCOMPARE(seqsOf(page), (QList<Seq>{3, 9}));
}

void TestArchive::knownRangesAgreeWithTheStore_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestArchive::knownRangesAgreeWithTheStore()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    SeqRanges expected;
    for (int step = 0; step < 40; ++step) {
        const Seq low = random.bounded(1, 60);
        const SeqRange range{low, low + random.bounded(1, 8)};
        expected.add(range);
        fixture.archive().saveKnown(kBob, range);
    }
    QCOMPARE(fixture.page(kBob).known, expected);
}

void TestArchive::deletedMessagesGoWithTheirEdits()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, messages(1, 4) + QList<Message>{edit(4, 2, u"two"_qs)});
    fixture.archive().removeMessages(kBob, {{2, 3}});
    QCOMPARE(seqsOf(fixture.page(kBob)), (QList<Seq>{1, 3}));
    QVERIFY(fixture.page(kBob).known.contains(4));
}

void TestArchive::aSavedMessageIsNotAltered()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, {message(1, u"first"_qs)});
    fixture.archive().saveMessages(kBob, {message(1, u"second"_qs), message(2)});
    QCOMPARE(fixture.page(kBob).messages, (QList<Message>{message(1, u"first"_qs), message(2)}));
}

void TestArchive::aRemovedTopicLeavesNothingButItsOutbox()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveTopic(fullInfo());
    fixture.archive().saveMessages(kBob, messages(1, 4));
    fixture.archive().enqueue(pending(u"a"_qs));
    fixture.archive().removeTopic(kBob);
    const auto snapshot = fixture.reopen();
    QVERIFY(snapshot);
    QVERIFY(snapshot->topics.isEmpty());
    QCOMPARE(cidsOf(snapshot->outbox), QStringList{u"a"_qs});
    const ArchivePage page = fixture.page(kBob);
    QVERIFY(page.messages.isEmpty());
    QVERIFY(page.known.isEmpty());
}

void TestArchive::theOutboxKeepsItsOrder()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    const QStringList written{u"z"_qs, u"a"_qs, u"m"_qs};
    for (const QString &cid : written)
        fixture.archive().enqueue(pending(cid));
    PendingMessage tried = pending(u"z"_qs);
    tried.tries = 3;
    fixture.archive().updatePending(tried);
    const auto snapshot = fixture.reopen();
    QVERIFY(snapshot);
    QCOMPARE(cidsOf(snapshot->outbox), written);
    QCOMPARE(snapshot->outbox.first(), tried);
}

void TestArchive::whatWasOnItsWayWaitsAgain()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    PendingMessage sending = pending(u"a"_qs);
    sending.state = Delivery::Sending;
    PendingMessage failed = pending(u"b"_qs);
    failed.state = Delivery::Failed;
    failed.error = u"Too long."_qs;
    fixture.archive().enqueue(sending);
    fixture.archive().enqueue(failed);
    const auto snapshot = fixture.reopen();
    QVERIFY(snapshot);
    QCOMPARE(snapshot->outbox.at(0).state, Delivery::Queued);
    QCOMPARE(snapshot->outbox.at(1), failed);
}

void TestArchive::anAcknowledgedMessageMovesToTheMessages()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveSelf(kAlice, {});
    fixture.archive().enqueue(pending(u"a"_qs));
    fixture.archive().enqueue(pending(u"b"_qs));
    fixture.archive().acknowledge(u"a"_qs, kBob, message(7, u"mine"_qs));
    const auto snapshot = fixture.reopen();
    QVERIFY(snapshot);
    QCOMPARE(cidsOf(snapshot->outbox), QStringList{u"b"_qs});
    QCOMPARE(fixture.page(kBob).messages, QList<Message>{message(7, u"mine"_qs, kAlice, u"a"_qs)});
}

void TestArchive::acknowledgingTwiceIsHarmless()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().enqueue(pending(u"a"_qs));
    fixture.archive().acknowledge(u"a"_qs, kBob, message(7));
    fixture.archive().acknowledge(u"a"_qs, kBob, message(7));
    QCOMPARE(seqsOf(fixture.page(kBob)), QList<Seq>{7});
    QVERIFY(fixture.failures().isEmpty());
}

void TestArchive::aNumberedOutboxRowIsDroppedAtOpening()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveSelf(kAlice, {});
    fixture.archive().enqueue(pending(u"a"_qs));
    fixture.archive().enqueue(pending(u"b"_qs));
    // As if the program had died between the two halves of an acknowledgement; and a copy of the
    // other cid by somebody else, which proves nothing.
    fixture.archive().saveMessages(kBob, {message(7, u"mine"_qs, kAlice, u"a"_qs),
                                          message(8, u"theirs"_qs, kBob, u"b"_qs)});
    const auto snapshot = fixture.reopen();
    QVERIFY(snapshot);
    QCOMPARE(cidsOf(snapshot->outbox), QStringList{u"b"_qs});
    QCOMPARE(cidsOf(fixture.reopen()->outbox), QStringList{u"b"_qs});
}

void TestArchive::queuedComesAfterTheRowIsStored()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QSignalSpy queued(&fixture.archive(), &Archive::queued);
    const PendingMessage written = pending(u"a"_qs, u"kept"_qs);
    fixture.archive().enqueue(written);
    QVERIFY(queued.isEmpty()); // never before control is back with the caller
    QVERIFY(fixture.settle());
    QCOMPARE(queued.size(), 1);
    QCOMPARE(queued.first().first().value<PendingMessage>(), written);
}

void TestArchive::draftsAreKeptUntilTheyAreEmpty()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    Draft dear{u"Dear Bob"_qs, 4, 7, 3};
    dear.fixed = {{5, wire::Drafty::fromEntity(u"Bob"_qs, wire::Mention{kBob})}};
    fixture.archive().saveDraft(kBob, {u"Dear"_qs});
    fixture.archive().saveDraft(kBob, dear);
    fixture.archive().saveDraft(kAlice, {u"gone"_qs});
    fixture.archive().saveDraft(kAlice, {});
    const auto snapshot = fixture.reopen();
    QVERIFY(snapshot);
    QCOMPARE(snapshot->drafts, (QHash<TopicName, Draft>{{kBob, dear}}));
}

void TestArchive::draftGoesWithTheMessageThatItBecame()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    PendingMessage message = pending(u"a"_qs);
    message.topic = kBob;
    message.text = u"very well"_qs; // as sent, without its marks
    fixture.archive().saveDraft(kBob, {u" *very* well"_qs});
    fixture.archive().enqueue(message);
    fixture.archive().saveDraft(kAlice, {u"other"_qs});
    message.topic = kAlice;
    fixture.archive().enqueue(message);
    QCOMPARE(fixture.reopen()->drafts, (QHash<TopicName, Draft>{{kAlice, {u"other"_qs}}}));
}

void TestArchive::droppedMessagesStayAway()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().enqueue(pending(u"a"_qs));
    fixture.archive().dropPending(u"a"_qs);
    fixture.archive().updatePending(pending(u"a"_qs));
    QVERIFY(fixture.reopen()->outbox.isEmpty());
}

QTEST_GUILESS_MAIN(TestArchive)
#include "tst_archive.moc"
