#include "framewatch/framewatch.h"
#include "serverthread.h"
#include "testclient.h"

#include "wire/drafty/drafty.h"
#include "wire/ids.h"

#include <QDir>
#include <QFile>
#include <QUuid>

using namespace confab;

namespace {

constexpr int kLong = 20'000; // ms

}

/// What people do, with a real client and a real server: the local one, or the one whose address is in
/// CONFAB_TEST_SERVER when CONFAB_INTEROP is set.
class ChattingTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void twoPeopleWriteToEachOther();
    void filesTravelWithTheirMessage_data();
    void filesTravelWithTheirMessage();
    void receiptsTurnIntoTicks();
    void presenceAndTypingAreShown();
    void membersOfAGroupReadEachOther();
    void whatIsDoneWithAMessageReachesTheOthers();
    void theRightPersonIsFoundByLogin();
    void wrongPasswordsAreToldApartFromTakenLogins();
    void aLongHistoryComesPageByPage();
    void chatsAndMessagesAreThereAfterARestart();
    void aMessageToAChatThatIsNotOpenShowsInTheList();
    void savedMessagesAreInTheList();
    void aNewNameReachesThePeer();

private:
    std::unique_ptr<TestClient> person(const QString &name);
    /// Both have the chat; returns nothing, fails the test if it does not come about.
    void introduce(TestClient &from, TestClient &to);

    std::unique_ptr<ServerThread> m_server;
    QUrl m_url;
    QString m_lastLogin;
};

void ChattingTest::initTestCase()
{
    if (qEnvironmentVariableIsSet("CONFAB_INTEROP")) {
        const QString address = qEnvironmentVariable("CONFAB_TEST_SERVER");
        if (address.isEmpty())
            QSKIP("CONFAB_TEST_SERVER names no server to test against");
        const auto parsed = parseTinodeAddress(address);
        QVERIFY2(parsed.ok(), "CONFAB_TEST_SERVER is no server address");
        m_url = parsed->channels;
        return;
    }
    m_server = std::make_unique<ServerThread>();
    m_url = m_server->url();
}

void ChattingTest::cleanupTestCase()
{
    if (m_server && framesWatched() >= 0)
        QVERIFY2(framesWatched() > 100, "the server's packets go unwatched");
    m_server.reset();
}

std::unique_ptr<TestClient> ChattingTest::person(const QString &name)
{
    auto client = std::make_unique<TestClient>(m_url);
    m_lastLogin = QStringLiteral("t") + QUuid::createUuid().toString(QUuid::Id128).left(14);
    QSignalSpy synced(&client->service(), &ChatService::synced);
    client->service().createAccount(m_lastLogin, QStringLiteral("secret-word"), name);
    [&] { QTRY_COMPARE_WITH_TIMEOUT(synced.size(), 1, kLong); }();
    return client;
}

void ChattingTest::introduce(TestClient &from, TestClient &to)
{
    QSignalSpy ready(&from.service(), &ChatService::topicReady);
    from.service().startChat(to.user());
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, kLong);
    from.service().openTopic(to.user());
    QTRY_VERIFY_WITH_TIMEOUT(to.topic(from.user()), kLong);
}

void ChattingTest::twoPeopleWriteToEachOther()
{
    const auto anna = person(QStringLiteral("Anna"));
    const auto ben = person(QStringLiteral("Ben"));
    introduce(*anna, *ben);
    QTRY_COMPARE_WITH_TIMEOUT(anna->topic(ben->user())->title(), QStringLiteral("Ben"), kLong);

    QSignalSpy sent(&anna->service(), &ChatService::messageSent);
    anna->service().send(ben->user(), QStringLiteral("hello"));
    QTRY_COMPARE_WITH_TIMEOUT(sent.size(), 1, kLong);
    QCOMPARE(anna->rows(ben->user()), QStringList{QStringLiteral("hello")});

    ben->service().openTopic(anna->user());
    QTRY_COMPARE_WITH_TIMEOUT(
        ben->rows(anna->user()), QStringList{QStringLiteral("hello")}, kLong);
    ben->service().send(anna->user(), QStringLiteral("hi"));
    const QStringList both{QStringLiteral("hello"), QStringLiteral("hi")};
    QTRY_COMPARE_WITH_TIMEOUT(anna->rows(ben->user()), both, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(ben->rows(anna->user()), both, kLong);
}

void ChattingTest::filesTravelWithTheirMessage_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("isInside");
    QTest::newRow("small: inside the message") << 5'000 << true;
    QTest::newRow("large: on the server") << 700'000 << false;
}

