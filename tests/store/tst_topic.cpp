#include "storesamples.h"

#include "store/topic.h"

#include <QSignalSpy>
#include <QTest>

using namespace confab;
using namespace confab::samples;

namespace {

TopicInfo info(const TopicName &name, Seq seq = 0, Seq read = 0, Seq recv = 0)
{
    TopicInfo result;
    result.name = name;
    result.seq = seq;
    result.read = read;
    result.recv = recv;
    return result;
}

Member member(const UserId &user, Seq read, Seq recv)
{
    Member result;
    result.user = user;
    result.read = read;
    result.recv = recv;
    return result;
}

}

class TestTopic : public QObject
{
    Q_OBJECT

private slots:
    void marksStayInOrder_data();
    void marksStayInOrder();
    void titleIsTheBestThatIsKnown();
    void writingNeedsTheRightOnceItIsKnown();
    void ticksFollowTheMarksOfOthers();
    void onlyMarksOfOthersChangeTicks();
    void sayingTheSameAgainIsNoChange();
    void presenceIsForgottenWithOneSignal();
    void aMemberCanBeAddedChangedAndRemoved();
    void theListShowsTheFailedMessageFirst();
    void receivedMessagesAreNoChangeOfTheListRow();
};

void TestTopic::marksStayInOrder_data()
{
    QTest::addColumn<QList<int>>("given"); // seq, read, recv
    QTest::addColumn<QList<int>>("kept");
    QTest::newRow("in order") << QList<int>{9, 3, 5} << QList<int>{9, 3, 5};
    QTest::newRow("what is read was received") << QList<int>{9, 5, 3} << QList<int>{9, 5, 5};
    QTest::newRow("nothing beyond the last message") << QList<int>{9, 12, 15} << QList<int>{9, 9, 9};
    QTest::newRow("negative numbers") << QList<int>{-4, -2, -1} << QList<int>{0, 0, 0};
}

void TestTopic::marksStayInOrder()
{
    QFETCH(QList<int>, given);
    QFETCH(QList<int>, kept);
    const TopicInfo contradictory = info(kBob, given.at(0), given.at(1), given.at(2));
    const Topic fresh(contradictory);
    QCOMPARE((QList<int>{fresh.info().seq, fresh.info().read, fresh.info().recv}), kept);
    Topic changed(info(kBob));
    changed.setInfo(contradictory);
    QCOMPARE(changed.info(), fresh.info());
    QCOMPARE(changed.unread(), kept.at(0) - kept.at(1));
}

void TestTopic::titleIsTheBestThatIsKnown()
{
    QCOMPARE(Topic(info(kBob)).title(), kBob);
    QCOMPARE(Topic(info(u"slf"_qs)).title(), u"Saved messages"_qs);
    TopicInfo named = info(kBob);
    named.card.name = u"Bob"_qs;
    QCOMPARE(Topic(named).title(), u"Bob"_qs);
}

void TestTopic::writingNeedsTheRightOnceItIsKnown()
{
    Topic topic(info(kBob));
    QVERIFY(topic.canWrite());
    TopicInfo known = topic.info();
    known.acs = wire::Acs{wire::Access::Read | wire::Access::Write, wire::Access::Read};
    topic.setInfo(known);
    QVERIFY(!topic.canWrite());
    known.acs->given |= wire::Access::Write;
    topic.setInfo(known);
    QVERIFY(topic.canWrite());
}

void TestTopic::ticksFollowTheMarksOfOthers()
{
    Topic topic(info(u"grpAbc"_qs, 10));
    topic.setMembers({member(kAlice, 10, 10), member(kBob, 3, 5)});
    QCOMPARE(topic.deliveryOf(3, kAlice, kAlice), Delivery::Read);
    QCOMPARE(topic.deliveryOf(5, kAlice, kAlice), Delivery::Received);
    QCOMPARE(topic.deliveryOf(6, kAlice, kAlice), Delivery::Sent);
    QCOMPARE(topic.deliveryOf(3, kBob, kAlice), Delivery::None);
    QCOMPARE(topic.deliveryOf(3, {}, {}), Delivery::None);
}

void TestTopic::onlyMarksOfOthersChangeTicks()
{
    Topic topic(info(kBob, 10));
    topic.setMembers({member(kBob, 0, 0)});
    QSignalSpy marks(&topic, &Topic::marksChanged);
    QSignalSpy changed(&topic, &Topic::changed);
    topic.setMember(member(kBob, 4, 4));
    QCOMPARE(marks.size(), 1);
    QCOMPARE(changed.size(), 0);
    Member online = member(kBob, 4, 4);
    online.online = true;
    topic.setMember(online);
    QCOMPARE(marks.size(), 1);
    QCOMPARE(changed.size(), 1);
}

void TestTopic::sayingTheSameAgainIsNoChange()
{
    Topic topic(info(kBob, 10));
    topic.setOnline(true);
    topic.setTyping(kBob, true);
    topic.setDraft({u"Dear"_qs});
    topic.setLoading(true);
    QSignalSpy changed(&topic, &Topic::changed);
    QSignalSpy loading(&topic, &Topic::loadingChanged);
    topic.setInfo(topic.info());
    topic.setOnline(true);
    topic.setTyping(kBob, true);
    topic.setDraft({u"Dear"_qs});
    topic.setLoading(true);
    topic.removeMember(kAlice);
    QCOMPARE(changed.size() + loading.size(), 0);
}

void TestTopic::presenceIsForgottenWithOneSignal()
{
    Topic topic(info(kBob));
    Member online = member(kBob, 0, 0);
    online.online = true;
    topic.setMembers({online});
    topic.setOnline(true);
    topic.setTyping(kBob, true);
    QSignalSpy changed(&topic, &Topic::changed);
    topic.forgetPresence();
    topic.forgetPresence();
    QCOMPARE(changed.size(), 1);
    QVERIFY(!topic.isOnline());
    QVERIFY(topic.typing().isEmpty());
    QVERIFY(!topic.member(kBob)->online);
}

void TestTopic::aMemberCanBeAddedChangedAndRemoved()
{
    Topic topic(info(u"grpAbc"_qs));
    topic.setMember(member(kAlice, 1, 1));
    topic.setMember(member(kBob, 2, 2));
    topic.setMember(member(kAlice, 3, 3));
    QCOMPARE(topic.members().size(), 2);
    QCOMPARE(topic.member(kAlice)->read, 3);
    topic.removeMember(kAlice);
    QVERIFY(!topic.member(kAlice));
    QCOMPARE(topic.member(kBob)->read, 2);
}

void TestTopic::theListShowsTheFailedMessageFirst()
{
    Topic topic(info(kBob));
    QVERIFY(!topic.waiting());
    QSignalSpy changed(&topic, &Topic::changed);
    topic.timeline().addPending(pending(u"a"_qs));
    topic.timeline().addPending(pending(u"b"_qs));
    QCOMPARE(topic.waiting()->cid, u"b"_qs);
    topic.timeline().setPendingState(u"a"_qs, Delivery::Failed);
    QCOMPARE(topic.waiting()->cid, u"a"_qs);
    QCOMPARE(changed.size(), 3);
}

void TestTopic::receivedMessagesAreNoChangeOfTheListRow()
{
    Topic topic(info(kBob));
    QSignalSpy changed(&topic, &Topic::changed);
    topic.timeline().insert({message(1), message(2)});
    QCOMPARE(changed.size(), 0);
}

QTEST_GUILESS_MAIN(TestTopic)
#include "tst_topic.moc"
