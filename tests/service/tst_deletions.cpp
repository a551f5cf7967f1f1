#include "fakeserver.h"

#include "wire/pins.h"

using namespace confab;

namespace {

const QString kPeer = FakeServer::kPeer;

}

/// Messages that are deleted or pinned.
class DeletionsTest : public QObject
{
    Q_OBJECT

private slots:
    void aDeletionIsSentWhenItCanNoLongerBeTakenBack();
    void whatIsTakenBackIsNeverAskedFor();
    void eachRunOfNumbersIsARequestOfItsOwn();
    void everythingThatBelongsToAMessageGoesWithIt();
    void partsAreDeletedAtOnceForEverybody();
    void leavingTheChatEndsTheTimeToTakeItBack();
    void stoppingEndsTheTimeToTakeItBack();
    void withoutAConnectionItWaits();
    void whatTheServerRefusesIsShownAgain();
    void reactionsAreNeitherUnreadNorThePreview();
    void pinsComeWithTheChatAndAreChanged();
};

void DeletionsTest::aDeletionIsSentWhenItCanNoLongerBeTakenBack()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 3);
    QSignalSpy waiting(&server.service(), &ChatService::deletionWaiting);
    QSignalSpy settled(&server.service(), &ChatService::deletionSettled);
    server.service().deleteMessages(kPeer, {3}, true);
    QCOMPARE(server.rows(kPeer), QStringList({QStringLiteral("text 1"), QStringLiteral("text 2")}));
    QCOMPARE(waiting.size(), 1);
    QCOMPARE(server.count<wire::Del>(), 0);
    const auto del = server.next<wire::Del>();
    QCOMPARE(settled.size(), 1);
    QVERIFY(del.hard);
    QCOMPARE(del.delseq, QList<SeqRange>({{3, 4}}));
    wire::CtrlParams params;
    params.del = 7;
    server.reply(del.id, 200, kPeer, params);
    QTRY_COMPARE(server.topic(kPeer)->info().clear, 7);
    QCOMPARE(server.topic(kPeer)->info().preview.text, QStringLiteral("text 2"));
    server.data(kPeer, 3, kPeer, QStringLiteral("text 3")); // told once more
    server.data(kPeer, 4, kPeer, QStringLiteral("text 4"));
    QTRY_COMPARE(server.rows(kPeer).last(), QStringLiteral("text 4"));
    QCOMPARE(server.rows(kPeer).size(), 3);
}

void DeletionsTest::whatIsTakenBackIsNeverAskedFor()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 2);
    QSignalSpy settled(&server.service(), &ChatService::deletionSettled);
    server.service().deleteMessages(kPeer, {1, 2}, false);
    server.service().undoDelete(kPeer);
    QCOMPARE(settled.size(), 1);
    QCOMPARE(server.rows(kPeer).size(), 2);
    server.service().deleteMessages(kPeer, {1}, false); // takes longer than what was taken back
    QCOMPARE(server.next<wire::Del>().delseq, QList<SeqRange>({{1, 2}}));
    QCOMPARE(server.count<wire::Del>(), 0);
}

void DeletionsTest::eachRunOfNumbersIsARequestOfItsOwn()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 6);
    server.service().deleteMessages(kPeer, {2, 6, 3}, false);
    QCOMPARE(server.next<wire::Del>().delseq, QList<SeqRange>({{2, 4}}));
    QCOMPARE(server.next<wire::Del>().delseq, QList<SeqRange>({{6, 7}}));
}

void DeletionsTest::everythingThatBelongsToAMessageGoesWithIt()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 2);
    wire::Data edit;
    edit.topic = kPeer;
    edit.seq = 3;
    edit.from = kPeer;
    edit.head.setReplaces(2);
    edit.content = wire::JsonBlob::fromString(QStringLiteral("newer"));
    server.say(edit);
    QTRY_COMPARE(server.rows(kPeer).last(), QStringLiteral("newer"));
    server.service().deleteMessages(kPeer, {2}, false);
    QCOMPARE(server.next<wire::Del>().delseq, QList<SeqRange>({{2, 4}}));
}

void DeletionsTest::partsAreDeletedAtOnceForEverybody()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 3);
    server.service().deleteParts(kPeer, {2});
    QCOMPARE(server.count<wire::Del>(), 1);
    QVERIFY(server.next<wire::Del>().hard);
}

