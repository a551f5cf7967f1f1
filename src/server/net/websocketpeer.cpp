#include "server/net/websocketpeer.h"

#include "server/logevent.h"
#include "server/metrics.h"
#include "server/net/unsent.h"

#include <QTimer>
#include <QtEndian>

#include <algorithm>
#include <array>

namespace confab::server {

namespace {

using namespace std::chrono_literals;

constexpr auto kCloseTimeout = 2s;
/// More than this may wait only for a peer that is reading, and less than that only for a while
/// (reliability.md §2 "Slow reader", T24).
constexpr qint64 kQueueMark = 1024 * 1024;
constexpr auto kStallOverMark = 1s;
constexpr auto kStall = 10s;
/// What a reading peer may have asked for at once: a full page of the largest messages, and more.
constexpr qint64 kMaxQueuedMessages = 128;

// RFC 6455 §5.2: a whole text frame, and the lengths that announce a longer length.
constexpr uchar kFinalText = 0x81;
constexpr uchar kLength16 = 126;
constexpr uchar kLength64 = 127;
constexpr qint64 kMaxHead = 10;

/// What goes before this many bytes of text from a server. The number of bytes written is returned.
qint64 writeTextHead(std::array<uchar, kMaxHead> &head, qint64 length)
{
    head[0] = kFinalText;
    if (length < kLength16) {
        head[1] = static_cast<uchar>(length);
        return 2;
    }
    if (length <= 0xFFFF) {
        head[1] = kLength16;
        qToBigEndian(static_cast<quint16>(length), &head[2]);
        return 4;
    }
    head[1] = kLength64;
    qToBigEndian(static_cast<quint64>(length), &head[2]);
    return kMaxHead;
}

}

WebSocketPeer::WebSocketPeer(QWebSocket *socket, QTcpSocket *transport,
    const ServerOptions &options, Metrics &metrics, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_transport(transport)
    , m_metrics(metrics)
    , m_address(socket->peerAddress())
    , m_pingInterval(options.pingInterval)
    , m_silenceLimit(options.silenceLimit)
    , m_maxQueued(kMaxQueuedMessages * options.maxMessageSize)
{
    m_socket->setParent(nullptr);
    // Qt splits above 512 KiB and can't put a split character together again (fact 2).
    m_socket->setOutgoingFrameSize(QWebSocket::maxOutgoingFrameSize());
    m_sinceInput.start();
    m_sincePing.start();
    m_sinceProgress.start();

    // Between the frames of a long message a peer answers pings as well (RFC 6455 §5.4).
    connect(m_socket.get(), &QWebSocket::pong, this, [this] { m_sinceInput.start(); });
    if (auto *tls = qobject_cast<QSslSocket *>(m_transport))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &WebSocketPeer::noteProgress);
    else
        connect(m_socket.get(), &QWebSocket::bytesWritten, this, &WebSocketPeer::noteProgress);
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        m_sinceInput.start();
        if (m_state == State::Open)
            emit textReceived(text);
    });
    connect(m_socket.get(), &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &b) {
        m_sinceInput.start();
        if (m_state == State::Open)
            emit binaryReceived(b);
    });
    // QWebSocket answers pings by itself, also those of a peer that reads no answer.
    connect(m_transport, &QIODevice::readyRead, this, &WebSocketPeer::watchUnsent);
    // Queued: close() and abort() say so before they return, to callers in the middle of a fan-out.
    connect(
        m_socket.get(), &QWebSocket::disconnected, this, &WebSocketPeer::end, Qt::QueuedConnection);
}

WebSocketPeer::~WebSocketPeer()
{
    // The socket says goodbye from its destructor, when this object can't listen any more.
    m_socket->disconnect(this);
}

qint64 WebSocketPeer::unsent() const
{
    return m_state == State::Ended ? 0 : unsentBytes(*m_transport);
}