void ChattingTest::filesTravelWithTheirMessage()
{
    QFETCH(int, size);
    QFETCH(bool, isInside);
    const auto anna = person(QStringLiteral("Anna"));
    const auto ben = person(QStringLiteral("Ben"));
    introduce(*anna, *ben);
    QByteArray bytes(size, 'x');
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = char(i * i >> 3);
    Upload upload;
    upload.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    upload.mime = QStringLiteral("application/octet-stream");
    upload.name = QStringLiteral("notes.bin");
    upload.size = bytes.size();
    QVERIFY(QDir().mkpath(uploadFolder(anna->folder())));
    QFile copy(uploadFolder(anna->folder()) + u'/' + upload.id);
    QVERIFY(copy.open(QIODevice::WriteOnly) && copy.write(bytes) == bytes.size());
    copy.close();
    wire::File file;
    file.source = {upload.mime, upload.name, upload.size, upload.placeholder(), {}};
    OutgoingMessage message(wire::Drafty(QStringLiteral("read this")).withAttachment(file));
    message.uploads = {upload};
    anna->service().send(ben->user(), message);

    ben->service().openTopic(anna->user());
    const auto *timeline = &ben->topic(anna->user())->timeline();
    QTRY_COMPARE_WITH_TIMEOUT(timeline->messageCount(), 1, kLong);
    const auto drafty = wire::Drafty::fromContent(timeline->message(0).content);
    QCOMPARE(drafty.attachments().size(), 1);
    const auto *got = std::get_if<wire::File>(&drafty.attachments().first());
    QVERIFY(got);
    QCOMPARE(got->source.name, upload.name);
    QCOMPARE(got->source.isInline(), isInside);
    if (isInside) {
        QCOMPARE(got->source.bytes(), bytes);
        return;
    }
    QSignalSpy fetched(&ben->service().transfers(), &Transfers::fetched);
    ben->service().transfers().fetch(got->source.ref, 2 * size);
    QTRY_COMPARE_WITH_TIMEOUT(fetched.size(), 1, kLong);
    QFile read(fetched[0][1].toString());
    QVERIFY(read.open(QIODevice::ReadOnly));
    QCOMPARE(read.readAll(), bytes);
}

