#include "fakeserver.h"

using namespace confab;

namespace {

const auto kPeer = FakeServer::kPeer;
const auto kGroup = QStringLiteral("grpGroupGroup1");

}

/// The life of an account: links come and go, topics are attached again, nothing of the past interferes.
class ChatServiceTest : public QObject
{
    Q_OBJECT

private slots:
    void aLostLinkIsMadeAgainWithEverythingAttached();
    void theReasonAndTheNextTryAreTold();
    void nothingOfAFormerSessionHasAnEffect();
    void stoppingSaysGoodbyeAndStaysIdle();
    void withoutReconnectALostLinkStops();
    void finalCloseCodesStop();
    void aStoppingServerIsTriedAgain();
    void aNewAddressReconnects();
    void reconnectingByHandIsAtOnceButNotTwice();
    void whatCannotBeReadIsSkipped();
    void manyBadFramesEndTheLink();
    void messagesForUnknownTopicsAreDropped();
    void aNetworkThatWantsASignInIsNamed();
    void aFloodIsTakenInPartsAndToItsEnd();
    void aPreviewOfRichTextIsOneLineOfItsWords();
    void draftsAreKept();
    void aPersonIsFoundAndAChatBegun();
    void aGroupIsMadeAndItsMembersInvited();
    void leavingAChatRemovesIt();
    void commandsWithoutALinkAreToldAsFailed();
};

void ChatServiceTest::aLostLinkIsMadeAgainWithEverythingAttached()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer, 2), FakeServer::chat(kGroup)});
    server.open(kPeer, 2);
    QSignalSpy received(&server.service(), &ChatService::messagesReceived);
    server.presence(QStringLiteral("me"), kPeer, wire::PresKind::On);
    QTRY_VERIFY(server.topic(kPeer)->isOnline());
    server.session()->injectLost();
    QTRY_VERIFY(!server.service().isOnline());
    QVERIFY(!server.topic(kPeer)->isOnline());
    QVERIFY(!server.topic(kPeer)->isAttached());
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn({FakeServer::chat(kPeer, 4), FakeServer::chat(kGroup)});
    const auto sub = server.nextSub(kPeer);
    QCOMPARE(sub.get->data.since, 3);
    server.attach(sub, 4, {3, 4});
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), 4);
    QCOMPARE(server.topic(kPeer)->unread(), 4);
    QTRY_COMPARE(received.size(), 1);
    QCOMPARE(received[0][1].value<QList<Message>>().size(), 2);
}

void ChatServiceTest::theReasonAndTheNextTryAreTold()
{
    FakeServer server;
    server.service().start(QByteArrayLiteral("kept"));
    QTRY_VERIFY(server.session());
    QSignalSpy phases(&server.service(), &ChatService::phaseChanged);
    server.session()->injectClosed({.cause = CloseCause::HostNotFound});
    QTRY_VERIFY(!phases.isEmpty());
    const auto waiting = std::get<Waiting>(phases[0][0].value<Phase>());
    QCOMPARE(waiting.why.kind, ErrorKind::UnknownHost);
    QVERIFY(waiting.why.sentence.contains(QStringLiteral("chat.example.org")));
    QTRY_COMPARE(server.attempts(), 2);
    QCOMPARE(std::get<Opening>(server.service().phase()).attempt, 2);
}

void ChatServiceTest::nothingOfAFormerSessionHasAnEffect()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    FakeSession *old = server.session();
    // Arrives in the same turn in which the link is given up.
    server.data(kPeer, 1, kPeer, QStringLiteral("too late"));
    AccountConfig config = server.service().config();
    config.url = QUrl(QStringLiteral("ws://other.example.org/v0/channels"));
    server.service().setConfig(config);
    QVERIFY(server.session() != old);
    server.signIn({FakeServer::chat(kPeer)});
    QCOMPARE(server.topic(kPeer)->timeline().count(), 0);
}

void ChatServiceTest::stoppingSaysGoodbyeAndStaysIdle()
{
    FakeServer server;
    server.start();
    QPointer<FakeSession> session = server.session();
    server.service().stop();
    QVERIFY(std::holds_alternative<Idle>(server.service().phase()));
    QVERIFY(!session || session->closeCode() == 1000);
    QTRY_VERIFY(!session);
    QCOMPARE(server.attempts(), 1);
}

