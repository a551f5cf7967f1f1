#include "fakeserver.h"

using namespace confab;



namespace {

const auto kPeer = FakeServer::kPeer;

wire::CtrlParams numbered(int seq)
{
    wire::CtrlParams params;
    params.seq = seq;
    return params;
}

}

/// A message, once accepted from the keyboard, is never lost and never shown twice.
class OutboxTest : public QObject
{
    Q_OBJECT

private slots:
    void aMessageIsShownWhenItIsOnDiskAndTickedWhenNumbered();
    void aMessageKeepsItsStylesAndItsHead();
    void repliesAreActedUpon_data();
    void repliesAreActedUpon();
    void temporaryFaultsAreTriedAgain_data();
    void temporaryFaultsAreTriedAgain();
    void aServerThatKeepsFailingIsGivenUp();
    void notAttachedLeadsToAttachingAndSendingAgain();
    void acceptedWithoutANumberIsNotStored();
    void anAcknowledgementOfAnotherTopicCountsForNothing();
    void noMoreThanAWindowIsUnanswered();
    void aLostAcknowledgementIsFoundAfterReconnecting();
    void anEchoBeforeTheReplyIsTheReply();
    void whatDidNotArriveIsSentAgainAfterCatchingUp();
    void aMessageThatBreaksTheLinkTwiceIsSetAside();
    void aMessageThatIsNeverAnsweredIsSetAside();
    void aTooLongMessageIsNotSent();
    void failedMessagesCanBeRetriedOrDiscarded();
    void anExpiredSessionIsRenewedAndSendingGoesOn();
    void messagesToAClosedChatAreSentAndTheChatIsLeftAgain();
    void rowsOfAFormerRunAreShownAndSentOnce();
};

void OutboxTest::aMessageIsShownWhenItIsOnDiskAndTickedWhenNumbered()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy queued(&server.service(), &ChatService::messageQueued);
    QSignalSpy sent(&server.service(), &ChatService::messageSent);
    server.service().send(kPeer, QStringLiteral("hello"));
    const auto pub = server.next<wire::Pub>();
    QCOMPARE(queued.size(), 1);
    QCOMPARE(server.rows(kPeer), QStringList{QStringLiteral("[hello]")});
    QVERIFY(pub.noecho);
    QCOMPARE(pub.head.cid(), queued[0][1].toString());
    QCOMPARE(pub.content.string(), QStringLiteral("hello"));
    server.reply(pub.id, 202, kPeer, numbered(1));
    QTRY_COMPARE(sent.size(), 1);
    QCOMPARE(sent[0][2].toInt(), 1);
    QCOMPARE(server.rows(kPeer), QStringList{QStringLiteral("hello")});
    QCOMPARE(server.topic(kPeer)->info().preview.text, QStringLiteral("hello"));
    QCOMPARE(server.topic(kPeer)->unread(), 0);
}

void OutboxTest::aMessageKeepsItsStylesAndItsHead()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    wire::Head head;
    head.setReplyTo(7);
    const wire::Drafty content = wire::Drafty(QStringLiteral("see this")).wrapped(wire::SpanKind::Bold, 4, 4);
    server.service().send(kPeer, {content, head});
    const auto pub = server.next<wire::Pub>();
    QCOMPARE(pub.head.mime(), wire::Drafty::mime());
    QCOMPARE(pub.head.replyTo(), 7);
    QCOMPARE(wire::Drafty::fromContent(pub.content), content);
    QCOMPARE(server.rows(kPeer), QStringList{QStringLiteral("[see this]")});
}

void OutboxTest::repliesAreActedUpon_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("304 without a number") << 304 << ErrorKind::Rejected;
    QTest::newRow("400 malformed") << 400 << ErrorKind::Rejected;
    QTest::newRow("403 no right to write") << 403 << ErrorKind::NotAllowed;
    QTest::newRow("404 no such topic") << 404 << ErrorKind::NotFound;
    QTest::newRow("410 gone") << 410 << ErrorKind::NotFound;
    QTest::newRow("413 too large") << 413 << ErrorKind::TooLarge;
    QTest::newRow("422 policy") << 422 << ErrorKind::Rejected;
    QTest::newRow("501 not offered") << 501 << ErrorKind::NotSupported;
}

