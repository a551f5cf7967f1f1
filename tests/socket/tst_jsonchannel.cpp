#include "intlist.h"
#include "support/fakesession.h"

#include <QSignalSpy>
#include <QtTest>

using namespace confab;
using namespace std::chrono_literals;

class TestJsonChannel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void handsTheOptionsToTheSession();
    void saysWhoThePeerIsWhenOpened();
    void encodesWhatIsSent();
    void sendsNothingBeforeOpened();
    void decodesTextAndBinaryFrames();
    void tellsOfABatchOncePerTurn();
    void doesNotRepeatBatchReadyUntilTheMailboxIsEmptied();
    void skipsAFrameItDoesNotKnow();
    void foreignFrameEndsWith1003();
    void nothingIsDecodedAfterAForeignFrame();
    void tooManyRejectedFramesEndWith1003();
    void deliversWhatWasDecodedBeforeALoss();
    void passesOnWhyTheSessionClosed();
    void closesWithCodeAndReason();
    void aborts();
    void endsExactlyOnce();
    void endsWhenClosedBeforeOpen();
    void sessionThatFailsInsideOpenEndsTheChannel();
    void silentPeerEndsWith1011();
    void pongBytesOrFramesKeepItAlive();
    void probeGoesOutAtOnce();
    void keepAliveSettingsApplyAtOnce();
    void releasesTheSessionWhenItEnds();
    void mayBeDeletedByItsOwnReceiver();

private:
    void makeChannel(const KeepAliveOptions &keepAlive);
    void openChannel();
    FakeSession &session() { return *m_factory.last(); }
    CloseInfo endInfo() const { return m_ended->value(0).value(0).value<CloseInfo>(); }

    FakeSessionFactory m_factory;
    std::unique_ptr<IntChannel> m_channel;
    std::unique_ptr<QSignalSpy> m_opened;
    std::unique_ptr<QSignalSpy> m_ready;
    std::unique_ptr<QSignalSpy> m_rejected;
    std::unique_ptr<QSignalSpy> m_ended;
};

void TestJsonChannel::init()
{
    m_factory = {};
    makeChannel({});
}

void TestJsonChannel::cleanup()
{
    m_channel.reset();
}

void TestJsonChannel::makeChannel(const KeepAliveOptions &keepAlive)
{
    ChannelOptions options{.url = QUrl(QStringLiteral("ws://peer.example/path")),
        .session = {.headers = {{"X-Tinode-APIKey", "key"}}},
        .keepAlive = keepAlive,
        .badFramesPerMinute = 3};
    m_channel = std::make_unique<IntChannel>(m_factory.factory(), options, intCodec());
    m_opened = std::make_unique<QSignalSpy>(m_channel.get(), &IntChannel::opened);
    m_ready = std::make_unique<QSignalSpy>(m_channel.get(), &IntChannel::batchReady);
    m_rejected = std::make_unique<QSignalSpy>(m_channel.get(), &IntChannel::frameRejected);
    m_ended = std::make_unique<QSignalSpy>(m_channel.get(), &IntChannel::ended);
}

void TestJsonChannel::openChannel()
{
    m_channel->open();
    session().injectOpened();
}

void TestJsonChannel::handsTheOptionsToTheSession()
{
    m_channel->open();
    QCOMPARE(m_factory.count(), 1);
    QCOMPARE(session().url(), QUrl(QStringLiteral("ws://peer.example/path")));
    QCOMPARE(session().options().headers.value(0).first, "X-Tinode-APIKey");
}

void TestJsonChannel::saysWhoThePeerIsWhenOpened()
{
    m_channel->open();
    session().setPeer({.encrypted = true, .tlsProtocol = QStringLiteral("TLS 1.3")});
    QVERIFY(m_opened->isEmpty());
    session().injectOpened();
    QCOMPARE(m_opened->size(), 1);
    QCOMPARE(m_opened->at(0).at(0).value<PeerInfo>().tlsProtocol, QStringLiteral("TLS 1.3"));
}

void TestJsonChannel::encodesWhatIsSent()
{
    openChannel();
    m_channel->send({1, 2, 3});
    const QList<Frame> sent = session().takeSent();
    QCOMPARE(sent.size(), 1);
    QCOMPARE(sent[0].kind, FrameKind::Text);
    QCOMPARE(sent[0].bytes, "1,2,3");
}

