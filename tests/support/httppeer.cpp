#include "support/httppeer.h"

#include <QHostAddress>
#include <QTcpSocket>

#include <memory>

namespace confab {

HttpPeer::HttpPeer(QObject *parent)
    : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, &HttpPeer::accept);
}

bool HttpPeer::listen()
{
    return m_server.listen(QHostAddress::LocalHost);
}

QUrl HttpPeer::channels() const
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1/v0/channels").arg(port()));
}

void HttpPeer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        socket->setParent(this);
        auto buffer = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::readyRead, this,
            [this, socket, buffer] { read(socket, *buffer); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void HttpPeer::read(QTcpSocket *socket, QByteArray &buffer)
{
    buffer += socket->readAll();
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    Request request;
    const QByteArrayList lines = buffer.left(end).split('\n');
    const QByteArrayList first = lines.value(0).trimmed().split(' ');
    request.method = first.value(0);
    request.target = first.value(1);
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (buffer.size() < end + 4 + length)
        return;
    request.body = buffer.mid(end + 4);
    request.all = std::exchange(buffer, {});
    m_requests.append(request);
    socket->write(m_handler ? m_handler(request) : answer(404));
    socket->disconnectFromHost();
}

QByteArray HttpPeer::answer(int status, const QByteArray &body, const QList<QByteArray> &headers)
{
    QByteArray text = "HTTP/1.1 " + QByteArray::number(status) + " Told\r\nConnection: close\r\n";
    bool hasLength = false;
    for (const QByteArray &header : headers) {
        text += header + "\r\n";
        hasLength = hasLength || header.startsWith("Content-Length");
    }
    if (!hasLength)
        text += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return text + "\r\n" + body;
}

QByteArray HttpPeer::kept(const QString &url, const QString &expires)
{
    return answer(200,
        QStringLiteral("{\"ctrl\":{\"code\":200,\"text\":\"ok\",\"ts\":\"2026-01-01T00:00:00Z\","
                       "\"params\":{\"url\":\"%1\",\"expires\":\"%2\"}}}")
            .arg(url, expires)
            .toUtf8());
}

}
