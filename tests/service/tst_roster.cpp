#include "fakeserver.h"

using namespace confab;

namespace {

const auto kMe = QStringLiteral("me");
const auto kPeer = FakeServer::kPeer;
const auto kGroup = QStringLiteral("grpGroupGroup1");

wire::Meta listOf(const QString &id, const QList<wire::Subscription> &chats)
{
    wire::Meta meta;
    meta.id = id;
    meta.topic = kMe;
    meta.sub = chats;
    return meta;
}

}

/// The list of chats and what presence does to it (protocol.md §3.2).
class RosterTest : public QObject
{
    Q_OBJECT

private slots:
    void chatsThatAreGoneFromTheServerAreRemoved();
    void savedMessagesAreMadeWhereTheyAreMissing();
    void previewsAreFetchedNewestFirstAndTwoAtATime();
    void aRefusedPreviewBothersNobody();
    void comingAndGoingIsShown();
    void aMessageElsewhereIsFetchedAndTold();
    void aMessageOfOursFromElsewhereIsRead();
    void anUnknownChatIsAskedFor_data();
    void anUnknownChatIsAskedFor();
    void aChangedChatIsAskedForAgain();
    void ownCardIsAskedForAgain();
    void rightsFollowTheirDeltas();
    void aChatWithoutAccessGoes();
    void goneMeansRemoved();
    void termMeansAttachingAgain();
    void termOfMeMeansAnotherLink();
    void evictionForGoodRemovesTheChat();
    void evictionIsNotUndoneBlindly();
    void membersComeAndGo();
};

void RosterTest::chatsThatAreGoneFromTheServerAreRemoved()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer), FakeServer::chat(kGroup)});
    QVERIFY(server.topic(kGroup));
    server.session()->injectLost();
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn({FakeServer::chat(kPeer)});
    QVERIFY(!server.topic(kGroup));
    QVERIFY(server.topic(kPeer));
}

void RosterTest::savedMessagesAreMadeWhereTheyAreMissing()
{
    FakeServer server;
    server.service().start(QByteArrayLiteral("kept"));
    QTRY_VERIFY(server.session());
    server.session()->injectOpened();
    server.greet();
    server.logIn();
    server.list({});
    const auto sub = server.nextSub(QStringLiteral("slf"));
    server.reply(sub.id, 200, QStringLiteral("slf"));
    wire::Meta desc;
    desc.id = sub.id;
    desc.topic = QStringLiteral("slf");
    desc.desc.emplace();
    server.say(desc);
    QTRY_VERIFY(server.topic(QStringLiteral("slf")));
    QVERIFY(server.topic(QStringLiteral("slf"))->info().pinned);
    QCOMPARE(server.next<wire::Leave>().topic, QStringLiteral("slf"));
}

void RosterTest::previewsAreFetchedNewestFirstAndTwoAtATime()
{
    const auto name = [](int i) { return QStringLiteral("grpNumber00000%1").arg(i); };
    FakeServer server;
    server.start({FakeServer::chat(name(1), 10), FakeServer::chat(name(2), 30),
        FakeServer::chat(name(3), 20)});
    QTRY_COMPARE(server.count<wire::Sub>(), 2);
    const auto first = server.next<wire::Sub>();
    QCOMPARE(first.topic, name(2));
    QCOMPARE(server.next<wire::Sub>().topic, name(3));
    QCOMPARE(server.count<wire::Sub>(), 0);
    server.attach(first, 30, {29, 30});
    QCOMPARE(server.next<wire::Leave>().topic, name(2));
    QCOMPARE(server.topic(name(2))->info().preview.text, QStringLiteral("text 30"));
    QCOMPARE(server.next<wire::Sub>().topic, name(1));
}

void RosterTest::aRefusedPreviewBothersNobody()
{
    FakeServer server;
    QSignalSpy failed(&server.service(), &ChatService::actionFailed);
    server.start({FakeServer::chat(kPeer, 3), FakeServer::chat(kGroup)});
    server.reply(server.nextSub(kPeer).id, 403, kPeer);
    server.service().openTopic(kGroup);
    server.reply(server.nextSub(kGroup).id, 403, kGroup); // this was asked for
    QTRY_COMPARE(failed.size(), 1);
}

