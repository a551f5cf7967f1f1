#include "server/net/httpresponse.h"

#include "wire/servercodec.h"

#include <QDateTime>

namespace confab::server {

namespace {

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 206:
        return "Partial Content";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 416:
        return "Range Not Satisfiable";
    case 421:
        return "Misdirected Request";
    case 422:
        return "Unprocessable Content";
    case 426:
        return "Upgrade Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    case 507:
        return "Insufficient Storage";
    default:
        return status < 500 ? "Error" : "Server Error";
    }
}

}

QByteArray encode(const HttpResponse &response)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(response.status) + ' '
        + reasonPhrase(response.status) + "\r\n";
    for (const auto &[name, value] : response.headers)
        bytes += name + ": " + value + "\r\n";
    const qint64 length = response.file.content ? response.file.left : response.body.size();
    const bool hasContent = response.status != 204 && response.status != 304;
    if (hasContent)
        bytes += "Content-Type: " + response.contentType
            + "\r\nContent-Length: " + QByteArray::number(length) + "\r\n";
    bytes += "Cache-Control: " + response.cacheControl
        + "\r\nConnection: close"
          "\r\nX-Content-Type-Options: nosniff"
          "\r\nContent-Security-Policy: default-src 'none'; sandbox"
          "\r\n\r\n";
    if (hasContent && !response.headOnly)
        bytes += response.body;
    return bytes;
}

HttpResponse ctrlResponse(int status, const QString &text)
{
    wire::Ctrl ctrl;
    ctrl.code = status;
    ctrl.text = text;
    ctrl.ts = QDateTime::currentDateTimeUtc();
    HttpResponse response;
    response.status = status;
    response.body = wire::encode(wire::ServerMessage(ctrl));
    return response;
}

}
