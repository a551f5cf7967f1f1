#include "server/net/httphandler.h"

#include "server/hub/hub.h"
#include "server/net/httpcredentials.h"
#include "server/net/incomingconnection.h"
#include "wire/servercodec.h"

#include <algorithm>
#include <utility>

namespace confab::server {

namespace {

constexpr char kPreviewPath[] = "/v0/urlpreview";
constexpr int kDefaultPage = 24;
constexpr int kMaxPage = 100; // as `{get data}`, protocol.md §6.2

HttpResponse notAllowed(const QByteArray &allowed)
{
    HttpResponse response = ctrlResponse(405, QStringLiteral("method not allowed"));
    response.headers.emplaceBack("Allow", allowed);
    return response;
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

bool isKnown(const QByteArray &path)
{
    return path == "/healthz" || path == "/metrics" || path == kPreviewPath
        || path.startsWith("/v0/file/s/") || !topicOf(path).isEmpty();
}

HttpResponse plainText(const QByteArray &text)
{
    HttpResponse response;
    response.contentType = "text/plain; charset=utf-8";
    response.body = text;
    return response;
}

}

HttpHandler::HttpHandler(const ServerOptions &options, Hub &hub, Files &files,
    const Admission &admission, CountGauges countGauges)
    : m_hub(hub)
    , m_files(hub, files, admission)
    , m_previews(options, hub)
    , m_metricsFrom(options.metricsFrom)
    , m_countGauges(std::move(countGauges))
{
}

void HttpHandler::serve(IncomingConnection *connection, const HttpRequest &request)
{
    ++m_hub.metrics().requests;
    if (request.path == "/v0/file/u" || request.path == "/v0/file/u/")
        return m_files.upload(connection, request);

    const bool reading = request.method == "GET" || request.method == "HEAD";
    if (reading && request.path == kPreviewPath)
        return m_previews.serve(connection, request);
    const QByteArray topic = topicOf(request.path);
    HttpResponse response;
    if (!isKnown(request.path))
        response = ctrlResponse(404, QStringLiteral("not found"));
    else if (!reading)
        response = notAllowed("GET, HEAD");
    else if (request.path == "/healthz")
        response = plainText("ok\n");
    else if (request.path == "/metrics")
        response = metrics(connection->address(), request);
    else if (topic.isEmpty())
        response = m_files.download(request);
    else
        response = history(request, topic);
    response.headOnly = request.method == "HEAD";
    connection->answer(response);
}

HttpResponse HttpHandler::metrics(const QHostAddress &client, const HttpRequest &request) const
{
    // A proxy on this machine makes everybody look near; it says whom it speaks for.
    const bool forwarded = request.header("forwarded") || request.header("x-forwarded-for");
    const bool allowed = !forwarded
        && std::any_of(m_metricsFrom.begin(), m_metricsFrom.end(),
            [&client](const auto &subnet) { return client.isInSubnet(subnet); });
    if (!allowed) {
        m_hub.metrics().refused(Refusal::Metrics);
        return ctrlResponse(403, QStringLiteral("not from here"));
    }
    HttpResponse response = plainText(metricsText(m_hub.metrics(), m_countGauges()));
    response.contentType = "text/plain; version=0.0.4; charset=utf-8";
    return response;
}

HttpResponse HttpHandler::history(const HttpRequest &request, const QByteArray &topic) const
{
    // Only by header: a query ends up in logs and histories (reliability.md T15).
    const auto user = m_hub.userOfToken(HttpCredentials::ofHeaders(request).token);
    if (!user) {
        m_hub.metrics().refused(Refusal::Login);
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
    HttpResponse response;
    response.body = body.isEmpty() ? QByteArray("[]") : body + ']';
    return response;
}

}
