#include "server/net/incomingconnection.h"

#include "server/logging.h"

namespace confab::server {

namespace {

using namespace std::chrono_literals;

/// A body that nobody asked for is read for this long, and this much of it, so that the client gets
/// to see the answer: closing a socket with unread input makes the kernel reset it.
constexpr auto kLinger = 1s;
constexpr qint64 kMaxDiscarded = 64 * 1024;

}

IncomingConnection::IncomingConnection(
    QTcpSocket *socket, std::chrono::milliseconds deadline, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(kMaxHead + 1);
    connect(m_socket, &QTcpSocket::readyRead, this, &IncomingConnection::readHead);
    // Queued: a socket may say so from within a call of ours.
    connect(m_socket, &QTcpSocket::disconnected, this, &IncomingConnection::finish,
        Qt::QueuedConnection);
    connect(&m_deadline, &QTimer::timeout, this, &IncomingConnection::handleTimeout);
    m_deadline.setSingleShot(true);
    m_deadline.start(deadline);
    // What came before the connection above has been announced to nobody.
    QMetaObject::invokeMethod(this, &IncomingConnection::readHead, Qt::QueuedConnection);
}

void IncomingConnection::readHead()
{
    if (m_state == State::Answering)
        discardInput();
    if (m_state != State::ReadingHead)
        return;

    const QByteArray peeked = m_socket->peek(kMaxHead + 1);
    const qsizetype end = peeked.indexOf("\r\n\r\n");
    if (end < 0) {
        if (peeked.size() > kMaxHead)
            refuse(431, QStringLiteral("request head too large"));
        return;
    }
    m_headSize = end + 4;
    const auto request = parseHttpRequest(peeked.left(m_headSize));
    if (!request) {
        refuse(request.error(), QStringLiteral("malformed request"));
        return;
    }
    m_lingering = request->hasBody();
    emit requestReceived(*request);
}

void IncomingConnection::answer(const HttpResponse &response)
{
    if (m_state != State::ReadingHead)
        return;
    m_state = State::Answering;
    m_socket->write(encode(response));
    m_deadline.start(kLinger);
    discardInput();
    if (!m_lingering)
        m_socket->disconnectFromHost();
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
    qCInfo(serverLog) << "refused a request from" << m_socket->peerAddress().toString() << "with"
                      << status << text;
    m_lingering = true;
    answer(ctrlResponse(status, text));
}

void IncomingConnection::handleTimeout()
{
    if (m_state == State::ReadingHead && m_socket->bytesAvailable() > 0) {
        refuse(408, QStringLiteral("request head took too long"));
        m_socket->disconnectFromHost();
        return;
    }
    m_socket->abort();
    finish();
}

void IncomingConnection::discardInput()
{
    m_discarded += m_socket->skip(m_socket->bytesAvailable());
    if (m_discarded > kMaxHead + kMaxDiscarded)
        m_socket->disconnectFromHost();
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
