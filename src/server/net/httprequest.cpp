#include "server/net/httprequest.h"

#include <algorithm>

namespace confab::server {

namespace {

constexpr int kBadRequest = 400;
constexpr int kHeadTooLarge = 431;
constexpr int kVersionNotSupported = 505;

/// Headers that must not come twice: a proxy in front could have believed the other one.
constexpr QByteArrayView kSingleHeaders[]
    = {"host", "origin", "content-length", "transfer-encoding", "sec-websocket-key",
        "sec-websocket-version", "authorization", "x-tinode-auth", "x-tinode-apikey"};

bool isTokenChar(char c)
{
    const bool alphanumeric
        = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return alphanumeric || (c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c));
}

bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

bool isVisibleAscii(char c)
{
    return c > ' ' && c < '\x7f';
}

bool isHeaderValueChar(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7f);
}

int parseRequestLine(const QByteArray &line, HttpRequest &request)
{
    const QList<QByteArray> parts = line.split(' ');
    if (parts.size() != 3)
        return kBadRequest;
    const QByteArray &target = parts[1];
    if (!isToken(parts[0]) || !target.startsWith('/')
        || !std::all_of(target.begin(), target.end(), isVisibleAscii))
        return kBadRequest;
    if (!parts[2].startsWith("HTTP/"))
        return kBadRequest;
    if (parts[2] != "HTTP/1.1" && parts[2] != "HTTP/1.0")
        return kVersionNotSupported;

    request.method = parts[0];
    const qsizetype mark = target.indexOf('?');
    request.path = target.left(mark < 0 ? target.size() : mark);
    if (mark >= 0)
        request.query = QUrlQuery(QString::fromLatin1(target.mid(mark + 1)));
    return 0;
}

int parseHeader(const QByteArray &line, HttpRequest &request)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || !isToken(line.left(colon)))
        return kBadRequest;
    const QByteArray name = line.left(colon).toLower();
    const QByteArray value = line.mid(colon + 1).trimmed();
    if (!std::all_of(value.begin(), value.end(), isHeaderValueChar))
        return kBadRequest;
    const bool single = std::find(std::begin(kSingleHeaders), std::end(kSingleHeaders), name)
        != std::end(kSingleHeaders);
    if (single && request.header(name))
        return kBadRequest;
    request.headers.emplaceBack(name, value);
    return 0;
}

}

std::optional<QByteArray> HttpRequest::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

bool HttpRequest::headerHas(QByteArrayView name, QByteArrayView element) const
{
    for (const auto &[key, value] : headers) {
        if (key != name)
            continue;
        for (const QByteArray &part : value.split(',')) {
            if (part.trimmed().compare(element, Qt::CaseInsensitive) == 0)
                return true;
        }
    }
    return false;
}

bool HttpRequest::hasBody() const
{
    return header("transfer-encoding") || header("content-length").value_or("0") != "0";
}

wire::Result<HttpRequest, int> parseHttpRequest(const QByteArray &head)
{
    if (head.size() > kMaxHead)
        return kHeadTooLarge;
    if (!head.endsWith("\r\n\r\n"))
        return kBadRequest;

    HttpRequest request;
    qsizetype start = 0;
    for (qsizetype end = head.indexOf("\r\n"); end > start; end = head.indexOf("\r\n", start)) {
        const QByteArray line = head.mid(start, end - start);
        const int error = start == 0 ? parseRequestLine(line, request) : parseHeader(line, request);
        if (error)
            return error;
        if (request.headers.size() > kMaxHeaders)
            return kHeadTooLarge;
        start = end + 2;
    }
    if (request.method.isEmpty())
        return kBadRequest;
    return request;
}

}
