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
    case 421:
        return "Misdirected Request";
    case 426:
        return "Upgrade Required";
    case 431:
        return "Request Header Fields Too Large";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
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
    bytes += "Content-Type: " + response.contentType
        + "\r\nContent-Length: " + QByteArray::number(response.body.size())
        + "\r\nConnection: close"
          "\r\nCache-Control: no-store"
          "\r\nX-Content-Type-Options: nosniff"
          "\r\nContent-Security-Policy: default-src 'none'; sandbox"
          "\r\nCross-Origin-Resource-Policy: same-origin"
          "\r\n\r\n";
    if (!response.headOnly)
        bytes += response.body;
    return bytes;
}

HttpResponse ctrlResponse(int status, const QString &text)
{
    wire::Ctrl ctrl;
    ctrl.code = status;
    ctrl.text = text;
    ctrl.ts = QDateTime::currentDateTimeUtc();
    return {.status = status, .body = wire::encode(wire::ServerMessage(ctrl)), .headers = {}};
}

}