void ChattingTest::receiptsTurnIntoTicks()
{
    const auto anna = person(QStringLiteral("Anna"));
    const auto ben = person(QStringLiteral("Ben"));
    introduce(*anna, *ben);
    ben->service().openTopic(anna->user());
    QTRY_VERIFY_WITH_TIMEOUT(ben->topic(anna->user())->isAttached(), kLong);

    anna->service().send(ben->user(), QStringLiteral("seen?"));
    const auto delivery = [&] {
        return anna->topic(ben->user())->deliveryOf(1, anna->user(), anna->user());
    };
    QTRY_COMPARE_WITH_TIMEOUT(delivery(), Delivery::Received, kLong);
    QCOMPARE(ben->topic(anna->user())->unread(), 1);
    ben->service().markRead(anna->user(), 1);
    QCOMPARE(ben->topic(anna->user())->unread(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(delivery(), Delivery::Read, kLong);
}

void ChattingTest::presenceAndTypingAreShown()
{
    const auto anna = person(QStringLiteral("Anna"));
    auto ben = person(QStringLiteral("Ben"));
    introduce(*anna, *ben);
    ben->service().openTopic(anna->user());
    const QString peer = ben->user();
    QTRY_VERIFY_WITH_TIMEOUT(anna->topic(peer)->isOnline(), kLong);
    QTRY_VERIFY_WITH_TIMEOUT(ben->topic(anna->user())->isOnline(), kLong);
    QTRY_VERIFY_WITH_TIMEOUT(ben->topic(anna->user())->isAttached(), kLong);

    ben->service().noteTyping(anna->user());
    QTRY_COMPARE_WITH_TIMEOUT(anna->topic(peer)->typing(), QList<UserId>{peer}, kLong);
    ben->service().send(anna->user(), QStringLiteral("there"));
    QTRY_VERIFY_WITH_TIMEOUT(anna->topic(peer)->typing().isEmpty(), kLong);

    ben->service().stop();
    QTRY_VERIFY_WITH_TIMEOUT(!anna->topic(peer)->isOnline(), kLong);
}

void ChattingTest::membersOfAGroupReadEachOther()
{
    const auto anna = person(QStringLiteral("Anna"));
    const auto ben = person(QStringLiteral("Ben"));
    const auto cleo = person(QStringLiteral("Cleo"));
    QSignalSpy ready(&anna->service(), &ChatService::topicReady);
    QSignalSpy failed(&anna->service(), &ChatService::actionFailed);
    anna->service().createGroup(QStringLiteral("Garden"), {ben->user(), cleo->user()});
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, kLong);
    QVERIFY(failed.isEmpty());
    const QString group = ready[0][0].toString();
    QCOMPARE(wire::topicKind(group), wire::TopicKind::Group);
    QTRY_VERIFY_WITH_TIMEOUT(ben->topic(group), kLong);
    QTRY_COMPARE_WITH_TIMEOUT(ben->topic(group)->title(), QStringLiteral("Garden"), kLong);
    QTRY_VERIFY_WITH_TIMEOUT(cleo->topic(group), kLong);

    anna->service().openTopic(group);
    ben->service().openTopic(group);
    anna->service().send(group, QStringLiteral("who waters?"));
    QTRY_COMPARE_WITH_TIMEOUT(
        ben->rows(group), QStringList{QStringLiteral("who waters?")}, kLong);
    ben->service().send(group, QStringLiteral("I do"));
    QTRY_COMPARE_WITH_TIMEOUT(anna->rows(group).size(), 2, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(anna->topic(group)->members().size(), 3, kLong);
    QCOMPARE(anna->topics().nameOf(ben->user()), QStringLiteral("Ben"));

    ben->service().leaveTopic(group);
    QTRY_VERIFY_WITH_TIMEOUT(!ben->topic(group), kLong);
    QTRY_COMPARE_WITH_TIMEOUT(anna->topic(group)->members().size(), 2, kLong);
}

void ChattingTest::whatIsDoneWithAMessageReachesTheOthers()
{
    const auto anna = person(QStringLiteral("Anna"));
    const auto ben = person(QStringLiteral("Ben"));
    QSignalSpy ready(&anna->service(), &ChatService::topicReady);
    anna->service().createGroup(QStringLiteral("Garden"), {ben->user()});
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, kLong);
    const QString group = ready[0][0].toString();
    QTRY_VERIFY_WITH_TIMEOUT(ben->topic(group), kLong);
    anna->service().openTopic(group);
    ben->service().openTopic(group);
    anna->service().send(group, QStringLiteral("one"));
    anna->service().send(group, QStringLiteral("two"));
    QTRY_COMPARE_WITH_TIMEOUT(ben->rows(group).size(), 2, kLong);

    const QString heart = QStringLiteral("\u2764");
    OutgoingMessage reaction(heart);
    reaction.head.setReplyTo(1);
    reaction.head.setReaction(heart);
    ben->service().send(group, reaction);
    OutgoingMessage edit(QStringLiteral("ONE"));
    edit.head.setReplaces(1);
    anna->service().send(group, edit);
    const QList<Reaction> expected{{heart, {ben->user()}}};
    const auto reactionsOf = [&](TestClient &client) {
        return client.topic(group)->timeline().folded().reactions(1, client.user());
    };
    QTRY_COMPARE_WITH_TIMEOUT(reactionsOf(*anna), expected, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(reactionsOf(*ben), expected, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(ben->rows(group).first(), QStringLiteral("ONE"), kLong);
    QCOMPARE(anna->topic(group)->unread(), 0);

    anna->service().setPins(group, {1, 2});
    QTRY_COMPARE_WITH_TIMEOUT(ben->topic(group)->info().pins, QList<Seq>({1, 2}), kLong);
    anna->service().setPins(group, {});
    QTRY_VERIFY_WITH_TIMEOUT(ben->topic(group)->info().pins.isEmpty(), kLong);

    anna->service().deleteMessages(group, {1}, true);
    QCOMPARE(anna->rows(group), QStringList{QStringLiteral("two")});
    QCOMPARE(ben->rows(group).size(), 2);
    anna->service().undoDelete(group);
    QCOMPARE(anna->rows(group).size(), 2);
    anna->service().deleteMessages(group, {1}, true);
    anna->service().closeTopic(group); // leaving ends the time to take it back
    QTRY_COMPARE_WITH_TIMEOUT(ben->rows(group), QStringList{QStringLiteral("two")}, kLong);
    QTRY_VERIFY_WITH_TIMEOUT(reactionsOf(*ben).isEmpty(), kLong);
}

void ChattingTest::theRightPersonIsFoundByLogin()
{
    const auto ben = person(QStringLiteral("Ben"));
    const QString login = m_lastLogin;
    const auto anna = person(QStringLiteral("Anna"));
    QSignalSpy found(&anna->service(), &ChatService::found);
    anna->service().find(login);
    QTRY_COMPARE_WITH_TIMEOUT(found.size(), 1, kLong);
    QCOMPARE(found[0][0].toString(), login);
    const auto hits = found[0][1].value<QList<FoundTopic>>();
    QCOMPARE(hits.size(), 1);
    QCOMPARE(hits[0].topic, ben->user());
    QCOMPARE(hits[0].card.name, QStringLiteral("Ben"));

    anna->service().find(ben->user());
    QTRY_COMPARE_WITH_TIMEOUT(found.size(), 2, kLong);
    QCOMPARE(found[1][1].value<QList<FoundTopic>>().value(0).card.name, QStringLiteral("Ben"));
    anna->service().find(QStringLiteral("nobody-is-called-this"));
    QTRY_COMPARE_WITH_TIMEOUT(found.size(), 3, kLong);
    QVERIFY(found[2][1].value<QList<FoundTopic>>().isEmpty());
}

void ChattingTest::wrongPasswordsAreToldApartFromTakenLogins()
{
    const auto ben = person(QStringLiteral("Ben"));
    const QString login = m_lastLogin;
    TestClient other(m_url);
    QSignalSpy failed(&other.service(), &ChatService::signInFailed);
    other.service().signIn(login, QStringLiteral("not-the-word"));
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kLong);
    QCOMPARE(failed[0][0].value<ServiceError>().kind, ErrorKind::WrongPassword);
    other.service().createAccount(login, QStringLiteral("secret-word"), QStringLiteral("Thief"));
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 2, kLong);
    QCOMPARE(failed[1][0].value<ServiceError>().kind, ErrorKind::LoginTaken);
    QVERIFY(std::get<Stopped>(other.service().phase()).needsSignIn);

    QSignalSpy synced(&other.service(), &ChatService::synced);
    other.service().signIn(login, QStringLiteral("secret-word"));
    QTRY_COMPARE_WITH_TIMEOUT(synced.size(), 1, kLong);
    QCOMPARE(other.user(), ben->user());
}

void ChattingTest::aLongHistoryComesPageByPage()
{
    constexpr int kCount = 300;
    const auto anna = person(QStringLiteral("Anna"));
    const auto ben = person(QStringLiteral("Ben"));
    introduce(*anna, *ben);
    QSignalSpy sent(&anna->service(), &ChatService::messageSent);
    QStringList all;
    for (int i = 1; i <= kCount; ++i) {
        all.append(QStringLiteral("message %1").arg(i));
        anna->service().send(ben->user(), all.last());
    }
    QTRY_COMPARE_WITH_TIMEOUT(sent.size(), kCount, 60'000);
    QCOMPARE(anna->rows(ben->user()), all);

    ben->service().stop();
    TestClient fresh(m_url); // knows nothing
    fresh.service().start(ben->token());
    QTRY_VERIFY_WITH_TIMEOUT(fresh.topic(anna->user()), kLong);
    Topic *topic = fresh.topic(anna->user());
    fresh.service().openTopic(anna->user());
    QTRY_COMPARE_WITH_TIMEOUT(topic->timeline().lastSeq(), kCount, kLong);
    QVERIFY(topic->timeline().messageCount() < kCount);
    QTRY_VERIFY_WITH_TIMEOUT(topic->isAttached() && !topic->isLoading(), kLong);
    for (int page = 0; page < kCount && !topic->isAtStart(); ++page) {
        const int before = topic->timeline().messageCount();
        fresh.service().loadOlder(anna->user());
        QTRY_VERIFY_WITH_TIMEOUT(!topic->isLoading(), kLong);
        QVERIFY(topic->timeline().messageCount() > before || topic->isAtStart());
    }
    QCOMPARE(fresh.rows(anna->user()), all);
    QVERIFY(topic->isAtStart());
}

void ChattingTest::chatsAndMessagesAreThereAfterARestart()
{
    const auto anna = person(QStringLiteral("Anna"));
    const auto ben = person(QStringLiteral("Ben"));
    introduce(*anna, *ben);
    QSignalSpy sent(&anna->service(), &ChatService::messageSent);
    anna->service().send(ben->user(), QStringLiteral("remember me"));
    QTRY_COMPARE_WITH_TIMEOUT(sent.size(), 1, kLong);
    const QString peer = ben->user();
    anna->restart();
    QTRY_VERIFY_WITH_TIMEOUT(anna->topic(peer), kLong);
    QCOMPARE(anna->topic(peer)->title(), QStringLiteral("Ben"));
    QCOMPARE(anna->topic(peer)->info().preview.text, QStringLiteral("remember me"));
    QTRY_VERIFY_WITH_TIMEOUT(anna->service().isOnline(), kLong);
    anna->service().openTopic(peer);
    QTRY_COMPARE_WITH_TIMEOUT(
        anna->rows(peer), QStringList{QStringLiteral("remember me")}, kLong);
    ben->service().send(anna->user(), QStringLiteral("I do"));
    QTRY_COMPARE_WITH_TIMEOUT(anna->rows(peer).size(), 2, kLong);
}

void ChattingTest::aMessageToAChatThatIsNotOpenShowsInTheList()
{
    const auto anna = person(QStringLiteral("Anna"));
    const auto ben = person(QStringLiteral("Ben"));
    introduce(*anna, *ben);
    for (const QString &text : {QStringLiteral("one"), QStringLiteral("two")}) {
        anna->service().send(ben->user(), text);
        QTRY_COMPARE_WITH_TIMEOUT(
            ben->topic(anna->user())->info().preview.text, text, kLong);
    }
    QTRY_COMPARE_WITH_TIMEOUT(ben->topic(anna->user())->unread(), 2, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(ben->heard().size(), 2, kLong);
    QTRY_VERIFY_WITH_TIMEOUT(!ben->topic(anna->user())->isAttached(), kLong);
}

void ChattingTest::savedMessagesAreInTheList()
{
    const auto anna = person(QStringLiteral("Anna"));
    const QString saved = QStringLiteral("slf");
    QTRY_VERIFY_WITH_TIMEOUT(anna->topic(saved), kLong);
    QVERIFY(anna->topic(saved)->info().pinned);
    anna->service().openTopic(saved);
    anna->service().send(saved, QStringLiteral("note to self"));
    QTRY_COMPARE_WITH_TIMEOUT(anna->rows(saved), QStringList{QStringLiteral("note to self")}, kLong);
    QCOMPARE(anna->topic(saved)->unread(), 0);
}

void ChattingTest::aNewNameReachesThePeer()
{
    const auto anna = person(QStringLiteral("Anna"));
    const auto ben = person(QStringLiteral("Ben"));
    introduce(*anna, *ben);
    anna->service().setDisplayName(QStringLiteral("Anna Maria"));
    QTRY_COMPARE_WITH_TIMEOUT(
        ben->topic(anna->user())->title(), QStringLiteral("Anna Maria"), kLong);
}

QTEST_GUILESS_MAIN(ChattingTest)
#include "tst_chatting.moc"