void RosterTest::comingAndGoingIsShown()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.presence(kMe, kPeer, wire::PresKind::On);
    QTRY_VERIFY(server.topic(kPeer)->isOnline());
    server.presence(kMe, kPeer, wire::PresKind::Off);
    QTRY_VERIFY(!server.topic(kPeer)->isOnline());
    QVERIFY(server.topic(kPeer)->info().lastSeen.isValid());
}

void RosterTest::aMessageElsewhereIsFetchedAndTold()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    QSignalSpy received(&server.service(), &ChatService::messagesReceived);
    server.presence(kMe, kPeer, wire::PresKind::Message, 1);
    server.attach(server.nextSub(kPeer), 1, {1});
    QCOMPARE(server.next<wire::Leave>().topic, kPeer);
    QCOMPARE(received.size(), 1);
    QCOMPARE(received[0][1].value<QList<Message>>().value(0).text, QStringLiteral("text 1"));
    QCOMPARE(server.topic(kPeer)->info().preview.text, QStringLiteral("text 1"));
    QCOMPARE(server.topic(kPeer)->unread(), 1);
}

void RosterTest::aMessageOfOursFromElsewhereIsRead()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    wire::Pres pres;
    pres.topic = kMe;
    pres.src = kPeer;
    pres.what = wire::PresKind::Message;
    pres.seq = 3;
    server.say(pres);
    QTRY_COMPARE(server.topic(kPeer)->info().seq, 3);
    QCOMPARE(server.topic(kPeer)->unread(), 0);
}

void RosterTest::anUnknownChatIsAskedFor_data()
{
    QTest::addColumn<wire::PresKind>("what");
    QTest::newRow("a new chat") << wire::PresKind::Access;
    QTest::newRow("a message in a chat deleted before") << wire::PresKind::Message;
}

void RosterTest::anUnknownChatIsAskedFor()
{
    QFETCH(wire::PresKind, what);
    FakeServer server;
    server.start();
    QSignalSpy received(&server.service(), &ChatService::messagesReceived);
    server.presence(kMe, kPeer, what, 7);
    const auto get = server.next<wire::Get>();
    QCOMPARE(get.topic, kMe);
    QCOMPARE(get.query.sub.topic, kPeer);
    server.say(listOf(get.id, {FakeServer::chat(kPeer, 7)}));
    QTRY_VERIFY(server.topic(kPeer));
    // Its last message is news, what came before is not.
    server.attach(server.nextSub(kPeer), 7, {5, 6, 7});
    QTRY_COMPARE(received.size(), 1);
    QCOMPARE(received[0][1].value<QList<Message>>().size(), 1);
}

void RosterTest::aChangedChatIsAskedForAgain()
{
    FakeServer server;
    server.start({FakeServer::chat(kGroup)});
    server.presence(kMe, kGroup, wire::PresKind::Updated);
    const auto get = server.next<wire::Get>();
    wire::Subscription renamed = FakeServer::chat(kGroup);
    renamed.pub = FakeServer::chat(QStringLiteral("garden")).pub;
    server.say(listOf(get.id, {renamed}));
    QTRY_COMPARE(server.topic(kGroup)->title(), QStringLiteral("Name of garden"));
}

void RosterTest::ownCardIsAskedForAgain()
{
    FakeServer server;
    server.start();
    server.presence(kMe, kMe, wire::PresKind::Updated);
    wire::Meta meta;
    meta.id = server.next<wire::Get>().id;
    meta.topic = kMe;
    meta.desc.emplace();
    meta.desc->pub = FakeServer::chat(QStringLiteral("myself")).pub;
    server.say(meta);
    QTRY_COMPARE(server.topics().selfCard().name, QStringLiteral("Name of myself"));
}

void RosterTest::rightsFollowTheirDeltas()
{
    FakeServer server;
    server.start({FakeServer::chat(kGroup)});
    wire::Pres pres;
    pres.topic = kMe;
    pres.src = kGroup;
    pres.what = wire::PresKind::Access;
    pres.dacs = wire::AccessDelta{{}, QStringLiteral("-W")};
    server.say(pres);
    QTRY_VERIFY(!server.topic(kGroup)->canWrite());
    pres.tgt = kPeer; // somebody else's rights
    pres.dacs = wire::AccessDelta{{}, QStringLiteral("+W")};
    server.say(pres);
    pres.tgt = FakeServer::kSelf;
    pres.dacs = wire::AccessDelta{{}, QStringLiteral("+S")};
    server.say(pres);
    QTRY_VERIFY(server.topic(kGroup)->info().acs->given.testFlag(wire::Access::Share));
    QVERIFY(!server.topic(kGroup)->canWrite());
}

