#include "socket/socketsession.h"

#include "socket/framewatch.h"
#include "socket/sessionfactory.h"
#include "socket/socketlog.h"

#include <QDateTime>
#include <QNetworkRequest>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslConfiguration>
#include <QSslError>
#include <QTcpSocket>
#include <QWebSocket>

#include <utility>

namespace confab {

namespace {

constexpr int kMaxPingPayload = 125; // RFC 6455 §5.5

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
constexpr auto kErrorSignal = &QWebSocket::errorOccurred;
#else
constexpr auto kErrorSignal = qOverload<QAbstractSocket::SocketError>(&QWebSocket::error);
#endif

bool hasLineBreak(const QByteArray &text)
{
    return text.contains('\r') || text.contains('\n');
}

/// The status of an HTTP answer that was no upgrade, 0 where it is not told. QWebSocket has it only in
/// its sentence; for 400 the sentence has no number.
int httpStatusIn(const QString &errorText)
{
    if (!errorText.contains(QLatin1String("processHandshake")))
        return 0;
    static const QRegularExpression kStatus(QStringLiteral("\\b[1-5]\\d\\d\\b"));
    const QRegularExpressionMatch match = kStatus.match(errorText);
    return match.hasMatch() ? match.captured().toInt() : 400;
}

CloseCause causeOfOpenFailure(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return CloseCause::HostNotFound;
    case QAbstractSocket::ConnectionRefusedError:
        return CloseCause::Refused;
    case QAbstractSocket::NetworkError:
        return CloseCause::Unreachable;
    case QAbstractSocket::SocketTimeoutError:
        return CloseCause::OpenTimeout;
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return CloseCause::TlsFailed;
    case QAbstractSocket::RemoteHostClosedError:
        return CloseCause::HandshakeRejected;
    default:
        return CloseCause::OtherError;
    }
}

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return QStringLiteral("TLS 1.2");
    case QSsl::TlsV1_3:
        return QStringLiteral("TLS 1.3");
    default:
        return QStringLiteral("TLS");
    }
}

}

SocketSession::SocketSession(const SessionOptions &options, QObject *parent)
    : AbstractSession(parent)
    , m_options(options)
    , m_socket(std::make_unique<QWebSocket>())
    , m_watch(std::make_unique<FrameWatch>(*m_socket))
    , m_openTimer(this)
    , m_closeTimer(this)
{
    configure();
    connectSocket();
}

SocketSession::~SocketSession()
{
    // What the socket says while it goes must not reach an object that is half gone.
    m_finished = true;
    m_watch.reset();
    m_socket->disconnect(this);
}

void SocketSession::configure()
{
    m_socket->setMaxAllowedIncomingFrameSize(m_options.maxIncoming);
    m_socket->setMaxAllowedIncomingMessageSize(m_options.maxIncoming);
    m_socket->setOutgoingFrameSize(m_options.outgoingFrameSize);
    QSslConfiguration tls = m_socket->sslConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    m_socket->setSslConfiguration(tls);
    m_openTimer.setSingleShot(true);
    m_closeTimer.setSingleShot(true);
}

void SocketSession::connectSocket()
{
    connect(m_watch.get(), &FrameWatch::closeFrameReceived, this, &SocketSession::noteCloseFrame);
    connect(m_watch.get(), &FrameWatch::ruleBroken, this, &SocketSession::noteBrokenRule);
    QWebSocket *socket = m_socket.get();
    connect(socket, &QWebSocket::connected, this, &SocketSession::noteOpened);
    connect(socket, kErrorSignal, this, &SocketSession::noteError);
    connect(socket, &QWebSocket::sslErrors, this, &SocketSession::noteTlsErrors);
    connect(socket, &QWebSocket::disconnected, this,
        // A connection that never was is told here first; its error is known by then.
        [this] { noteError(m_socket->error()); });
    connect(socket, &QWebSocket::textMessageReceived, this,
        [this](const QString &text) { emit textReceived(text.toUtf8()); });
    connect(socket, &QWebSocket::binaryMessageReceived, this, &SocketSession::binaryReceived);
    connect(socket, &QWebSocket::pong, this,
        [this](quint64, const QByteArray &payload) { emit pongReceived(payload); });
    connect(&m_openTimer, &QTimer::timeout, this, [this] {
        finish({.by = ClosedBy::Network, .cause = CloseCause::OpenTimeout});
    });
    connect(&m_closeTimer, &QTimer::timeout, this, [this] { finish(m_ending.value_or(lost())); });
}

void SocketSession::open(const QUrl &url)
{
    Q_ASSERT_X(!m_openTimer.isActive() && !m_opened, "SocketSession::open", "called twice");
    qCInfo(lcSocket) << "opening" << url.scheme() << url.host() << url.port();
    if (!url.isValid() || url.host().isEmpty()) {
        finish({.by = ClosedBy::Us, .cause = CloseCause::OtherError, .detail = url.errorString()});
        return;
    }
    m_openTimer.start(m_options.openTimeout);
    m_socket->open(request(url));
    if (!m_finished)
        watchBytes();
}

void SocketSession::watchBytes()
{
    // QWebSocket tells of whole messages and pongs only. The connection below it, its child, tells of
    // every byte.
    if (const auto *connection = m_socket->findChild<QTcpSocket *>()) {
        connect(connection, &QIODevice::readyRead, this, [this] {
            if (m_opened && !m_finished)
                emit bytesReceived();
        });
    }
}

