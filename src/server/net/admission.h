#pragma once

#include "server/net/httprequest.h"
#include "server/net/httpresponse.h"
#include "server/serveroptions.h"

#include <optional>
#include <utility>

namespace confab::server {

struct Metrics;

/// Decides by a request's head alone whether it may go on. All of it happens before a WebSocket is
/// accepted, because QWebSocketServer looks at none of this (reliability.md §2, T20, T21).
class Admission
{
public:
    explicit Admission(const ServerOptions &options);

    /// For every request: is it meant for this server, and from a program or a page that may talk
    /// to it? Nothing means yes.
    std::optional<HttpResponse> refuseSource(const HttpRequest &request, Metrics &metrics) const;
    /// For a WebSocket endpoint: is it a complete opening handshake?
    static std::optional<HttpResponse> refuseHandshake(const HttpRequest &request);
    /// For the chat protocol and files: is this the key that the server wants (protocol.md §9.1)?
    std::optional<HttpResponse> refuseApiKey(const QByteArray &key) const;
    /// For a request that refuseSource() let through: headers that let the page read the answer, if
    /// it is a page of an allowed origin that asks (T21).
    QList<std::pair<QByteArray, QByteArray>> sharingHeaders(const HttpRequest &request) const;

private:
    bool isOwnHost(const QByteArray &host) const;
    bool isAllowedOrigin(const QByteArray &origin) const;

    bool m_loopbackOnly;
    QByteArray m_apiKey;
    QList<QByteArray> m_hostNames;
    QList<QByteArray> m_origins;
};

}
