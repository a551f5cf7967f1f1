#pragma once

#include "chatclient.h"
#include "rawclient.h"

#include "wire/servercodec.h"

#include <QMap>

/// One HTTP answer, taken apart.
struct HttpAnswer {
    int status = 0;
    QMap<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;

    /// Of an answer that holds a ctrl.
    confab::wire::Ctrl ctrl() const
    {
        const auto message = confab::wire::decodeServerMessage(body);
        const auto *ctrl = message ? std::get_if<confab::wire::Ctrl>(&*message) : nullptr;
        return ctrl ? *ctrl : confab::wire::Ctrl();
    }
    QString url() const
    {
        const auto params = ctrl().params;
        return params ? params->url : QString();
    }
};

inline constexpr char kPublicKey[] = "AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K";

/// Sends and waits until the server closes.
inline HttpAnswer ask(quint16 port, const QByteArray &request)
{
    RawClient client(port);
    client.send(request);
    if (!QTest::qWaitFor([&] { return client.isClosed(); }, 20'000))
        return {};
    HttpAnswer answer;
    answer.status = client.status();
    const QByteArray head = client.received().left(client.received().indexOf("\r\n\r\n"));
    for (const QByteArray &line : head.split('\n').mid(1)) {
        const qsizetype colon = line.indexOf(':');
        answer.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    answer.body = client.body();
    if (answer.body.startsWith("{\"ctrl\""))
        checkPacket(answer.body);
    return answer;
}

/// The headers that the official clients send.
inline QByteArray signedBy(const QByteArray &token)
{
    return QByteArray("Host: localhost\r\nX-Tinode-APIKey: ") + kPublicKey
        + "\r\nX-Tinode-Auth: Token " + token.toBase64() + "\r\n";
}

inline QByteArray formPart(const QByteArray &name, const QByteArray &content)
{
    return "--BB\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content
        + "\r\n";
}

inline QByteArray filePart(const QByteArray &content, const QByteArray &fileName = "x.bin")
{
    return "--BB\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
        + "\"\r\nContent-Type: text/html\r\n\r\n" + content + "\r\n";
}

inline QByteArray uploadRequest(const QByteArray &headers, const QByteArray &parts,
    const QByteArray &target = "/v0/file/u/")
{
    const QByteArray body = parts + "--BB--\r\n";
    return "POST " + target + " HTTP/1.1\r\n" + headers
        + "Content-Type: multipart/form-data; boundary=BB\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

inline QByteArray downloadRequest(
    const QByteArray &headers, const QString &url, const QByteArray &method = "GET")
{
    return method + ' ' + url.toLatin1() + " HTTP/1.1\r\n" + headers + "\r\n";
}