void WebSocketPeer::setMaxIncoming(int bytes)
{
    m_socket->setMaxAllowedIncomingFrameSize(static_cast<quint64>(bytes));
    m_socket->setMaxAllowedIncomingMessageSize(static_cast<quint64>(bytes));
}

void WebSocketPeer::sendText(const QByteArray &utf8)
{
    // Nothing follows a close frame, not even the one that QWebSocket answers with.
    if (m_socket->state() != QAbstractSocket::ConnectedState || !mayEnqueue(utf8.size()))
        return;
    std::array<uchar, kMaxHead> head;
    const qint64 size = writeTextHead(head, utf8.size());
    m_transport->write(reinterpret_cast<const char *>(head.data()), size);
    // By pointer: shared bytes would leave in a system call of their own.
    m_transport->write(utf8.constData(), utf8.size());
    watchUnsent();
}

void WebSocketPeer::sendBinary(const QByteArray &bytes)
{
    if (!mayEnqueue(bytes.size()))
        return;
    m_socket->sendBinaryMessage(bytes);
    watchUnsent();
}

void WebSocketPeer::close(int code, const QString &reason)
{
    if (m_state != State::Open)
        return;
    m_state = State::Closing;
    QTimer::singleShot(kCloseTimeout, this, &WebSocketPeer::abort);
    m_socket->close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
}

void WebSocketPeer::abort()
{
    if (m_state == State::Ended)
        return;
    m_state = State::Closing;
    QMetaObject::invokeMethod(this, &WebSocketPeer::end, Qt::QueuedConnection);
}

std::chrono::milliseconds WebSocketPeer::check()
{
    if (m_state != State::Open)
        return m_silenceLimit; // it ends by itself
    m_isWatched = false;
    if (m_sinceInput.hasExpired(m_silenceLimit.count())) {
        LogEvent::info("dropped-silent").with("address", m_address.toString());
        m_metrics.refused(Refusal::Silent);
        abort();
        return m_silenceLimit;
    }
    // Answers to pings fill the same buffer, so it is looked at even when nothing was sent.
    if (!mayEnqueue(0))
        return m_silenceLimit;
    const bool isWaiting = unsent() > 0;
    if (m_sinceInput.hasExpired(m_pingInterval.count())
        && m_sincePing.hasExpired(m_pingInterval.count())) {
        m_sincePing.start();
        m_socket->ping();
    }
    using std::chrono::milliseconds;
    const milliseconds quiet(m_sinceInput.elapsed());
    const milliseconds sincePing(m_sincePing.elapsed());
    const milliseconds due
        = std::min(m_silenceLimit - quiet, m_pingInterval - std::min(quiet, sincePing)) + 1ms;
    return isWaiting ? std::min<milliseconds>(due, kStallOverMark) : due;
}

void WebSocketPeer::watchUnsent()
{
    if (m_isWatched || unsent() == 0)
        return;
    m_isWatched = true;
    emit checkWanted();
}

bool WebSocketPeer::mayEnqueue(qint64 bytes)
{
    if (m_state != State::Open)
        return false;
    const qint64 waiting = unsent();
    if (waiting == 0) {
        m_sinceProgress.start();
        return true;
    }
    const std::chrono::milliseconds stalled(m_sinceProgress.elapsed());
    if (stalled < kStall && (waiting < kQueueMark || stalled < kStallOverMark)
        && waiting + bytes < m_maxQueued)
        return true;
    LogEvent::info("dropped-slow-reader")
        .with("address", m_address.toString())
        .with("waiting", waiting);
    m_metrics.refused(Refusal::SlowReader);
    abort();
    return false;
}

void WebSocketPeer::noteProgress()
{
    m_sinceProgress.start();
}

void WebSocketPeer::end()
{
    if (m_state == State::Ended)
        return;
    m_state = State::Ended;
    m_socket->disconnect(this);
    m_socket->abort();
    emit ended();
}

}