void OutboxTest::repliesAreActedUpon()
{
    QFETCH(int, code);
    QFETCH(ErrorKind, kind);
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy failed(&server.service(), &ChatService::messageFailed);
    server.service().send(kPeer, QStringLiteral("first"));
    server.service().send(kPeer, QStringLiteral("second"));
    server.reply(server.next<wire::Pub>().id, code, kPeer);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][2].value<ServiceError>().kind, kind);
    const auto &timeline = server.topic(kPeer)->timeline();
    QCOMPARE(timeline.pending(0).state, Delivery::Failed);
    QVERIFY(!timeline.pending(0).error.isEmpty());
    // It holds up nobody, and is not sent again by itself.
    const auto second = server.next<wire::Pub>();
    QCOMPARE(second.content.string(), QStringLiteral("second"));
    server.reply(second.id, 202, kPeer, numbered(1));
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), 1);
    QCOMPARE(server.count<wire::Pub>(), 0);
}

void OutboxTest::temporaryFaultsAreTriedAgain_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {408, 429, 500, 502, 503})
        QTest::addRow("%d", code) << code;
}

void OutboxTest::temporaryFaultsAreTriedAgain()
{
    QFETCH(int, code);
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    server.service().send(kPeer, QStringLiteral("patience"));
    for (int time = 0; time < 3; ++time)
        server.reply(server.next<wire::Pub>().id, code, kPeer);
    server.reply(server.next<wire::Pub>().id, 202, kPeer, numbered(1));
    QTRY_COMPARE(server.rows(kPeer), QStringList{QStringLiteral("patience")});
}

void OutboxTest::aServerThatKeepsFailingIsGivenUp()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy failed(&server.service(), &ChatService::messageFailed);
    server.service().send(kPeer, QStringLiteral("unlucky"));
    for (int time = 0; time < 5; ++time) {
        QVERIFY(failed.isEmpty());
        server.reply(server.next<wire::Pub>().id, 500, kPeer);
    }
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][2].value<ServiceError>().kind, ErrorKind::ServerFault);
}

void OutboxTest::notAttachedLeadsToAttachingAndSendingAgain()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    server.service().send(kPeer, QStringLiteral("again"));
    server.reply(server.next<wire::Pub>().id, 409, kPeer, {}, QStringLiteral("must attach first"));
    server.reply(server.next<wire::Leave>().id, 304, kPeer);
    QCOMPARE(server.count<wire::Pub>(), 0);
    server.attach(server.nextSub(kPeer), 0);
    server.reply(server.next<wire::Pub>().id, 202, kPeer, numbered(1));
    QTRY_COMPARE(server.rows(kPeer), QStringList{QStringLiteral("again")});
}

void OutboxTest::acceptedWithoutANumberIsNotStored()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy sent(&server.service(), &ChatService::messageSent);
    server.service().send(kPeer, QStringLiteral("into the void"));
    server.reply(server.next<wire::Pub>().id, 202, kPeer);
    server.reply(server.next<wire::Leave>().id, 200, kPeer);
    QVERIFY(sent.isEmpty());
    QCOMPARE(server.rows(kPeer), QStringList{QStringLiteral("[into the void]")});
    server.attach(server.nextSub(kPeer), 0);
    server.reply(server.next<wire::Pub>().id, 202, kPeer, numbered(1));
    QTRY_COMPARE(sent.size(), 1);
}

void OutboxTest::anAcknowledgementOfAnotherTopicCountsForNothing()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy sent(&server.service(), &ChatService::messageSent);
    server.service().send(kPeer, QStringLiteral("mine"));
    const auto pub = server.next<wire::Pub>();
    server.reply(pub.id, 202, QStringLiteral("grpOther000001"), numbered(5));
    server.reply(QStringLiteral("4711"), 202, kPeer, numbered(6));
    server.reply(pub.id, 202, kPeer, numbered(1));
    QTRY_COMPARE(sent.size(), 1);
    QCOMPARE(sent[0][2].toInt(), 1);
}

