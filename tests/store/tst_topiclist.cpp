#include "storesamples.h"

#include "store/topiclist.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace confab;
using namespace confab::samples;

namespace {

TopicInfo info(const TopicName &name, const QString &title = {})
{
    TopicInfo result;
    result.name = name;
    result.card.name = title;
    return result;
}

wire::Card card(const QString &name)
{
    wire::Card result;
    result.name = name;
    return result;
}

}

class TestTopicList : public QObject
{
    Q_OBJECT

private slots:
    void addingTellsBeforeAndAfter();
    void addingAnExistingTopicReplacesItsInfo();
    void removedTopicsLiveUntilTheSignalsAreOut();
    void changesOfATopicNameItsRow();
    void renamingKeepsTheTopicAndItsPendingMessages();
    void renamingToAnExistingTopicJoinsThem();
    void namesComeFromTheNearestSource();
    void offlineReachesEveryTopic();
};

void TestTopicList::addingTellsBeforeAndAfter()
{
    TopicList list;
    int countBefore = -1;
    connect(&list, &TopicList::aboutToAdd, this, [&] { countBefore = list.count(); });
    QSignalSpy added(&list, &TopicList::added);
    Topic *topic = list.add(info(kBob));
    QCOMPARE(countBefore, 0);
    QCOMPARE(added.size(), 1);
    QCOMPARE(list.find(kBob), topic);
    QCOMPARE(list.find(kAlice), nullptr);
}

void TestTopicList::addingAnExistingTopicReplacesItsInfo()
{
    TopicList list;
    Topic *topic = list.add(info(kBob));
    QSignalSpy added(&list, &TopicList::added);
    QCOMPARE(list.add(info(kBob, u"Bob"_qs)), topic);
    QCOMPARE(added.size(), 0);
    QCOMPARE(topic->title(), u"Bob"_qs);
}

void TestTopicList::removedTopicsLiveUntilTheSignalsAreOut()
{
    TopicList list;
    const QPointer<Topic> topic = list.add(info(kBob));
    QSignalSpy changed(&list, &TopicList::topicChanged);
    bool alive = false;
    connect(&list, &TopicList::removed, this, [&] { alive = !topic.isNull(); });
    list.remove(kBob);
    QVERIFY(alive);
    QCOMPARE(list.count(), 0);
    QCOMPARE(changed.size(), 0);
    QTRY_VERIFY(topic.isNull());
}

void TestTopicList::changesOfATopicNameItsRow()
{
    TopicList list;
    list.add(info(kAlice));
    Topic *bob = list.add(info(kBob));
    QSignalSpy changed(&list, &TopicList::topicChanged);
    bob->setOnline(true);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first(), QVariantList{1});
}

void TestTopicList::renamingKeepsTheTopicAndItsPendingMessages()
{
    TopicList list;
    Topic *topic = list.add(info(u"newGroup"_qs));
    topic->timeline().addPending(pending(u"a"_qs));
    list.rename(u"newGroup"_qs, u"grpAbc"_qs);
    QCOMPARE(list.find(u"grpAbc"_qs), topic);
    QCOMPARE(list.find(u"newGroup"_qs), nullptr);
    QCOMPARE(topic->kind(), wire::TopicKind::Group);
    QCOMPARE(topic->timeline().pending(0).topic, u"grpAbc"_qs);
}

void TestTopicList::renamingToAnExistingTopicJoinsThem()
{
    TopicList list;
    list.add(info(u"newGroup"_qs))->timeline().addPending(pending(u"a"_qs));
    Topic *lasting = list.add(info(u"grpAbc"_qs));
    list.rename(u"newGroup"_qs, u"grpAbc"_qs);
    QCOMPARE(list.count(), 1);
    QCOMPARE(list.find(u"grpAbc"_qs), lasting);
    QCOMPARE(lasting->timeline().pending(0).cid, u"a"_qs);
}

void TestTopicList::namesComeFromTheNearestSource()
{
    TopicList list;
    QCOMPARE(list.nameOf(kBob), kBob);
    Member member;
    member.user = kBob;
    member.card = card(u"Bob of the group"_qs);
    list.add(info(u"grpAbc"_qs))->setMember(member);
    QCOMPARE(list.nameOf(kBob), u"Bob of the group"_qs);
    QSignalSpy named(&list, &TopicList::userChanged);
    list.noteUser(kBob, card(u"Bob as found"_qs));
    list.noteUser(kBob, card(u"Bob as found"_qs));
    QCOMPARE(named.size(), 1);
    QCOMPARE(list.nameOf(kBob), u"Bob as found"_qs);
    list.add(info(kBob, u"Bob"_qs));
    QCOMPARE(list.nameOf(kBob), u"Bob"_qs);
    list.setSelf(kAlice, card(u"Alice"_qs));
    QCOMPARE(list.nameOf(kAlice), u"Alice"_qs);
}

void TestTopicList::offlineReachesEveryTopic()
{
    TopicList list;
    list.add(info(kAlice))->setOnline(true);
    list.add(info(kBob))->setTyping(kBob, true);
    list.setAllOffline();
    QVERIFY(!list.at(0)->isOnline());
    QVERIFY(list.at(1)->typing().isEmpty());
}

QTEST_GUILESS_MAIN(TestTopicList)
#include "tst_topiclist.moc"
