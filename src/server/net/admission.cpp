#include "server/net/admission.h"

#include "server/metrics.h"

#include <QHostAddress>

#include <algorithm>

namespace confab::server {

namespace {

/// Compiled into every official client; it is no secret and keeps nobody out (protocol.md §9.1).
constexpr char kPublicApiKey[] = "AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K";

/// The host of "host", "host:port" or "[v6]:port", in lower case; empty if it is none of these.
QByteArray hostWithoutPort(const QByteArray &field)
{
    const qsizetype bracket = field.startsWith('[') ? field.indexOf(']') : -1;
    const qsizetype end = bracket > 0 ? bracket + 1 : field.indexOf(':');
    if (end < 0)
        return field.toLower();
    const QByteArray port = field.mid(end);
    if (!port.isEmpty()) {
        bool valid = port.size() > 1 && port.size() <= 6
            && std::all_of(
                port.begin() + 1, port.end(), [](char c) { return c >= '0' && c <= '9'; });
        valid = valid && port.startsWith(':') && port.mid(1).toInt() <= 65535;
        if (!valid)
            return {};
    }
    if (bracket > 0)
        return field.mid(1, bracket - 1).toLower();
    return field.left(end).toLower();
}

/// QHostAddress also reads "127.1" and "2130706433"; only the usual four numbers are a literal
/// here.
bool isAddressLiteral(const QByteArray &host, QHostAddress &address)
{
    return address.setAddress(QString::fromLatin1(host))
        && (host.contains(':') || host.count('.') == 3);
}

}

Admission::Admission(const ServerOptions &options)
    : m_loopbackOnly(options.address.isLoopback())
    , m_apiKey(options.apiKey.isEmpty() ? QByteArray(kPublicApiKey) : options.apiKey.toUtf8())
{
    for (const QString &name : options.hostNames)
        m_hostNames.append(name.toLatin1().toLower());
    for (const QString &origin : options.allowedOrigins)
        m_origins.append(origin.toLatin1().toLower());
}

std::optional<HttpResponse> Admission::refuseSource(
    const HttpRequest &request, Metrics &metrics) const
{
    const std::optional<QByteArray> host = request.header("host");
    if (!host || !isOwnHost(*host)) {
        metrics.refused(Refusal::Host);
        return host ? ctrlResponse(421, QStringLiteral("this server has another name"))
                    : ctrlResponse(400, QStringLiteral("Host missing"));
    }
    const std::optional<QByteArray> origin = request.header("origin");
    if (origin && !isAllowedOrigin(*origin)) {
        metrics.refused(Refusal::Origin);
        return ctrlResponse(403, QStringLiteral("origin not allowed"));
    }
    return std::nullopt;
}

std::optional<HttpResponse> Admission::refuseHandshake(const HttpRequest &request)
{
    if (request.method != "GET") {
        HttpResponse response = ctrlResponse(405, QStringLiteral("method not allowed"));
        response.headers.emplaceBack("Allow", "GET");
        return response;
    }
    if (!request.headerHas("upgrade", "websocket") || !request.headerHas("connection", "upgrade")
        || request.header("sec-websocket-version") != QByteArray("13")) {
        HttpResponse response = ctrlResponse(426, QStringLiteral("WebSocket only"));
        response.headers.emplaceBack("Upgrade", "websocket");
        response.headers.emplaceBack("Sec-WebSocket-Version", "13");
        return response;
    }
    // RFC 6455 §4.1: 16 random bytes in base64. Qt answers 101 to a key of three characters.
    const QByteArray key = request.header("sec-websocket-key").value_or(QByteArray());
    const auto decoded
        = QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() != 16 || key.size() != 24)
        return ctrlResponse(400, QStringLiteral("malformed Sec-WebSocket-Key"));
    if (request.hasBody())
        return ctrlResponse(400, QStringLiteral("unexpected body"));
    return std::nullopt;
}

std::optional<HttpResponse> Admission::refuseApiKey(const QByteArray &key) const
{
    if (key == m_apiKey)
        return std::nullopt;
    return ctrlResponse(403, QStringLiteral("valid API key required"));
}

QList<std::pair<QByteArray, QByteArray>> Admission::sharingHeaders(const HttpRequest &request) const
{
    QList<std::pair<QByteArray, QByteArray>> headers{
        {"Cross-Origin-Resource-Policy", m_origins.isEmpty() ? "same-origin" : "cross-origin"}};
    const std::optional<QByteArray> origin = request.header("origin");
    if (!origin)
        return headers;
    headers.emplaceBack("Access-Control-Allow-Origin", *origin);
    headers.emplaceBack("Vary", "Origin");
    if (request.method == "OPTIONS") {
        headers.emplaceBack("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT");
        headers.emplaceBack("Access-Control-Allow-Headers",
            "X-Tinode-APIKey, X-Tinode-Auth, Authorization, Content-Type, Range");
        headers.emplaceBack("Access-Control-Max-Age", "600");
    }
    return headers;
}

bool Admission::isOwnHost(const QByteArray &field) const
{
    const QByteArray host = hostWithoutPort(field);
    if (host == "localhost" || (!host.isEmpty() && m_hostNames.contains(host)))
        return true;
    QHostAddress address;
    if (!isAddressLiteral(host, address))
        return false;
    // A page can't make its own address the name of this server, so behind a public address any
    // literal will do: there are too many that lead here to list them.
    return m_loopbackOnly ? address.isLoopback() : true;
}

bool Admission::isAllowedOrigin(const QByteArray &origin) const
{
    return m_origins.contains(origin.toLower());
}

}