void DeletionsTest::leavingTheChatEndsTheTimeToTakeItBack()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 1);
    QSignalSpy settled(&server.service(), &ChatService::deletionSettled);
    server.service().deleteMessages(kPeer, {1}, false);
    server.service().closeTopic(kPeer);
    QCOMPARE(settled.size(), 1);
    const auto del = server.next<wire::Del>();
    QCOMPARE(server.count<wire::Leave>(), 0); // it stays until that is through
    server.reply(del.id, 200, kPeer);
    QCOMPARE(server.next<wire::Leave>().topic, kPeer);
}

void DeletionsTest::stoppingEndsTheTimeToTakeItBack()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 1);
    server.service().deleteMessages(kPeer, {1}, false);
    server.service().stop();
    QCOMPARE(server.count<wire::Del>(), 1);
}

void DeletionsTest::withoutAConnectionItWaits()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 2);
    server.session()->injectLost();
    server.service().deleteMessages(kPeer, {2}, false);
    QSignalSpy settled(&server.service(), &ChatService::deletionSettled);
    QTRY_COMPARE(settled.size(), 1);
    QCOMPARE(server.rows(kPeer).size(), 1);
    server.signIn({FakeServer::chat(kPeer, 2)});
    server.attach(server.nextSub(kPeer), 2);
    QCOMPARE(server.next<wire::Del>().delseq, QList<SeqRange>({{2, 3}}));
}

void DeletionsTest::whatTheServerRefusesIsShownAgain()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 1);
    QSignalSpy failed(&server.service(), &ChatService::actionFailed);
    server.service().deleteMessages(kPeer, {1}, true);
    server.reply(server.next<wire::Del>().id, 403, kPeer);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(server.rows(kPeer), QStringList{QStringLiteral("text 1")});
}

void DeletionsTest::reactionsAreNeitherUnreadNorThePreview()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 1);
    server.service().markRead(kPeer, 1);
    wire::Data reaction;
    reaction.topic = kPeer;
    reaction.seq = 2;
    reaction.from = kPeer;
    reaction.head.setReplyTo(1);
    reaction.head.setReaction(QStringLiteral("\u2764"));
    reaction.content = wire::JsonBlob::fromString(QStringLiteral("\u2764"));
    server.say(reaction);
    const Topic *topic = server.topic(kPeer);
    QTRY_COMPARE(topic->info().seq, 2);
    QCOMPARE(topic->unread(), 0);
    QCOMPARE(topic->info().preview.text, QStringLiteral("text 1"));
    QCOMPARE(server.rows(kPeer).size(), 1);
    QTRY_COMPARE(topic->info().read, 2); // so that it is not unread after a restart
}

void DeletionsTest::pinsComeWithTheChatAndAreChanged()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.service().openTopic(kPeer);
    auto sub = server.nextSub(kPeer);
    QVERIFY(sub.get->what.testFlag(wire::What::Aux));
    wire::Meta meta;
    meta.id = sub.id;
    meta.topic = kPeer;
    meta.aux = wire::auxOfPins({4, 2});
    server.say(meta);
    sub.get->what &= ~wire::Whats(wire::What::Aux); // has been told
    server.attach(sub, 5, {1, 2, 3, 4, 5});
    QTRY_COMPARE(server.topic(kPeer)->info().pins, QList<Seq>({4, 2}));
    server.service().setPins(kPeer, {2});
    const auto set = server.next<wire::Set>();
    QCOMPARE(set.query.aux, wire::auxOfPins({2}));
    server.reply(set.id, 200, kPeer);
    QTRY_COMPARE(server.topic(kPeer)->info().pins, QList<Seq>({2}));
    server.presence(kPeer, {}, wire::PresKind::Aux);
    const auto get = server.next<wire::Get>();
    QVERIFY(get.query.what.testFlag(wire::What::Aux));
    server.replyPart(get.id, 204, kPeer, QStringLiteral("aux")); // somebody took the last away
    QTRY_COMPARE(server.topic(kPeer)->info().pins, QList<Seq>());
}

QTEST_GUILESS_MAIN(DeletionsTest)
#include "tst_deletions.moc"