QNetworkRequest SocketSession::request(const QUrl &url) const
{
    QNetworkRequest request(url);
    request.setRawHeader("User-Agent", "Confab/" CONFAB_VERSION);
    for (const auto &[name, value] : m_options.headers) {
        // QWebSocket copies headers as they are: a line break would start another one.
        if (hasLineBreak(name) || hasLineBreak(value))
            qCWarning(lcSocket) << "left out a request header with a line break";
        else
            request.setRawHeader(name, value);
    }
    return request;
}

bool SocketSession::sendText(const QByteArray &utf8)
{
    if (!isOpen())
        return false;
    m_socket->sendTextMessage(QString::fromUtf8(utf8));
    return !m_finished;
}

bool SocketSession::sendBinary(const QByteArray &bytes)
{
    if (!isOpen())
        return false;
    m_socket->sendBinaryMessage(bytes);
    return !m_finished;
}

void SocketSession::ping(const QByteArray &payload)
{
    Q_ASSERT(payload.size() <= kMaxPingPayload);
    if (isOpen())
        m_socket->ping(payload);
}

void SocketSession::close(int code, const QString &reason)
{
    if (m_finished || m_ending)
        return;
    const CloseInfo info{
        .by = ClosedBy::Us, .cause = CloseCause::Requested, .code = code, .reason = reason};
    if (!m_opened) {
        finish(info);
        return;
    }
    beginEnd(info);
    m_socket->close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
}

void SocketSession::abort()
{
    finish({.by = ClosedBy::Us, .cause = CloseCause::Requested});
}

PeerInfo SocketSession::peer() const
{
    const QSslConfiguration tls = m_socket->sslConfiguration();
    if (tls.sessionCipher().isNull())
        return {};
    const QSslCertificate certificate = tls.peerCertificate();
    return {.encrypted = true,
        .tlsProtocol = protocolName(tls.sessionProtocol()),
        .certificateExpiry = certificate.expiryDate().toUTC().date().toString(Qt::ISODate),
        .certificateIssuer = certificate.issuerDisplayName()};
}

qint64 SocketSession::bytesToWrite() const
{
    return m_socket->bytesToWrite();
}

void SocketSession::noteOpened()
{
    m_openTimer.stop();
    m_opened = true;
    emit opened();
}

void SocketSession::noteError(QAbstractSocket::SocketError error)
{
    if (m_ending)
        finish(*m_ending);
    else
        finish(m_opened ? lost() : openFailure(error));
}

void SocketSession::noteTlsErrors(const QList<QSslError> &errors)
{
    // Only noted: the handshake fails by itself right after this.
    for (const QSslError &error : errors)
        m_tlsErrors.append(error.errorString());
    m_tlsErrors.removeDuplicates();
}

void SocketSession::noteCloseFrame(int code, const QString &reason)
{
    if (m_ending)
        return;
    beginEnd({.by = ClosedBy::Peer, .cause = CloseCause::PeerClosed, .code = code, .reason = reason});
}

void SocketSession::noteBrokenRule(int code, const QString &explanation)
{
    if (m_ending)
        return;
    CloseInfo info{.by = ClosedBy::Us,
        .cause = CloseCause::ProtocolViolation,
        .code = code,
        .detail = explanation};
    if (code == QWebSocketProtocol::CloseCodeTooMuchData) {
        info.cause = CloseCause::FrameTooLarge;
    } else if (code == QWebSocketProtocol::CloseCodeGoingAway
        || code == QWebSocketProtocol::CloseCodeAbnormalDisconnection) {
        // Not the peer's words but the line's silence in the middle of a frame.
        info = lost();
        info.detail = explanation;
    }
    beginEnd(std::move(info));
}

void SocketSession::beginEnd(CloseInfo info)
{
    m_ending = std::move(info);
    // close() waits for unsent bytes as long as they stay (reliability.md §0, 7).
    m_closeTimer.start(m_options.closeTimeout);
}

CloseInfo SocketSession::lost() const
{
    return {.by = ClosedBy::Network,
        .cause = CloseCause::ConnectionLost,
        .detail = m_socket->errorString()};
}

CloseInfo SocketSession::openFailure(QAbstractSocket::SocketError error) const
{
    CloseInfo info{.by = ClosedBy::Network,
        .cause = causeOfOpenFailure(error),
        .detail = m_tlsErrors.isEmpty() ? m_socket->errorString() : m_tlsErrors.join(u' ')};
    // QWebSocket says "refused" also for an answer that it does not like; only then there is a peer.
    if (info.cause == CloseCause::Refused && m_socket->localPort() != 0)
        info.cause = CloseCause::HandshakeRejected;
    if (info.cause == CloseCause::HandshakeRejected) {
        info.by = ClosedBy::Peer;
        info.httpStatus = httpStatusIn(info.detail);
    }
    return info;
}

void SocketSession::finish(CloseInfo info)
{
    if (std::exchange(m_finished, true))
        return;
    m_openTimer.stop();
    m_closeTimer.stop();
    m_socket->disconnect(this);
    m_socket->abort();
    qCInfo(lcSocket) << "closed: cause" << static_cast<int>(info.cause) << "code" << info.code
                     << "http" << info.httpStatus << info.detail;
    emit closed(info);
}

SessionFactory socketSessionFactory()
{
    return [](const SessionOptions &options) -> SessionPtr {
        return SessionPtr(new SocketSession(options));
    };
}

}
