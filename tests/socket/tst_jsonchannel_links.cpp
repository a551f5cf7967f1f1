#include "intlist.h"
#include "support/chaosproxy.h"
#include "support/rawpeer.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QThread>
#include <QtTest>

using namespace confab;
using namespace std::chrono_literals;

/// Channels on real sockets: links that die without a word, and receivers that do not look.
class TestJsonChannelLinks : public QObject
{
    Q_OBJECT

private slots:
    void silentPeerEndsWith1011();
    void halfOpenLinkEndsWith1011();
    void slowLinkLives();
    void foreignFrameTells1003ToThePeer();
    void lostLinkDeliversWhatCameBefore();
    void blockedReceiverLosesNeitherLinkNorMessages();
    void commandsFromAnotherThreadReachThePeerInOrder();
    void mayBeDeletedFromAnotherThread();
    void endOfItsThreadTakesTheSessionAlong();

private:
    static std::unique_ptr<IntChannel> makeChannel(
        const QUrl &url, const KeepAliveOptions &keepAlive = {});
};

namespace {

constexpr KeepAliveOptions kImpatient{
    .interval = 5ms, .deadline = 80ms, .probeDeadline = 80ms, .jitter = false};

CloseInfo endInfo(const QSignalSpy &ended)
{
    return ended.value(0).value(0).value<CloseInfo>();
}

/// A thread with an event loop, ended and joined with the scope.
class LoopThread
{
public:
    LoopThread() { m_thread.start(); }
    ~LoopThread()
    {
        m_thread.quit();
        m_thread.wait();
    }
    /// The object is deleted on this thread when it ends.
    void adopt(QObject *object)
    {
        object->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, object, &QObject::deleteLater);
    }

private:
    QThread m_thread;
};

}

std::unique_ptr<IntChannel> TestJsonChannelLinks::makeChannel(
    const QUrl &url, const KeepAliveOptions &keepAlive)
{
    return std::make_unique<IntChannel>(socketSessionFactory(),
        ChannelOptions{.url = url, .keepAlive = keepAlive}, intCodec());
}

void TestJsonChannelLinks::silentPeerEndsWith1011()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    QSignalSpy gone(&peer, &RawPeer::disconnected);
    const auto channel = makeChannel(peer.url(), kImpatient);
    QSignalSpy ended(channel.get(), &IntChannel::ended);
    channel->open();
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(endInfo(ended).cause, CloseCause::PingFailed);
    QCOMPARE(endInfo(ended).code, 1011);
    QCOMPARE(endInfo(ended).by, ClosedBy::Us);
    QTRY_COMPARE(gone.size(), 1);
    QCOMPARE(peer.received(RawPeer::Ping).size(), 1);
    QCOMPARE(peer.closeCodeReceived(), 0); // 1011 is not for the wire
}

void TestJsonChannelLinks::halfOpenLinkEndsWith1011()
{
    RawPeer peer;
    peer.setAnswersPings(true);
    QVERIFY(peer.listen());
    ChaosProxy proxy(peer.port());
    const auto channel = makeChannel(proxy.url(), kImpatient);
    QSignalSpy ended(channel.get(), &IntChannel::ended);
    channel->open();
    QTRY_VERIFY(peer.received(RawPeer::Ping).size() > 3);
    QVERIFY(ended.isEmpty());
    proxy.setSwallowing(true);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(endInfo(ended).cause, CloseCause::PingFailed);
    QCOMPARE(endInfo(ended).reason, QStringLiteral("ping failed"));
}

void TestJsonChannelLinks::slowLinkLives()
{
    RawPeer peer;
    peer.setAnswersPings(true);
    QVERIFY(peer.listen());
    ChaosProxy proxy(peer.port());
    proxy.setDelay(ChaosProxy::Direction::ToServer, 10ms);
    proxy.setDelay(ChaosProxy::Direction::ToClient, 10ms);
    const auto channel = makeChannel(
        proxy.url(), {.interval = 5ms, .deadline = 10s, .probeDeadline = 10s, .jitter = false});
    QSignalSpy ended(channel.get(), &IntChannel::ended);
    channel->open();
    QTRY_VERIFY(peer.received(RawPeer::Ping).size() > 5);
    QVERIFY(ended.isEmpty());
}

void TestJsonChannelLinks::foreignFrameTells1003ToThePeer()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    connect(&peer, &RawPeer::upgraded, &peer, [&] { peer.sendText("good day"); });
    const auto channel = makeChannel(peer.url());
    QSignalSpy ended(channel.get(), &IntChannel::ended);
    channel->open();
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(endInfo(ended).cause, CloseCause::UnsupportedData);
    QTRY_COMPARE(peer.closeCodeReceived(), 1003);
}

