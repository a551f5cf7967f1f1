#include "service/serveraddress.h"

#include <QHostAddress>

namespace confab {

namespace {

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

ServiceError badAddress(const QString &why)
{
    return ServiceErrors::make(ErrorKind::BadAddress, {}, why);
}

/// "::1" and "[::1]:6060" hold colons that are no scheme and no port.
QString withBrackets(const QString &typed)
{
    const bool bareIpv6 = typed.count(u':') > 1 && !typed.startsWith(u'[');
    return bareIpv6 ? u'[' + typed + u']' : typed;
}

wire::Result<QUrl, ServiceError> parse(const QString &typed)
{
    QString text = typed.trimmed();
    if (text.isEmpty() || text.contains(u' '))
        return badAddress(QStringLiteral("empty, or a blank inside"));
    const bool hasScheme = text.contains(QLatin1String("://"));
    if (!hasScheme)
        text = QStringLiteral("guess://") + withBrackets(text);
    QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return badAddress(url.errorString());
    if (!url.userInfo().isEmpty() || url.hasFragment())
        return badAddress(QStringLiteral("user name or fragment in the address"));
    if (url.port() == 0)
        return badAddress(QStringLiteral("port 0"));

    const QString scheme = url.scheme();
    if (!hasScheme)
        url.setScheme(isLoopback(url.host()) ? QStringLiteral("ws") : QStringLiteral("wss"));
    else if (scheme == QLatin1String("http") || scheme == QLatin1String("ws"))
        url.setScheme(QStringLiteral("ws"));
    else if (scheme == QLatin1String("https") || scheme == QLatin1String("wss"))
        url.setScheme(QStringLiteral("wss"));
    else
        return badAddress(QStringLiteral("scheme"));
    const int standard = url.scheme() == QLatin1String("wss") ? 443 : 80;
    if (url.port() == standard)
        url.setPort(-1);
    return url;
}

ServerAddress describe(const QUrl &url)
{
    ServerAddress address;
    address.channels = url;
    address.encrypted = url.scheme() == QLatin1String("wss");
    address.host = url.authority();
    address.shown = url.scheme() + QStringLiteral("://") + url.authority();
    return address;
}

}

wire::Result<ServerAddress, ServiceError> parseTinodeAddress(const QString &typed)
{
    auto url = parse(typed);
    if (!url)
        return url.error();
    QUrl exact = *url;
    // Whatever path was pasted (a web client's, say), the protocol has one place.
    exact.setPath(QStringLiteral("/v0/channels"));
    exact.setQuery(QString());
    return describe(exact);
}

wire::Result<ServerAddress, ServiceError> parsePlainAddress(const QString &typed)
{
    auto url = parse(typed);
    if (!url)
        return url.error();
    QUrl exact = *url;
    if (exact.path().isEmpty())
        exact.setPath(QStringLiteral("/"));
    ServerAddress address = describe(exact);
    address.shown = exact.toString(QUrl::RemoveQuery);
    return address;
}

}
