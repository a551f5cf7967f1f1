#include "server/net/httphandler.h"

#include "server/hub/hub.h"
#include "wire/servercodec.h"

#include <algorithm>

namespace confab::server {

namespace {

constexpr int kDefaultPage = 24;
constexpr int kMaxPage = 100; // as `{get data}`, protocol.md §6.2

HttpResponse notAllowed(const QByteArray &allowed)
{
    HttpResponse response = ctrlResponse(405, QStringLiteral("method not allowed"));
    response.headers.emplaceBack("Allow", allowed);
    return response;
}

/// The token of `X-Tinode-Auth: Token B64` or `Authorization: Token|Bearer B64`; empty if none.
/// Never taken from the query, which ends up in logs and histories (reliability.md T15).
QByteArray tokenOf(const HttpRequest &request)
{
    const QByteArray field = request.header("x-tinode-auth")
                                 .value_or(request.header("authorization").value_or(QByteArray()));
    const qsizetype space = field.indexOf(' ');
    const QByteArray scheme = field.left(space).toLower();
    if (space < 0 || (scheme != "token" && scheme != "bearer"))
        return {};
    // Clients write secrets in standard letters, but some turn them into URL-safe ones.
    QByteArray base64 = field.mid(space + 1).trimmed();
    base64.replace('-', '+').replace('_', '/');
    const auto decoded
        = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? decoded.decoded : QByteArray();
}

/// A whole number of the query: the fallback when absent, nothing when it is no number in range.
std::optional<int> queryNumber(
    const HttpRequest &request, const QString &key, int low, int high, int fallback)
{
    if (!request.query.hasQueryItem(key))
        return fallback;
    bool isNumber = false;
    const int number = request.query.queryItemValue(key).toInt(&isNumber);
    if (!isNumber || number < low || number > high)
        return std::nullopt;
    return number;
}

/// The topic of "/v0/chat/TOPIC/messages"; empty for any other path.
QByteArray topicOf(const QByteArray &path)
{
    const QList<QByteArray> parts = path.split('/');
    if (parts.size() != 5 || parts[1] != "v0" || parts[2] != "chat" || parts[4] != "messages")
        return {};
    return parts[3];
}

}

HttpHandler::HttpHandler(const Hub &hub)
    : m_hub(hub)
{
}

HttpResponse HttpHandler::handle(const HttpRequest &request) const
{
    const bool reading = request.method == "GET" || request.method == "HEAD";
    if (request.path == "/healthz") {
        if (!reading)
            return notAllowed("GET, HEAD");
        return {.contentType = "text/plain; charset=utf-8",
            .body = "ok\n",
            .headers = {},
            .headOnly = request.method == "HEAD"};
    }
    if (const QByteArray topic = topicOf(request.path); !topic.isEmpty()) {
        if (!reading)
            return notAllowed("GET, HEAD");
        HttpResponse response = history(request, topic);
        response.headOnly = request.method == "HEAD";
        return response;
    }
    if (request.path == "/v0/file/u" || request.path == "/v0/file/u/")
        return ctrlResponse(501, QStringLiteral("file uploads are not supported"));
    return ctrlResponse(404, QStringLiteral("not found"));
}

HttpResponse HttpHandler::history(const HttpRequest &request, const QByteArray &topic) const
{
    const std::optional<wire::UserId> user = m_hub.userOfToken(tokenOf(request));
    if (!user) {
        HttpResponse response = ctrlResponse(401, QStringLiteral("authentication required"));
        response.headers.emplaceBack("WWW-Authenticate", "Token");
        return response;
    }
    const auto before = queryNumber(request, QStringLiteral("before"), 0, wire::kMaxSeq + 1, 0);
    const auto limit = queryNumber(request, QStringLiteral("limit"), 1, kMaxPage, kDefaultPage);
    const QString name = QString::fromLatin1(topic);
    if (!before || !limit || wire::topicKind(name) == wire::TopicKind::Unknown)
        return ctrlResponse(400, QStringLiteral("malformed"));

    const auto page = m_hub.history(*user, name, *before, *limit);
    if (!page)
        return ctrlResponse(page.error(), QStringLiteral("history not available"));
    QByteArray body;
    for (const wire::Data &data : *page)
        body += (body.isEmpty() ? "[" : ",\n") + wire::encode(wire::ServerMessage(data));
    return {.body = body.isEmpty() ? QByteArray("[]") : body + ']', .headers = {}};
}

}
