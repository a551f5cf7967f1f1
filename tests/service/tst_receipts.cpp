#include "fakeserver.h"

using namespace confab;

namespace {

const auto kPeer = FakeServer::kPeer;

wire::Info info(wire::NoteKind what, int seq = 0, const QString &from = kPeer)
{
    wire::Info info;
    info.topic = kPeer;
    info.from = from;
    info.what = what;
    info.seq = seq;
    return info;
}

}

/// Received, read, typing: told in batches, shown as told.
class ReceiptsTest : public QObject
{
    Q_OBJECT

private slots:
    void oneReceiptStandsForABatch();
    void readingIsToldOnceForSeveralSteps();
    void readingWhileAwayIsToldLater();
    void typingIsToldSparingly();
    void typingOfOthersEndsByItself();
    void aMessageEndsTyping();
    void marksOfOthersTurnIntoTicks();
    void ownMarksFromAnotherDeviceCount();
};

void ReceiptsTest::oneReceiptStandsForABatch()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    for (int seq = 1; seq <= 3; ++seq)
        server.data(kPeer, seq, kPeer, QString::number(seq));
    const auto note = server.next<wire::Note>();
    QCOMPARE(note.what, wire::NoteKind::Received);
    QCOMPARE(note.seq, 3);
    QCOMPARE(server.topic(kPeer)->info().recv, 3);
    QCOMPARE(server.topic(kPeer)->unread(), 3);
    QCOMPARE(server.count<wire::Note>(), 0);
}

void ReceiptsTest::readingIsToldOnceForSeveralSteps()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 5);
    QCOMPARE(server.next<wire::Note>().what, wire::NoteKind::Received);
    for (const int seq : {1, 3, 2, 99})
        server.service().markRead(kPeer, seq);
    QCOMPARE(server.topic(kPeer)->unread(), 0);
    const auto note = server.next<wire::Note>();
    QCOMPARE(note.what, wire::NoteKind::Read);
    QCOMPARE(note.seq, 5);
    QCOMPARE(server.count<wire::Note>(), 0);
}

void ReceiptsTest::readingWhileAwayIsToldLater()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 2);
    server.session()->injectLost();
    QTRY_VERIFY(!server.service().isOnline());
    server.service().markRead(kPeer, 2);
    QTRY_COMPARE(server.attempts(), 2);
    server.forgetSent();
    server.signIn({FakeServer::chat(kPeer, 2)});
    server.attach(server.nextSub(kPeer), 2);
    const auto note = server.next<wire::Note>();
    QCOMPARE(note.what, wire::NoteKind::Read);
    QCOMPARE(note.seq, 2);
}

void ReceiptsTest::typingIsToldSparingly()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    for (int key = 0; key < 10; ++key)
        server.service().noteTyping(kPeer);
    QCOMPARE(server.next<wire::Note>().what, wire::NoteKind::Typing);
    QCOMPARE(server.count<wire::Note>(), 0);
}

void ReceiptsTest::typingOfOthersEndsByItself()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    server.say(info(wire::NoteKind::Typing));
    QTRY_COMPARE(server.topic(kPeer)->typing(), QList<UserId>{kPeer});
    QTRY_VERIFY(server.topic(kPeer)->typing().isEmpty());
}

void ReceiptsTest::aMessageEndsTyping()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    server.say(info(wire::NoteKind::Typing));
    server.data(kPeer, 1, kPeer, QStringLiteral("done"));
    QTRY_COMPARE(server.rows(kPeer).size(), 1);
    QVERIFY(server.topic(kPeer)->typing().isEmpty());
}

void ReceiptsTest::marksOfOthersTurnIntoTicks()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    server.data(kPeer, 1, FakeServer::kSelf, QStringLiteral("mine"));
    QTRY_COMPARE(server.rows(kPeer).size(), 1);
    const auto delivery = [&] {
        return server.topic(kPeer)->deliveryOf(1, FakeServer::kSelf, FakeServer::kSelf);
    };
    QCOMPARE(delivery(), Delivery::Sent);
    server.say(info(wire::NoteKind::Received, 1));
    QTRY_COMPARE(delivery(), Delivery::Received);
    wire::Info byMe = info(wire::NoteKind::Read, 1);
    byMe.topic = QStringLiteral("me"); // as sent for chats that are not attached
    byMe.src = kPeer;
    server.say(byMe);
    QTRY_COMPARE(delivery(), Delivery::Read);
}

void ReceiptsTest::ownMarksFromAnotherDeviceCount()
{
    FakeServer server;
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer, 4);
    server.presence(QStringLiteral("me"), kPeer, wire::PresKind::Read, 3);
    QTRY_COMPARE(server.topic(kPeer)->unread(), 1);
    server.say(info(wire::NoteKind::Read, 400, FakeServer::kSelf));
    QTRY_COMPARE(server.topic(kPeer)->unread(), 0);
    QCOMPARE(server.topic(kPeer)->info().read, 4);
}

QTEST_GUILESS_MAIN(ReceiptsTest)
#include "tst_receipts.moc"