void ChatServiceTest::withoutReconnectALostLinkStops()
{
    AccountConfig config = FakeServer::tinode();
    config.reconnect = false;
    FakeServer server(config);
    server.start();
    server.session()->injectLost();
    QTRY_VERIFY(std::holds_alternative<Stopped>(server.service().phase()));
    QVERIFY(!std::get<Stopped>(server.service().phase()).needsSignIn);
    server.service().reconnectNow();
    QTRY_COMPARE(server.attempts(), 2);
}

void ChatServiceTest::finalCloseCodesStop()
{
    for (const int code : {4003, 4009}) {
        FakeServer server;
        server.start();
        server.session()->injectClosed(
            {.by = ClosedBy::Peer, .cause = CloseCause::PeerClosed, .code = code});
        QTRY_VERIFY(std::holds_alternative<Stopped>(server.service().phase()));
    }
}

void ChatServiceTest::aStoppingServerIsTriedAgain()
{
    FakeServer server;
    server.start();
    wire::CtrlParams params;
    params.retryAfter = 30;
    server.reply({}, 205, {}, params, QStringLiteral("server shutdown"));
    QTRY_VERIFY(std::holds_alternative<Waiting>(server.service().phase()));
    QCOMPARE(std::get<Waiting>(server.service().phase()).why.kind, ErrorKind::ServerStopping);
    QTRY_COMPARE(server.attempts(), 2);
}

void ChatServiceTest::aNewAddressReconnects()
{
    FakeServer server;
    server.start();
    AccountConfig config = server.service().config();
    config.url = QUrl(QStringLiteral("ws://other.example.org/v0/channels"));
    server.service().setConfig(config);
    QCOMPARE(server.attempts(), 2);
    QCOMPARE(server.session()->url().host(), QStringLiteral("other.example.org"));
    config.keepAlive.interval = std::chrono::seconds(3);
    server.service().setConfig(config);
    QCOMPARE(server.attempts(), 2);
}

void ChatServiceTest::reconnectingByHandIsAtOnceButNotTwice()
{
    AccountConfig config = FakeServer::tinode();
    config.backoff = {std::chrono::minutes(1), std::chrono::minutes(1)};
    FakeServer server(config);
    server.service().start(QByteArrayLiteral("kept"));
    QTRY_VERIFY(server.session());
    wire::CtrlParams params;
    params.retryAfter = 100'000;
    server.session()->injectOpened();
    server.reply(server.next<wire::Hi>().id, 503, {}, params);
    QTRY_VERIFY(std::holds_alternative<Waiting>(server.service().phase()));
    server.service().reconnectNow();
    server.service().reconnectNow();
    QTRY_COMPARE(server.attempts(), 2);
    QVERIFY(std::holds_alternative<Opening>(server.service().phase()));
    server.service().reconnectNow(); // is under way
    QCOMPARE(server.attempts(), 2);
}

void ChatServiceTest::whatCannotBeReadIsSkipped()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    for (const QByteArray &bytes :
        {QByteArrayLiteral("{\"news\":{\"a\":1}}"), QByteArrayLiteral("not json"),
            QByteArrayLiteral("{\"data\":{\"topic\":\"usrPeerPeer001\",\"seq\":-4}}"),
            QByteArrayLiteral("{\"pres\":{\"topic\":\"me\",\"what\":\"unheard-of\"}}"),
            QByteArrayLiteral("[1,2]"), QByteArrayLiteral("0")})
        server.session()->injectText(bytes);
    server.session()->injectBinary(
        QByteArrayLiteral("{\"data\":{\"topic\":\"usrPeerPeer001\",\"from\":\"usrPeerPeer001\","
                          "\"seq\":1,\"content\":\"binary\"}}"));
    QTRY_COMPARE(server.rows(kPeer), QStringList{QStringLiteral("binary")});
    QVERIFY(server.service().isOnline());
}

