#include "support/rawpeer.h"

#include "support/hardreset.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <utility>

namespace confab {

namespace {

constexpr char kEndOfHead[] = "\r\n\r\n";

QByteArray headerValue(const QByteArray &head, const QByteArray &name)
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

template <typename Number>
QByteArray bigEndian(Number number)
{
    QByteArray bytes(sizeof number, Qt::Uninitialized);
    qToBigEndian(number, bytes.data());
    return bytes;
}

}

RawPeer::RawPeer(QObject *parent)
    : QObject(parent)
    , m_server(this)
{
    connect(&m_server, &QTcpServer::newConnection, this, &RawPeer::acceptConnection);
}

bool RawPeer::listen()
{
    return m_server.listen(QHostAddress::LocalHost);
}

QUrl RawPeer::url(const QString &path) const
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1%2").arg(port()).arg(path));
}

void RawPeer::setAnswer(const QByteArray &answer)
{
    m_greeting = Greeting::Answer;
    m_answer = answer;
}

void RawPeer::setHttpStatus(int status, const QByteArray &phrase, const QByteArray &headers)
{
    setAnswer("HTTP/1.1 " + QByteArray::number(status) + ' ' + phrase + "\r\n" + headers
        + "Content-Length: 0\r\n\r\n");
}

void RawPeer::setReading(bool on)
{
    m_reading = on;
    if (!m_socket)
        return;
    m_socket->setReadBufferSize(on ? 0 : 1);
    if (on)
        read();
}

void RawPeer::acceptConnection()
{
    m_socket = m_server.nextPendingConnection();
    m_head.clear();
    m_buffer.clear();
    m_upgraded = false;
    connect(m_socket, &QTcpSocket::readyRead, this, &RawPeer::read);
    connect(m_socket, &QTcpSocket::disconnected, this, &RawPeer::disconnected);
    emit accepted();
}

void RawPeer::read()
{
    if (!m_reading || !m_socket)
        return;
    m_buffer += m_socket->readAll();
    if (m_head.isEmpty())
        readHead();
    if (m_upgraded)
        readFrames();
}

void RawPeer::readHead()
{
    const qsizetype end = m_buffer.indexOf(kEndOfHead);
    if (end < 0)
        return;
    m_head = m_buffer.left(end);
    m_buffer.remove(0, end + qsizetype(sizeof kEndOfHead) - 1);
    greet();
}

void RawPeer::greet()
{
    switch (m_greeting) {
    case Greeting::Silence:
        return;
    case Greeting::Answer:
        sendRaw(m_answer);
        return;
    case Greeting::Reset:
        reset();
        return;
    case Greeting::Finish:
        finish();
        return;
    case Greeting::Upgrade:
        m_upgraded = true;
        sendRaw(upgradeAnswer());
        emit upgraded();
        return;
    }
}

QByteArray RawPeer::upgradeAnswer() const
{
    // RFC 6455 §4.2.2
    const QByteArray key
        = headerValue(m_head, "Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: "
        + QCryptographicHash::hash(key, QCryptographicHash::Sha1).toBase64() + kEndOfHead;
}

void RawPeer::readFrames()
{
    while (readFrame()) { }
}

bool RawPeer::readFrame()
{
    constexpr qsizetype kMask = 4;
    if (m_buffer.size() < 2 + kMask)
        return false;
    const auto first = static_cast<quint8>(m_buffer[0]);
    auto length = static_cast<quint64>(m_buffer[1] & 0x7f);
    qsizetype at = 2;
    if (length == 126) {
        length = qFromBigEndian<quint16>(m_buffer.constData() + at);
        at += 2;
    } else if (length == 127) {
        if (m_buffer.size() < at + 8 + kMask)
            return false;
        length = qFromBigEndian<quint64>(m_buffer.constData() + at);
        at += 8;
    }
    if (m_buffer.size() < at + kMask + qsizetype(length))
        return false;
    const QByteArray mask = m_buffer.mid(at, kMask);
    QByteArray payload = m_buffer.mid(at + kMask, qsizetype(length));
    for (qsizetype i = 0; i < payload.size(); ++i)
        payload[i] = static_cast<char>(payload[i] ^ mask[i % kMask]);
    m_buffer.remove(0, at + kMask + payload.size());
    const int opcode = first & 0x0f;
    m_received.append({opcode, payload});
    if (opcode == Ping && m_answersPings)
        sendPong(payload);
    emit frameReceived(opcode, payload);
    return true;
}

void RawPeer::sendRaw(const QByteArray &bytes)
{
    if (m_socket)
        m_socket->write(bytes);
}

void RawPeer::sendClose(int code, const QByteArray &reason)
{
    sendRaw(frame(Close, bigEndian(static_cast<quint16>(code)) + reason));
}

void RawPeer::reset()
{
    if (!m_socket)
        return;
    m_socket->flush();
    hardReset(*m_socket);
}

void RawPeer::finish()
{
    if (m_socket)
        m_socket->disconnectFromHost();
}

QByteArray RawPeer::frame(int opcode, const QByteArray &payload, bool isLast)
{
    QByteArray bytes(1, static_cast<char>((isLast ? 0x80 : 0) | opcode));
    const auto size = static_cast<quint64>(payload.size());
    if (size < 126)
        bytes += static_cast<char>(size);
    else if (size <= 0xffff)
        bytes += char(126) + bigEndian(static_cast<quint16>(size));
    else
        bytes += char(127) + bigEndian(size);
    return bytes + payload;
}

QList<QByteArray> RawPeer::received(Opcode opcode) const
{
    QList<QByteArray> payloads;
    for (const Received &frame : m_received)
        if (frame.opcode == opcode)
            payloads.append(frame.payload);
    return payloads;
}

int RawPeer::closeCodeReceived() const
{
    const QByteArray payload = received(Close).value(0);
    return payload.size() < 2 ? 0 : qFromBigEndian<quint16>(payload.constData());
}

}