void RosterTest::aChatWithoutAccessGoes()
{
    FakeServer server;
    server.start({FakeServer::chat(kGroup)});
    wire::Pres pres;
    pres.topic = kMe;
    pres.src = kGroup;
    pres.what = wire::PresKind::Access;
    pres.dacs = wire::AccessDelta{QStringLiteral("N"), QStringLiteral("N")};
    server.say(pres);
    const auto get = server.next<wire::Get>();
    server.replyPart(get.id, 204, kMe, QStringLiteral("sub"));
    QTRY_VERIFY(!server.topic(kGroup));
}

void RosterTest::goneMeansRemoved()
{
    FakeServer server;
    server.start({FakeServer::chat(kGroup)});
    server.presence(kMe, kGroup, wire::PresKind::Gone);
    QTRY_VERIFY(!server.topic(kGroup));
}

void RosterTest::termMeansAttachingAgain()
{
    FakeServer server;
    server.start({FakeServer::chat(kGroup)});
    server.open(kGroup);
    for (int time = 0; time < 3; ++time) // it is told several times over
        server.presence(kMe, kGroup, wire::PresKind::Term);
    server.attach(server.nextSub(kGroup), 0);
    QTRY_VERIFY(server.topic(kGroup)->isAttached());
    QCOMPARE(server.count<wire::Sub>(), 0);
}

void RosterTest::termOfMeMeansAnotherLink()
{
    FakeServer server;
    server.start();
    server.presence(kMe, kMe, wire::PresKind::Term);
    QTRY_COMPARE(server.attempts(), 2);
}

void RosterTest::evictionForGoodRemovesTheChat()
{
    FakeServer server;
    server.start({FakeServer::chat(kGroup)});
    server.open(kGroup);
    wire::CtrlParams params;
    params.unsub = true;
    server.reply({}, 205, kGroup, params, QStringLiteral("evicted"));
    QTRY_VERIFY(!server.topic(kGroup));
}

void RosterTest::evictionIsNotUndoneBlindly()
{
    FakeServer server;
    server.start({FakeServer::chat(kGroup)});
    server.open(kGroup);
    wire::CtrlParams params;
    params.unsub = false;
    server.reply({}, 205, kGroup, params, QStringLiteral("evicted"));
    const auto get = server.next<wire::Get>();
    QVERIFY(!server.topic(kGroup)->isAttached());
    QCOMPARE(server.count<wire::Sub>(), 0);
    server.say(listOf(get.id, {FakeServer::chat(kGroup)})); // still a member
    server.attach(server.nextSub(kGroup), 0);
    QTRY_VERIFY(server.topic(kGroup)->isAttached());
}

void RosterTest::membersComeAndGo()
{
    FakeServer server;
    server.start({FakeServer::chat(kGroup)});
    server.open(kGroup);
    server.presence(kGroup, kPeer, wire::PresKind::On);
    const auto get = server.next<wire::Get>();
    QCOMPARE(get.query.sub.user, kPeer);
    wire::Meta meta;
    meta.id = get.id;
    meta.topic = kGroup;
    wire::Subscription member = FakeServer::chat({});
    member.user = kPeer;
    member.online = true;
    meta.sub = {member};
    server.say(meta);
    QTRY_COMPARE(server.topic(kGroup)->members().size(), 1);
    QVERIFY(server.topic(kGroup)->members()[0].online);
    server.presence(kGroup, kPeer, wire::PresKind::Off);
    QTRY_VERIFY(!server.topic(kGroup)->members()[0].online);
    wire::Pres left;
    left.topic = kGroup;
    left.src = kPeer;
    left.what = wire::PresKind::Access;
    left.dacs = wire::AccessDelta{QStringLiteral("N"), QStringLiteral("N")};
    server.say(left);
    QTRY_VERIFY(server.topic(kGroup)->members().isEmpty());
}

QTEST_GUILESS_MAIN(RosterTest)
#include "tst_roster.moc"