void ChatServiceTest::manyBadFramesEndTheLink()
{
    FakeServer server;
    server.start();
    QPointer<FakeSession> session = server.session();
    for (int i = 0; i < 21 && session; ++i)
        session->injectText(QByteArrayLiteral("nonsense"));
    QTRY_COMPARE(server.attempts(), 2);
}

void ChatServiceTest::messagesForUnknownTopicsAreDropped()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    const int before = server.topics().count();
    server.data(QStringLiteral("grpStranger001"), 1, kPeer, QStringLiteral("psst"));
    server.data(kPeer, 1, kPeer, QStringLiteral("hello"));
    QTRY_COMPARE(server.rows(kPeer).size(), 1);
    QCOMPARE(server.topics().count(), before);
}

void ChatServiceTest::aNetworkThatWantsASignInIsNamed()
{
    FakeServer server;
    server.start();
    QStringList reasons;
    connect(&server.service(), &ChatService::phaseChanged, this, [&](const Phase &phase) {
        if (const auto *waiting = std::get_if<Waiting>(&phase))
            reasons.append(waiting->why.sentence);
    });
    server.service().setBehindPortal(true);
    server.session()->injectLost();
    QTRY_VERIFY(!reasons.isEmpty());
    QVERIFY2(
        reasons.first().contains(QLatin1String("sign-in of its own")), qPrintable(reasons.first()));
    // As soon as the person has signed in there, another attempt is begun.
    const auto before = server.attempts();
    server.service().setBehindPortal(false);
    QTRY_VERIFY(server.attempts() > before);
}

void ChatServiceTest::aFloodIsTakenInPartsAndToItsEnd()
{
    constexpr int kFlood = 1'100;
    constexpr int kAtOnce = 200; // so many are a few milliseconds of work
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy runs(&server.topic(kPeer)->timeline(), &Timeline::aboutToInsertRows);
    // Whoever else waits for the event loop gets a turn after each part.
    int turns = 0;
    QTimer keys;
    connect(&keys, &QTimer::timeout, this, [&] { ++turns; });
    for (int seq = 1; seq <= kFlood; ++seq)
        server.data(kPeer, seq, kPeer, QString::number(seq));
    keys.start(0);
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), kFlood);
    QVERIFY2(turns >= kFlood / kAtOnce, qPrintable(QString::number(turns)));
    for (const QList<QVariant> &run : runs)
        QVERIFY(run[1].toInt() - run[0].toInt() < kAtOnce);
    // What came before the end of the link counts, however much it is.
    for (int seq = kFlood + 1; seq <= 2 * kFlood; ++seq)
        server.data(kPeer, seq, kPeer, QString::number(seq));
    int taken = 0;
    connect(&server.service(), &ChatService::phaseChanged, this, [&] {
        if (taken == 0)
            taken = server.topic(kPeer)->timeline().messageCount();
    });
    server.session()->injectLost();
    QTRY_COMPARE(taken, 2 * kFlood);
}

void ChatServiceTest::aPreviewOfRichTextIsOneLineOfItsWords()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    wire::Data data;
    data.topic = kPeer;
    data.from = kPeer;
    data.seq = 1;
    data.ts = QDateTime::currentDateTimeUtc();
    data.content = wire::JsonBlob::fromBytes(
        R"({"txt":"➦Alice\nfirst line second","fmt":[{"len":6,"key":0},{"at":6,"len":1,"tp":"BR"},)"
        R"({"at":17,"len":1,"tp":"BR"}],"ent":[{"tp":"MN","data":{"val":"usrAlice"}}]})");
    server.say(data);
    QTRY_COMPARE(server.topic(kPeer)->info().preview.text, QStringLiteral("first line second"));
    data.seq = 2;
    data.content = wire::JsonBlob::fromBytes(
        R"({"txt":" ","fmt":[{"len":1,"key":0}],"ent":[{"tp":"IM","data":{"mime":"image/png","ref":"/a"}}]})");
    server.say(data);
    QTRY_COMPARE(server.topic(kPeer)->info().preview.text, QStringLiteral("Picture"));
}

