#include "server/net/websocketlink.h"

#include "server/hub/hub.h"
#include "server/logevent.h"
#include "server/metrics.h"
#include "server/requestid.h"
#include "wire/clientcodec.h"
#include "wire/servercodec.h"

#include <QDateTime>

#include <algorithm>

namespace confab::server {

namespace {

constexpr int kMaxFrameBeforeLogin = 64 * 1024;

// Close codes: RFC 6455 §7.4.1 and reliability.md §5.
constexpr int kUnsupportedData = 1003;
constexpr int kStuck = 4000;
constexpr int kFlooding = 4008;

}

WebSocketLink::WebSocketLink(
    WebSocketPeer *peer, Hub &hub, const ServerOptions &options, QObject *parent)
    : QObject(parent)
    , m_peer(peer)
    , m_hub(hub)
    , m_bucket(TokenBucket::forClient(peer->address(), options))
    , m_refusalsLeft(m_bucket.burst())
    , m_maxMessageSize(options.maxMessageSize)
    , m_loginDeadline(std::make_unique<QTimer>())
{
    m_peer->setParent(this);
    m_peer->setMaxIncoming(std::min(kMaxFrameBeforeLogin, m_maxMessageSize));
    connect(m_peer, &WebSocketPeer::textReceived, this, &WebSocketLink::receive);
    connect(m_peer, &WebSocketPeer::binaryReceived, this,
        [this] { close(kUnsupportedData, QStringLiteral("text frames only")); });
    connect(m_peer, &WebSocketPeer::ended, this, &WebSocketLink::ended);
    connect(m_loginDeadline.get(), &QTimer::timeout, this, &WebSocketLink::demandLogin);
    m_loginDeadline->setSingleShot(true);
    m_loginDeadline->start(options.loginTimeout);
    m_hub.attach(this);
}

WebSocketLink::~WebSocketLink()
{
    m_hub.detach(this);
}

void WebSocketLink::send(const QByteArray &utf8)
{
    m_peer->sendText(utf8);
}

void WebSocketLink::close(int code, const QString &reason)
{
    if (m_loginDeadline)
        m_loginDeadline->stop();
    m_peer->close(code, reason);
}

QString WebSocketLink::remoteAddress() const
{
    return m_peer->address().toString();
}

void WebSocketLink::authenticated()
{
    m_loginDeadline.reset();
    m_peer->setMaxIncoming(m_maxMessageSize);
}

void WebSocketLink::demandLogin()
{
    m_hub.metrics().refused(Refusal::NoLogin);
    close(kStuck, QStringLiteral("no sign-in in time"));
}

void WebSocketLink::receive(const QString &text)
{
    const Decoded message = wire::decodeClientMessage(text.toUtf8());
    const auto now = std::chrono::steady_clock::now();
    if (!m_bucket.take(now)) {
        refuse(message, now);
        return;
    }
    m_refusalsLeft = m_bucket.burst();
    if (!message) {
        LogEvent::info("malformed-packet")
            .with("address", remoteAddress())
            .with("reason", message.error().toString());
        m_hub.receiveMalformed(this, message.error().id);
    } else if (std::holds_alternative<wire::Probe>(*message)) {
        send(wire::encode(wire::ServerMessage(wire::ProbeReply())));
    } else {
        m_hub.receive(this, *message);
    }
}

void WebSocketLink::refuse(const Decoded &message, TokenBucket::Time now)
{
    m_hub.metrics().refused(Refusal::Rate);
    if (m_refusalsLeft == 0) {
        m_hub.metrics().refused(Refusal::Flood);
        LogEvent::info("closed-flooding").with("address", remoteAddress());
        close(kFlooding, QStringLiteral("too many requests"));
        return;
    }
    --m_refusalsLeft;
    wire::Ctrl ctrl;
    ctrl.id = message ? requestId(*message) : QString();
    ctrl.code = 429;
    ctrl.text = QStringLiteral("too many requests");
    ctrl.ts = QDateTime::currentDateTimeUtc();
    ctrl.params.emplace().retryAfter = static_cast<int>(m_bucket.wait(now).count());
    send(wire::encode(wire::ServerMessage(ctrl)));
}

}