void OutboxTest::noMoreThanAWindowIsUnanswered()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy queued(&server.service(), &ChatService::messageQueued);
    for (int i = 0; i < 12; ++i)
        server.service().send(kPeer, QString::number(i));
    QTRY_COMPARE(queued.size(), 12);
    QCOMPARE(server.count<wire::Pub>(), 8);
    const auto first = server.next<wire::Pub>();
    QCOMPARE(first.content.string(), QStringLiteral("0"));
    server.reply(first.id, 202, kPeer, numbered(1));
    QTRY_COMPARE(server.count<wire::Pub>(), 8);
}

void OutboxTest::aLostAcknowledgementIsFoundAfterReconnecting()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy sent(&server.service(), &ChatService::messageSent);
    server.service().send(kPeer, QStringLiteral("once"));
    const auto pub = server.next<wire::Pub>();
    server.session()->injectLost();
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn({FakeServer::chat(kPeer, 1)});
    const auto sub = server.nextSub(kPeer);
    server.reply(sub.id, 200, kPeer);
    QCOMPARE(server.count<wire::Pub>(), 0);
    server.data(kPeer, 1, FakeServer::kSelf, QStringLiteral("once"), pub.head.cid());
    server.replyPart(sub.id, 204, kPeer, QStringLiteral("sub"));
    wire::Meta desc;
    desc.id = sub.id;
    desc.topic = kPeer;
    desc.desc.emplace();
    desc.desc->seq = 1;
    server.say(desc);
    server.replyPart(sub.id, 208, kPeer, QStringLiteral("data"));
    server.replyPart(sub.id, 204, kPeer, QStringLiteral("aux"));
    server.replyPart(sub.id, 204, kPeer, QStringLiteral("del"));
    QTRY_COMPARE(sent.size(), 1);
    QCOMPARE(server.rows(kPeer), QStringList{QStringLiteral("once")});

    // The next one shows that sending goes on, and that the first is not repeated.
    server.service().send(kPeer, QStringLiteral("next"));
    QCOMPARE(server.next<wire::Pub>().content.string(), QStringLiteral("next"));
}

void OutboxTest::anEchoBeforeTheReplyIsTheReply()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy sent(&server.service(), &ChatService::messageSent);
    server.service().send(kPeer, QStringLiteral("echoed"));
    const auto pub = server.next<wire::Pub>();
    server.data(kPeer, 1, FakeServer::kSelf, QStringLiteral("echoed"), pub.head.cid());
    QTRY_COMPARE(sent.size(), 1);
    server.reply(pub.id, 202, kPeer, numbered(1));
    server.data(kPeer, 2, kPeer, QStringLiteral("fine"));
    QTRY_COMPARE(server.rows(kPeer), (QStringList{QStringLiteral("echoed"), QStringLiteral("fine")}));
    QCOMPARE(sent.size(), 1);
}

void OutboxTest::whatDidNotArriveIsSentAgainAfterCatchingUp()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    server.service().send(kPeer, QStringLiteral("swallowed"));
    const QString cid = server.next<wire::Pub>().head.cid();
    server.session()->injectLost();
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn({FakeServer::chat(kPeer)});
    server.attach(server.nextSub(kPeer), 0);
    const auto again = server.next<wire::Pub>();
    QCOMPARE(again.head.cid(), cid);
    server.reply(again.id, 202, kPeer, numbered(1));
    QTRY_COMPARE(server.rows(kPeer), QStringList{QStringLiteral("swallowed")});
}

void OutboxTest::aMessageThatBreaksTheLinkTwiceIsSetAside()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy failed(&server.service(), &ChatService::messageFailed);
    server.service().send(kPeer, QStringLiteral("poison"));
    server.service().send(kPeer, QStringLiteral("innocent"));
    QTRY_COMPARE(server.count<wire::Pub>(), 2);
    for (int time = 1; time <= 2; ++time) {
        server.session()->injectClosed(
            {.by = ClosedBy::Peer, .cause = CloseCause::PeerClosed, .code = 1009});
        QTRY_COMPARE(server.attempts(), 1 + time);
        server.forgetSent();
        server.signIn({FakeServer::chat(kPeer)});
        server.attach(server.nextSub(kPeer), 0);
        QTRY_COMPARE(server.count<wire::Pub>(), 1);
    }
    QCOMPARE(failed.size(), 1);
    const auto pub = server.next<wire::Pub>();
    QCOMPARE(pub.content.string(), QStringLiteral("innocent"));
    server.reply(pub.id, 202, kPeer, numbered(1));
    QTRY_COMPARE(server.rows(kPeer),
        (QStringList{QStringLiteral("innocent"), QStringLiteral("[poison]")}));
}

