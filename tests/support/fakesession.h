#pragma once

#include "socket/jsonchannel.h"
#include "socket/sessionfactory.h"

#include <QList>
#include <QPointer>
#include <QUrl>

#include <optional>

namespace confab {

/// A session without a network: the test plays the peer. Records what was sent; inject…() calls are
/// what the peer or the network does. close() and abort() end it at once, as SocketSession mostly
/// does. Same thread as the test.
class FakeSession final : public AbstractSession
{
    Q_OBJECT

public:
    explicit FakeSession(const SessionOptions &options = {}, QObject *parent = nullptr);

    void open(const QUrl &url) override;
    bool sendText(const QByteArray &utf8) override;
    bool sendBinary(const QByteArray &bytes) override;
    void ping(const QByteArray &payload) override;
    void close(int code, const QString &reason) override;
    void abort() override;
    PeerInfo peer() const override { return m_peer; }
    qint64 bytesToWrite() const override { return 0; }

    void setPeer(const PeerInfo &peer) { m_peer = peer; }
    void injectOpened();
    void injectText(const QByteArray &utf8);
    void injectBinary(const QByteArray &bytes);
    void injectPong(const QByteArray &payload);
    void injectBytes() { emit bytesReceived(); } ///< a sign of life that is no whole frame
    void injectClosed(const CloseInfo &info);
    /// Shorthand for a reset: no close frame, no code.
    void injectLost();

    /// Everything sent since the last call, in order.
    QList<Frame> takeSent();
    /// The next frame sent, removed; an empty one when there is none.
    Frame takeFirstSent();
    /// False, with a message in the test log, when something was sent since the last take.
    bool expectNothingSent() const;
    QList<QByteArray> pings() const { return m_pings; }

    const SessionOptions &options() const { return m_options; }
    QUrl url() const { return m_url; }
    bool isOpened() const { return m_opened && !m_closed; }
    bool isClosed() const { return m_closed; }
    bool isAborted() const { return m_aborted; }
    /// The code given to close(), if it was called.
    std::optional<int> closeCode() const { return m_closeCode; }
    QString closeReason() const { return m_closeReason; }

private:
    bool record(Frame frame);

    SessionOptions m_options;
    QUrl m_url;
    PeerInfo m_peer;
    QList<Frame> m_sent;
    QList<QByteArray> m_pings;
    std::optional<int> m_closeCode;
    QString m_closeReason;
    bool m_opened = false;
    bool m_closed = false;
    bool m_aborted = false;
};

/// Hands out FakeSessions and remembers them in order. Must outlive what it was given to.
class FakeSessionFactory
{
public:
    SessionFactory factory();

    qsizetype count() const { return m_sessions.size(); }
    /// Null once the channel released it and the event loop deleted it.
    FakeSession *session(qsizetype index) const { return m_sessions.value(index); }
    FakeSession *last() const { return m_sessions.isEmpty() ? nullptr : m_sessions.last(); }

private:
    QList<QPointer<FakeSession>> m_sessions;
};

}