void ChatServiceTest::draftsAreKept()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.service().saveDraft(kPeer, {QStringLiteral("half a thou")});
    QCOMPARE(server.topic(kPeer)->draft().text, QStringLiteral("half a thou"));
    server.restart();
    server.service().start();
    QTRY_VERIFY(server.topic(kPeer));
    QCOMPARE(server.topic(kPeer)->draft().text, QStringLiteral("half a thou"));
}

void ChatServiceTest::aPersonIsFoundAndAChatBegun()
{
    FakeServer server;
    server.start();
    QSignalSpy found(&server.service(), &ChatService::found);
    server.service().find(QStringLiteral("Ben"));
    const auto sub = server.nextSub(QStringLiteral("fnd"));
    server.reply(sub.id, 200, QStringLiteral("fnd"));
    const auto set = server.next<wire::Set>();
    QCOMPARE(set.query.desc->pub.string(), QStringLiteral("ben,basic:ben,alias:ben"));
    server.reply(set.id, 200, QStringLiteral("fnd"));
    wire::Meta hits;
    hits.id = server.next<wire::Get>().id;
    hits.topic = QStringLiteral("fnd");
    hits.sub = {FakeServer::chat(kPeer)};
    server.say(hits);
    QTRY_COMPARE(found.size(), 1);
    QCOMPARE(found[0][1].value<QList<FoundTopic>>().value(0).topic, kPeer);

    QSignalSpy ready(&server.service(), &ChatService::topicReady);
    server.service().startChat(kPeer);
    const auto begin = server.nextSub(kPeer);
    server.reply(begin.id, 200, kPeer);
    wire::Meta desc;
    desc.id = begin.id;
    desc.topic = kPeer;
    desc.desc.emplace();
    desc.desc->pub = FakeServer::chat(kPeer).pub;
    server.say(desc);
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(server.topic(kPeer)->title(), QStringLiteral("Name of usrPeerPeer001"));
    server.service().startChat(kPeer); // is there already
    QCOMPARE(ready.size(), 2);
}

void ChatServiceTest::aGroupIsMadeAndItsMembersInvited()
{
    FakeServer server;
    server.start();
    QSignalSpy ready(&server.service(), &ChatService::topicReady);
    QSignalSpy failed(&server.service(), &ChatService::actionFailed);
    server.service().createGroup(
        QStringLiteral("Garden"), {kPeer, QStringLiteral("usrOtherPeer01")});
    const auto sub = server.next<wire::Sub>();
    QVERIFY(sub.topic.startsWith(QStringLiteral("new")));
    QCOMPARE(wire::Card::fromPublic(sub.set->desc->pub).name, QStringLiteral("Garden"));
    server.reply(sub.id, 200, kGroup);
    wire::Meta desc;
    desc.id = sub.id;
    desc.topic = kGroup;
    desc.desc.emplace();
    server.say(desc);
    const auto first = server.next<wire::Set>();
    QCOMPARE(first.query.sub->user, kPeer);
    server.reply(first.id, 200, kGroup);
    const auto second = server.next<wire::Set>();
    QCOMPARE(second.query.sub->user, QStringLiteral("usrOtherPeer01"));
    server.reply(second.id, 403, kGroup);
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(ready[0][0].toString(), kGroup);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(server.topic(kGroup)->title(), QStringLiteral("Garden"));
}

void ChatServiceTest::leavingAChatRemovesIt()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    server.service().leaveTopic(kPeer);
    const auto leave = server.next<wire::Leave>();
    QVERIFY(leave.unsub);
    server.reply(leave.id, 200, kPeer);
    QTRY_VERIFY(!server.topic(kPeer));
}

void ChatServiceTest::commandsWithoutALinkAreToldAsFailed()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.service().stop();
    QSignalSpy failed(&server.service(), &ChatService::actionFailed);
    server.service().find(QStringLiteral("somebody"));
    server.service().startChat(QStringLiteral("usrOtherPeer01"));
    server.service().setDisplayName(QStringLiteral("New"));
    QTRY_COMPARE(failed.size(), 3);
    for (const QList<QVariant> &arguments : failed)
        QCOMPARE(arguments[0].value<ServiceError>().kind, ErrorKind::ConnectionLost);
}

QTEST_GUILESS_MAIN(ChatServiceTest)
#include "tst_chatservice.moc"