void TestJsonChannel::sendsNothingBeforeOpened()
{
    m_channel->send({1});
    m_channel->open();
    m_channel->send({2});
    session().injectOpened();
    QVERIFY(session().expectNothingSent());
}

void TestJsonChannel::decodesTextAndBinaryFrames()
{
    openChannel();
    session().injectText("1,20");
    session().injectBinary(QByteArray("\x03\xff", 2));
    QTRY_COMPARE(m_ready->size(), 1);
    QCOMPARE(m_channel->takeBatch(), (IntChannel::Batch{{1, 20}, {3, 255}}));
    QVERIFY(m_channel->takeBatch().isEmpty());
}

void TestJsonChannel::tellsOfABatchOncePerTurn()
{
    openChannel();
    for (int i = 0; i < 1'000; ++i)
        session().injectText(QByteArray::number(i));
    QVERIFY(m_ready->isEmpty());
    QTRY_COMPARE(m_ready->size(), 1);
    QCOMPARE(m_channel->takeBatch().size(), 1'000);
    session().injectText("7");
    QTRY_COMPARE(m_ready->size(), 2);
}

void TestJsonChannel::doesNotRepeatBatchReadyUntilTheMailboxIsEmptied()
{
    openChannel();
    session().injectText("1");
    QTRY_COMPARE(m_ready->size(), 1);
    session().injectText("2");
    QCoreApplication::processEvents();
    QCOMPARE(m_ready->size(), 1);
    QCOMPARE(m_channel->takeBatch().size(), 2);
}

void TestJsonChannel::skipsAFrameItDoesNotKnow()
{
    openChannel();
    session().injectText("1");
    session().injectText("?2");
    session().injectText("3");
    QTRY_COMPARE(m_ready->size(), 1);
    QCOMPARE(m_channel->takeBatch(), (IntChannel::Batch{{1}, {3}}));
    QCOMPARE(m_rejected->size(), 1);
    QCOMPARE(m_rejected->at(0).at(0).toString(), QStringLiteral("unknown list"));
    QVERIFY(m_ended->isEmpty());
}

void TestJsonChannel::foreignFrameEndsWith1003()
{
    openChannel();
    session().injectText("hello");
    QCOMPARE(m_ended->size(), 1);
    QCOMPARE(endInfo().cause, CloseCause::UnsupportedData);
    QCOMPARE(endInfo().by, ClosedBy::Us);
    QCOMPARE(endInfo().code, 1003);
    QCOMPARE(session().closeCode(), 1003);
    QCOMPARE(m_rejected->size(), 1);
}

void TestJsonChannel::nothingIsDecodedAfterAForeignFrame()
{
    openChannel();
    session().injectText("1");
    QPointer<FakeSession> old = &session();
    old->injectText("hello");
    QCOMPARE(m_channel->takeBatch(), IntChannel::Batch{{1}});
    old->injectText("2");
    QCoreApplication::processEvents();
    QVERIFY(m_channel->takeBatch().isEmpty());
    QCOMPARE(m_ready->size(), 1);
}

void TestJsonChannel::tooManyRejectedFramesEndWith1003()
{
    openChannel();
    for (int i = 0; i < 3; ++i)
        session().injectText("?");
    QVERIFY(m_ended->isEmpty());
    session().injectText("?");
    QCOMPARE(m_ended->size(), 1);
    QCOMPARE(endInfo().cause, CloseCause::UnsupportedData);
    QCOMPARE(session().closeCode(), 1003);
}

void TestJsonChannel::deliversWhatWasDecodedBeforeALoss()
{
    openChannel();
    qsizetype readyBeforeEnd = -1;
    connect(m_channel.get(), &IntChannel::ended, this, [&] { readyBeforeEnd = m_ready->size(); });
    session().injectText("1");
    session().injectText("2");
    session().injectLost();
    QCOMPARE(readyBeforeEnd, 1);
    QCOMPARE(m_channel->takeBatch(), (IntChannel::Batch{{1}, {2}}));
    QCoreApplication::processEvents();
    QCOMPARE(m_ready->size(), 1);
}

void TestJsonChannel::passesOnWhyTheSessionClosed()
{
    openChannel();
    const CloseInfo info{.by = ClosedBy::Peer,
        .cause = CloseCause::PeerClosed,
        .code = 4001,
        .reason = QStringLiteral("restart")};
    session().injectClosed(info);
    QCOMPARE(m_ended->size(), 1);
    QCOMPARE(endInfo(), info);
}

void TestJsonChannel::closesWithCodeAndReason()
{
    openChannel();
    m_channel->close(1000, QStringLiteral("bye"));
    QCOMPARE(session().closeCode(), 1000);
    QCOMPARE(session().closeReason(), QStringLiteral("bye"));
    QCOMPARE(endInfo().cause, CloseCause::Requested);
}

void TestJsonChannel::aborts()
{
    openChannel();
    m_channel->abort();
    QVERIFY(session().isAborted());
    QCOMPARE(endInfo().cause, CloseCause::Requested);
    QCOMPARE(endInfo().code, 0);
}

void TestJsonChannel::endsExactlyOnce()
{
    openChannel();
    m_channel->close(1000, {});
    m_channel->abort();
    m_channel->close(1001, {});
    session().injectLost();
    QCoreApplication::processEvents();
    m_channel->abort();
    m_channel->send({1});
    m_channel->probe();
    QCoreApplication::processEvents();
    QCOMPARE(m_ended->size(), 1);
}

void TestJsonChannel::endsWhenClosedBeforeOpen()
{
    m_channel->close(1000, {});
    QCOMPARE(m_ended->size(), 1);
    m_channel->open();
    QCOMPARE(m_factory.count(), 0);
    QCOMPARE(m_ended->size(), 1);
}

void TestJsonChannel::sessionThatFailsInsideOpenEndsTheChannel()
{
    m_channel = std::make_unique<IntChannel>(
        socketSessionFactory(), ChannelOptions{.url = QUrl(QStringLiteral("ws://"))}, intCodec());
    QSignalSpy ended(m_channel.get(), &IntChannel::ended);
    m_channel->open();
    QCOMPARE(ended.size(), 1);
    QCOMPARE(ended.at(0).at(0).value<CloseInfo>().cause, CloseCause::OtherError);
}

void TestJsonChannel::silentPeerEndsWith1011()
{
    makeChannel({.interval = 1ms, .deadline = 8ms, .probeDeadline = 8ms, .jitter = false});
    openChannel();
    const QPointer<FakeSession> old = &session();
    QTRY_COMPARE(m_ended->size(), 1);
    const CloseInfo expected{.by = ClosedBy::Us,
        .cause = CloseCause::PingFailed,
        .code = 1011,
        .reason = QStringLiteral("ping failed")};
    QCOMPARE(endInfo(), expected);
}

void TestJsonChannel::pongBytesOrFramesKeepItAlive()
{
    makeChannel({.interval = 1ms, .deadline = 80ms, .probeDeadline = 80ms, .jitter = false});
    openChannel();
    int answered = 0;
    QTimer peer;
    connect(&peer, &QTimer::timeout, this, [&] {
        if (session().pings().size() == answered)
            return;
        ++answered;
        if (answered % 3 == 0)
            session().injectPong(session().pings().last());
        else if (answered % 3 == 1)
            session().injectText("1");
        else
            session().injectBytes();
    });
    peer.start(0ms);
    QTRY_VERIFY(answered > 12);
    QVERIFY(m_ended->isEmpty());
}

void TestJsonChannel::probeGoesOutAtOnce()
{
    openChannel();
    m_channel->probe();
    QCOMPARE(session().pings().size(), 1);
}

void TestJsonChannel::keepAliveSettingsApplyAtOnce()
{
    openChannel();
    QVERIFY(session().pings().isEmpty());
    m_channel->setKeepAlive(
        {.interval = 1ms, .deadline = 10min, .probeDeadline = 10min, .jitter = false});
    QTRY_COMPARE(session().pings().size(), 1);
}

void TestJsonChannel::releasesTheSessionWhenItEnds()
{
    openChannel();
    const QPointer<FakeSession> old = &session();
    m_channel->abort();
    QTRY_VERIFY(!old);
}

void TestJsonChannel::mayBeDeletedByItsOwnReceiver()
{
    openChannel();
    IntChannel *channel = m_channel.release();
    const QPointer<IntChannel> alive = channel;
    connect(channel, &IntChannel::ended, channel, &QObject::deleteLater);
    session().injectText("1");
    session().injectLost();
    QTRY_VERIFY(!alive);
    QCOMPARE(m_ended->size(), 1);
}

QTEST_GUILESS_MAIN(TestJsonChannel)
#include "tst_jsonchannel.moc"
