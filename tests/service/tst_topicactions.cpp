#include "fakeserver.h"

#include "wire/card.h"

using namespace confab;

namespace {

const auto kPeer = FakeServer::kPeer;
const auto kGroup = QStringLiteral("grpGroupGroup1");

}

/// Creating something is not repeatable, so a lost answer has to be looked for (reliability.md F14).
class TopicActionsTest : public QObject
{
    Q_OBJECT

private slots:
    void aGroupWhoseAnswerWasLostIsNotMadeTwice();
    void aGroupThatNeverReachedTheServerIsAskedForAgain();
    void anUnansweredGroupIsLookedForBeforeAnotherTry();
    void anAccountWhoseAnswerWasLostIsSignedInTo();
    void aTakenLoginIsSomebodyElses();
    void theRightToWriteIsAskedFor();
};

void TopicActionsTest::aGroupWhoseAnswerWasLostIsNotMadeTwice()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    QSignalSpy ready(&server.service(), &ChatService::topicReady);
    server.service().createGroup(QStringLiteral("Trip"), {kPeer});
    const auto sub = server.next<wire::Sub>();
    QVERIFY(sub.topic.startsWith(QLatin1String("new")));
    server.session()->injectLost();
    QTRY_COMPARE(server.attempts(), 2);
    auto made = FakeServer::chat(kGroup);
    made.priv = sub.set->desc->priv;
    server.signIn({FakeServer::chat(kPeer), made});
    server.attach(server.nextSub(kGroup), 0);
    const auto invite = server.next<wire::Set>();
    QCOMPARE(invite.topic, kGroup);
    QCOMPARE(invite.query.sub->user, kPeer);
    server.reply(invite.id, 200, kGroup);
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(ready[0][0].toString(), kGroup);
    QCOMPARE(server.count<wire::Sub>(), 0);
}

void TopicActionsTest::aGroupThatNeverReachedTheServerIsAskedForAgain()
{
    FakeServer server;
    server.start();
    server.service().createGroup(QStringLiteral("Trip"), {});
    const auto sub = server.next<wire::Sub>();
    server.session()->injectLost();
    QTRY_COMPARE(server.attempts(), 2);
    server.signIn();
    const auto again = server.next<wire::Sub>();
    QCOMPARE(again.set->desc->priv, sub.set->desc->priv);
    QSignalSpy ready(&server.service(), &ChatService::topicReady);
    server.reply(again.id, 200, kGroup);
    wire::Meta desc;
    desc.id = again.id;
    desc.topic = kGroup;
    desc.desc.emplace();
    server.say(desc);
    QTRY_COMPARE(ready.size(), 1);
}

void TopicActionsTest::anUnansweredGroupIsLookedForBeforeAnotherTry()
{
    FakeServer server;
    server.start();
    server.service().createGroup(QStringLiteral("Trip"), {});
    const auto sub = server.next<wire::Sub>();
    QTRY_VERIFY(!server.session()->pings().isEmpty());
    server.session()->injectPong(server.session()->pings().last());
    const auto get = server.next<wire::Get>();
    QCOMPARE(get.topic, QStringLiteral("me"));
    auto made = FakeServer::chat(kGroup);
    made.priv = sub.set->desc->priv;
    wire::Meta list;
    list.id = get.id;
    list.topic = get.topic;
    list.sub = {made};
    QSignalSpy ready(&server.service(), &ChatService::topicReady);
    server.say(list);
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(ready[0][0].toString(), kGroup);
}

void TopicActionsTest::anAccountWhoseAnswerWasLostIsSignedInTo()
{
    FakeServer server;
    QSignalSpy refused(&server.service(), &ChatService::signInFailed);
    for (int time = 1; time <= 2; ++time) {
        server.service().createAccount(
            QStringLiteral("anna"), QStringLiteral("secret-word"), QStringLiteral("Anna"));
        QTRY_COMPARE(server.attempts(), time);
        server.session()->injectOpened();
        server.greet();
        const auto acc = server.next<wire::Acc>();
        if (time == 1) {
            server.session()->injectLost();
            QTRY_COMPARE(refused.size(), 1);
        } else {
            server.reply(acc.id, 409, {}, {}, QStringLiteral("duplicate credential"));
        }
    }
    const auto login = server.next<wire::Login>();
    QCOMPARE(login.secret, QByteArray("anna:secret-word"));
    wire::CtrlParams params;
    params.user = FakeServer::kSelf;
    params.token = QByteArrayLiteral("fresh");
    server.reply(login.id, 200, {}, params);
    server.list({FakeServer::chat(QStringLiteral("slf"))});
    QTRY_VERIFY(server.service().isOnline());
    QCOMPARE(refused.size(), 1);
}

void TopicActionsTest::aTakenLoginIsSomebodyElses()
{
    FakeServer server;
    QSignalSpy refused(&server.service(), &ChatService::signInFailed);
    server.service().createAccount(
        QStringLiteral("anna"), QStringLiteral("secret-word"), QStringLiteral("Anna"));
    QTRY_COMPARE(server.attempts(), 1);
    server.session()->injectOpened();
    server.greet();
    server.reply(server.next<wire::Acc>().id, 409, {}, {}, QStringLiteral("duplicate credential"));
    QTRY_COMPARE(refused.size(), 1);
    QCOMPARE(refused[0][0].value<ServiceError>().kind, ErrorKind::LoginTaken);
    QCOMPARE(server.count<wire::Login>(), 0);
}

void TopicActionsTest::theRightToWriteIsAskedFor()
{
    FakeServer server;
    server.start({FakeServer::chat(kGroup)});
    Topic *topic = server.topics().find(kGroup);
    TopicInfo info = topic->info();
    info.acs = wire::Acs{wire::Access::Join | wire::Access::Read, wire::Access::Join | wire::Access::Read};
    topic->setInfo(info);
    server.service().requestWriting(kGroup);
    const auto set = server.next<wire::Set>();
    QCOMPARE(set.topic, kGroup);
    QVERIFY(set.query.sub->user.isEmpty());
    QVERIFY(set.query.sub->mode->testFlag(wire::Access::Write));
    QVERIFY(set.query.sub->mode->testFlag(wire::Access::Read));
    wire::CtrlParams params;
    params.acs = wire::Acs{*set.query.sub->mode, *set.query.sub->mode};
    server.reply(set.id, 200, kGroup, params);
    QTRY_VERIFY(topic->canWrite());
}

QTEST_GUILESS_MAIN(TopicActionsTest)
#include "tst_topicactions.moc"