void OutboxTest::aMessageThatIsNeverAnsweredIsSetAside()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy failed(&server.service(), &ChatService::messageFailed);
    server.service().send(kPeer, QStringLiteral("ignored"));
    server.next<wire::Pub>();
    QTRY_VERIFY(!server.session()->pings().isEmpty()); // is the link alive at all?
    server.session()->injectPong(server.session()->pings().last());
    server.reply(server.next<wire::Leave>().id, 200, kPeer);
    server.attach(server.nextSub(kPeer), 0);
    server.next<wire::Pub>();
    QTRY_COMPARE(failed.size(), 1);
}

void OutboxTest::aTooLongMessageIsNotSent()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy failed(&server.service(), &ChatService::messageFailed);
    server.service().send(kPeer, QString(5'000, QLatin1Char('x')));
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][2].value<ServiceError>().kind, ErrorKind::TooLarge);
    QCOMPARE(server.count<wire::Pub>(), 0);
}

void OutboxTest::failedMessagesCanBeRetriedOrDiscarded()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy failed(&server.service(), &ChatService::messageFailed);
    for (const QString &text : {QStringLiteral("keep"), QStringLiteral("drop")}) {
        server.service().send(kPeer, text);
        server.reply(server.next<wire::Pub>().id, 403, kPeer);
    }
    QTRY_COMPARE(failed.size(), 2);
    server.service().discard(kPeer, failed[1][1].toString());
    server.service().retry(kPeer, failed[0][1].toString());
    const auto pub = server.next<wire::Pub>();
    QCOMPARE(pub.content.string(), QStringLiteral("keep"));
    server.reply(pub.id, 202, kPeer, numbered(1));
    QTRY_COMPARE(server.rows(kPeer), QStringList{QStringLiteral("keep")});
}

void OutboxTest::anExpiredSessionIsRenewedAndSendingGoesOn()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    server.service().send(kPeer, QStringLiteral("who am I?"));
    server.reply(server.next<wire::Pub>().id, 401, kPeer);
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn({FakeServer::chat(kPeer)});
    server.attach(server.nextSub(kPeer), 0);
    server.reply(server.next<wire::Pub>().id, 202, kPeer, numbered(1));
    QTRY_COMPARE(server.rows(kPeer), QStringList{QStringLiteral("who am I?")});
}

void OutboxTest::messagesToAClosedChatAreSentAndTheChatIsLeftAgain()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.service().send(kPeer, QStringLiteral("by the way"));
    server.attach(server.nextSub(kPeer), 0);
    server.reply(server.next<wire::Pub>().id, 202, kPeer, numbered(1));
    QCOMPARE(server.next<wire::Leave>().topic, kPeer);
}

void OutboxTest::rowsOfAFormerRunAreShownAndSentOnce()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    server.service().send(kPeer, QStringLiteral("survivor"));
    const QString cid = server.next<wire::Pub>().head.cid();
    server.restart();
    server.service().start(QByteArrayLiteral("kept"));
    QTRY_VERIFY(server.topic(kPeer));
    QCOMPARE(server.rows(kPeer), QStringList{QStringLiteral("[survivor]")});
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn({FakeServer::chat(kPeer)});
    server.attach(server.nextSub(kPeer), 0);
    const auto pub = server.next<wire::Pub>();
    QCOMPARE(pub.head.cid(), cid);
    server.reply(pub.id, 202, kPeer, numbered(1));
    QTRY_COMPARE(server.rows(kPeer), QStringList{QStringLiteral("survivor")});
}

QTEST_GUILESS_MAIN(OutboxTest)
#include "tst_outbox.moc"
