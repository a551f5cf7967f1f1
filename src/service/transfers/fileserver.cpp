#include "service/transfers/fileserver.h"

#include "service/apikey.h"

#include <QNetworkReply>

namespace confab {

namespace {

constexpr int kSilenceMs = 30'000;

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
}

}

FileServer FileServer::behind(const QUrl &channels, const QString &apiKey)
{
    FileServer server;
    const bool encrypted
        = channels.scheme() == QLatin1String("wss") || channels.scheme() == QLatin1String("https");
    server.base.setScheme(encrypted ? QStringLiteral("https") : QStringLiteral("http"));
    server.base.setHost(channels.host());
    server.base.setPort(channels.port());
    server.base.setPath(QStringLiteral("/"));
    server.apiKey = (apiKey.isEmpty() ? defaultApiKey() : apiKey).toLatin1();
    return server;
}

bool FileServer::isOwn(const QUrl &url) const
{
    return url.scheme() == base.scheme() && url.host() == base.host() && portOf(url) == portOf(base)
        && url.userInfo().isEmpty();
}

QNetworkRequest FileServer::request(const QUrl &url) const
{
    QNetworkRequest request(url);
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setTransferTimeout(kSilenceMs);
    // What is counted and resumed are the file's own bytes; and nothing can be blown up on the way.
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("User-Agent", "Confab/" CONFAB_VERSION);
    if (isOwn(url)) {
        request.setRawHeader("X-Tinode-APIKey", apiKey);
        if (!token.isEmpty())
            request.setRawHeader("X-Tinode-Auth", "Token " + token.toBase64());
    }
    return request;
}

bool isRedirect(int httpStatus)
{
    return httpStatus == 301 || httpStatus == 302 || httpStatus == 303 || httpStatus == 307
        || httpStatus == 308;
}

QUrl redirectOf(const QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray location = reply.rawHeader("Location");
    if (!isRedirect(status) || location.isEmpty())
        return {};
    const QUrl next = reply.url().resolved(QUrl::fromEncoded(location));
    const bool isHttps = next.scheme() == QLatin1String("https");
    const bool staysPlain
        = next.scheme() == QLatin1String("http") && reply.url().scheme() == QLatin1String("http");
    return next.isValid() && !next.host().isEmpty() && (isHttps || staysPlain) ? next : QUrl();
}

}
