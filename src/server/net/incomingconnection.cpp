#include "server/net/incomingconnection.h"

#include "server/logevent.h"
#include "server/metrics.h"
#include "server/net/unsent.h"

#include <QSslSocket>

#include <algorithm>

namespace confab::server {

namespace {

using namespace std::chrono_literals;

/// A body that nobody wants is read for this long, and this much of it, so that the client gets to
/// see the answer: closing a socket with unread input makes the kernel reset it.
constexpr auto kLinger = 1s;
constexpr qint64 kMaxDiscarded = 64 * 1024;
/// A client that takes nothing of its answer for this long has lost interest.
constexpr auto kStall = 10s;
constexpr qint64 kPiece = 64 * 1024;
constexpr qint64 kMaxUnsent = 256 * 1024;
/// Slower bodies only hold the connection (reliability.md T25).
constexpr qint64 kMinBytesPerSecond = 1024;

}

IncomingConnection::IncomingConnection(
    QTcpSocket *socket, std::chrono::milliseconds deadline, Metrics &metrics, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_metrics(metrics)
    , m_patience(2 * deadline)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(kMaxHead + 1);
    connect(m_socket, &QTcpSocket::readyRead, this, &IncomingConnection::read);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &IncomingConnection::handleProgress);
    if (auto *tls = qobject_cast<QSslSocket *>(m_socket))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &IncomingConnection::handleProgress);
    // Queued: a socket may say so from within a call of ours.
    connect(m_socket, &QTcpSocket::disconnected, this, &IncomingConnection::finish,
        Qt::QueuedConnection);
    connect(&m_deadline, &QTimer::timeout, this, &IncomingConnection::handleTimeout);
    m_deadline.setSingleShot(true);
    m_deadline.start(deadline);
    // What came before the connection above has been announced to nobody.
    QMetaObject::invokeMethod(this, &IncomingConnection::read, Qt::QueuedConnection);
}

void IncomingConnection::addHeader(const QByteArray &name, const QByteArray &value)
{
    m_headers.emplaceBack(name, value);
}

void IncomingConnection::read()
{
    switch (m_state) {
    case State::ReadingHead:
        return readHead();
    case State::ReceivingBody:
        return readBody();
    case State::Answering:
    case State::Lingering:
        return discardInput();
    case State::Waiting:
    case State::Finished:
        return;
    }
}

void IncomingConnection::readHead()
{
    const QByteArray peeked = m_socket->peek(kMaxHead + 1);
    const qsizetype end = peeked.indexOf("\r\n\r\n");
    if (end < 0) {
        if (peeked.size() > kMaxHead) {
            m_metrics.refused(Refusal::Head);
            refuse(431, QStringLiteral("request head too large"));
        }
        return;
    }
    m_headSize = end + 4;
    const auto request = parseHttpRequest(peeked.left(m_headSize));
    if (!request) {
        m_metrics.refused(Refusal::Head);
        refuse(request.error(), QStringLiteral("malformed request"));
        return;
    }
    m_deadline.stop();
    m_bodyUnread = request->hasBody();
    m_state = State::Waiting;
    emit requestReceived(*request);
}

void IncomingConnection::receiveBody(qint64 length, bool permissionWanted)
{
    if (m_state != State::Waiting)
        return;
    m_state = State::ReceivingBody;
    m_bodyLeft = length;
    m_socket->skip(m_headSize);
    m_headSize = 0;
    m_socket->setReadBufferSize(kPiece);
    m_deadline.start(m_patience);
    if (permissionWanted)
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    QMetaObject::invokeMethod(this, &IncomingConnection::read, Qt::QueuedConnection);
}

void IncomingConnection::readBody()
{
    while (m_state == State::ReceivingBody && m_bodyLeft > 0) {
        const QByteArray bytes = m_socket->read(std::min(kPiece, m_bodyLeft));
        if (bytes.isEmpty())
            return;
        m_bodyLeft -= bytes.size();
        m_bodyInStretch += bytes.size();
        emit bodyReceived(bytes);
    }
    if (m_state != State::ReceivingBody)
        return;
    m_state = State::Waiting;
    m_deadline.stop();
    m_bodyUnread = false;
    emit bodyEnded();
}

void IncomingConnection::answer(const HttpResponse &response)
{
    if (m_state == State::Answering || m_state == State::Lingering || m_state == State::Finished)
        return;
    m_state = State::Answering;
    HttpResponse complete = response;
    complete.headers += m_headers;
    if (!response.headOnly)
        m_file = response.file;
    m_deadline.start(kStall);
    m_socket->write(encode(complete));
    feed();
    discardInput();
}

QTcpSocket *IncomingConnection::release()
{
    m_state = State::Finished;
    m_deadline.stop();
    m_socket->disconnect(this);
    m_socket->setParent(nullptr);
    m_socket->setReadBufferSize(0);
    emit finished();
    return m_socket;
}

void IncomingConnection::refuse(int status, const QString &text)
{
    LogEvent::info("refused-request")
        .with("address", m_socket->peerAddress().toString())
        .with("status", status)
        .with("reason", text);
    m_bodyUnread = true;
    answer(ctrlResponse(status, text));
}

void IncomingConnection::feed()
{
    while (m_file.left > 0 && unsentBytes(*m_socket) < kMaxUnsent) {
        const QByteArray bytes = m_file.content->read(std::min(kPiece, m_file.left));
        if (bytes.isEmpty()) {
            LogEvent::warning("file-cut-short");
            m_socket->abort();
            return;
        }
        m_file.left -= bytes.size();
        m_metrics.downloadedBytes += quint64(bytes.size());
        m_socket->write(bytes);
    }
    if (m_file.left > 0)
        return;
    m_file = {};
    // Unless input is unread, closing sends what is queued first.
    if (!m_bodyUnread)
        m_socket->disconnectFromHost();
    else if (unsentBytes(*m_socket) == 0)
        handleSent();
}

void IncomingConnection::handleProgress()
{
    if (m_state != State::Answering)
        return;
    m_deadline.start(kStall);
    feed();
}

void IncomingConnection::handleSent()
{
    m_state = State::Lingering;
    m_deadline.start(kLinger);
    discardInput();
}

void IncomingConnection::handleTimeout()
{
    if (m_state == State::ReceivingBody) {
        handleSlowBody();
        return;
    }
    if (m_state == State::ReadingHead) {
        m_metrics.refused(Refusal::Slow);
        if (m_socket->bytesAvailable() > 0) {
            refuse(408, QStringLiteral("request head took too long"));
            return;
        }
    } else if (m_state == State::Answering) {
        m_metrics.refused(Refusal::SlowReader);
    }
    m_socket->abort();
    finish();
}

void IncomingConnection::handleSlowBody()
{
    const qint64 least = kMinBytesPerSecond * m_patience.count() / 1000;
    if (m_bodyInStretch >= least) {
        m_bodyInStretch = 0;
        m_deadline.start(m_patience);
        return;
    }
    m_metrics.refused(Refusal::Slow);
    refuse(408, QStringLiteral("request body took too long"));
}

void IncomingConnection::discardInput()
{
    // More than that stays in the kernel, which makes the client wait, until the socket goes.
    if (m_discarded <= kMaxHead + kMaxDiscarded)
        m_discarded += m_socket->skip(m_socket->bytesAvailable());
}

void IncomingConnection::finish()
{
    if (m_state == State::Finished)
        return;
    m_state = State::Finished;
    m_deadline.stop();
    emit finished();
}

}