void TestJsonChannelLinks::lostLinkDeliversWhatCameBefore()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    connect(&peer, &RawPeer::upgraded, &peer, [&] {
        for (int i = 0; i < 500; ++i)
            peer.sendText(QByteArray::number(i));
        peer.finish();
    });
    const auto channel = makeChannel(peer.url());
    QSignalSpy ended(channel.get(), &IntChannel::ended);
    channel->open();
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(endInfo(ended).cause, CloseCause::ConnectionLost);
    const IntChannel::Batch batch = channel->takeBatch();
    QCOMPARE(batch.size(), 500);
    QCOMPARE(batch.last(), IntList{499});
}

void TestJsonChannelLinks::blockedReceiverLosesNeitherLinkNorMessages()
{
    constexpr int kMessages = 200;
    constexpr int kPings = 40; // so many intervals and deadlines pass while this thread stands still
    QSemaphore done;
    int pings = 0;
    LoopThread peerThread;
    auto *peer = new RawPeer;
    QVERIFY(peer->listen());
    peer->setAnswersPings(true);
    connect(peer, &RawPeer::frameReceived, peer, [&, peer](int opcode) {
        if (opcode != RawPeer::Ping || pings == kPings)
            return;
        for (int i = 0; i < kMessages / kPings; ++i)
            peer->sendText(QByteArray::number(pings * (kMessages / kPings) + i));
        if (++pings == kPings)
            done.release();
    });
    const QUrl url = peer->url();
    peerThread.adopt(peer);

    LoopThread networkThread;
    IntChannel *channel = makeChannel(url, kImpatient).release();
    bool hasEnded = false;
    IntChannel::Batch received;
    QObject receiver;
    connect(channel, &IntChannel::ended, &receiver, [&] { hasEnded = true; });
    connect(channel, &IntChannel::batchReady, &receiver, [&] { received += channel->takeBatch(); });
    networkThread.adopt(channel);
    channel->open();

    QVERIFY(done.tryAcquire(1, 30'000)); // this thread's loop does not turn meanwhile
    QVERIFY(received.isEmpty());
    QTRY_COMPARE(received.size(), kMessages);
    for (int i = 0; i < kMessages; ++i)
        QCOMPARE(received[i], IntList{i});
    QVERIFY(!hasEnded);
}

void TestJsonChannelLinks::commandsFromAnotherThreadReachThePeerInOrder()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    LoopThread networkThread;
    IntChannel *channel = makeChannel(peer.url()).release();
    QList<CloseInfo> ends;
    QObject receiver;
    connect(channel, &IntChannel::opened, &receiver, [&] {
        for (int i = 0; i < 100; ++i)
            channel->send({i});
        channel->close(1000, QStringLiteral("done"));
    });
    connect(
        channel, &IntChannel::ended, &receiver, [&](const CloseInfo &info) { ends.append(info); });
    networkThread.adopt(channel);
    channel->open();
    QTRY_COMPARE(ends.size(), 1);
    QCOMPARE(ends[0].cause, CloseCause::Requested);
    QTRY_COMPARE(peer.closeCodeReceived(), 1000);
    const QList<QByteArray> texts = peer.received(RawPeer::Text);
    QCOMPARE(texts.size(), 100);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(texts[i], QByteArray::number(i));
}

void TestJsonChannelLinks::mayBeDeletedFromAnotherThread()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    QSignalSpy gone(&peer, &RawPeer::disconnected);
    QSignalSpy upgraded(&peer, &RawPeer::upgraded);
    LoopThread networkThread;
    const QPointer<IntChannel> channel = makeChannel(peer.url()).release();
    networkThread.adopt(channel);
    channel->open();
    QTRY_COMPARE(upgraded.size(), 1);
    channel->deleteLater();
    QTRY_COMPARE(gone.size(), 1);
}

void TestJsonChannelLinks::endOfItsThreadTakesTheSessionAlong()
{
    RawPeer peer;
    QVERIFY(peer.listen());
    QSignalSpy gone(&peer, &RawPeer::disconnected);
    {
        LoopThread networkThread;
        IntChannel *channel = makeChannel(peer.url()).release();
        bool isOpen = false;
        QObject receiver;
        connect(channel, &IntChannel::opened, &receiver, [&] { isOpen = true; });
        networkThread.adopt(channel);
        channel->open();
        QTRY_VERIFY(isOpen);
    }
    QTRY_COMPARE(gone.size(), 1);
    QCOMPARE(peer.closeCodeReceived(), 1001);
}

QTEST_GUILESS_MAIN(TestJsonChannelLinks)
#include "tst_jsonchannel_links.moc"
