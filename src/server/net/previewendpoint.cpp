#include "server/net/previewendpoint.h"

#include "server/hub/hub.h"
#include "server/metrics.h"
#include "server/net/httpcredentials.h"
#include "server/net/incomingconnection.h"

#include <chrono>

namespace confab::server {

PreviewEndpoint::PreviewEndpoint(const ServerOptions &options, Hub &hub)
    : m_hub(hub)
    , m_isOn(options.linkPreviews)
    , m_limits(options)
    , m_previews(WebAccess::publicWeb())
{
}

void PreviewEndpoint::serve(IncomingConnection *connection, const HttpRequest &request)
{
    if (!m_isOn)
        return connection->answer(
            ctrlResponse(501, QStringLiteral("this server makes no link previews")));
    const auto user = m_hub.userOfToken(HttpCredentials::ofRequest(request).token);
    if (!user) {
        m_hub.metrics().refused(Refusal::Login);
        HttpResponse response = ctrlResponse(401, QStringLiteral("authentication required"));
        response.headers.emplaceBack("WWW-Authenticate", "Token");
        return connection->answer(response);
    }
    const auto wait = m_limits.take(ActionLimits::Action::Preview, connection->address().toString(),
        *user, ActionLimits::Time::clock::now());
    if (wait > wait.zero()) {
        m_hub.metrics().refused(Refusal::Rate);
        HttpResponse response = ctrlResponse(429, QStringLiteral("too many requests"));
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
        response.headers.emplaceBack("Retry-After", QByteArray::number(qint64(seconds)));
        return connection->answer(response);
    }
    const QUrl url(
        request.query.queryItemValue(QStringLiteral("url"), QUrl::FullyDecoded), QUrl::StrictMode);
    const bool headOnly = request.method == "HEAD";
    m_previews.find(url, connection, [connection, headOnly](const LinkPreviews::Found &found) {
        HttpResponse response = responseTo(found);
        response.headOnly = headOnly;
        connection->answer(response);
    });
}

HttpResponse PreviewEndpoint::responseTo(const LinkPreviews::Found &found)
{
    using Failure = LinkPreviews::Failure;
    if (found) {
        HttpResponse response;
        response.body = found->json();
        return response;
    }
    switch (found.error()) {
    case Failure::BadAddress:
        return ctrlResponse(400, QStringLiteral("not an address of the web"));
    case Failure::NotPublic:
        return ctrlResponse(403, QStringLiteral("not a public address"));
    case Failure::Nothing:
        return ctrlResponse(404, QStringLiteral("nothing to show"));
    case Failure::Unreachable:
        return ctrlResponse(502, QStringLiteral("the site can't be reached"));
    case Failure::Busy:
        return ctrlResponse(503, QStringLiteral("too many previews at once"));
    case Failure::TooSlow:
        break;
    }
    return ctrlResponse(504, QStringLiteral("the site is too slow"));
}

}
