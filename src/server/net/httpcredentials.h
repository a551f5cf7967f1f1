#pragma once

#include "server/net/httprequest.h"

#include <QHash>

namespace confab::server {

/// What a client may say of itself in a request for files, by every way that the official clients
/// use (protocol.md §9.4): headers, the query, or the fields of an uploaded form. The token is raw
/// bytes; empty when there is none or it is no base64. Cookies count for nothing, because browsers
/// add them to what other pages ask for (reliability.md T20).
struct HttpCredentials {
    QByteArray apiKey;
    QByteArray token;

    /// `X-Tinode-APIKey`, and `X-Tinode-Auth` or `Authorization`, as "Token B64" or "Bearer B64".
    static HttpCredentials ofHeaders(const HttpRequest &request);
    /// Headers first; then `apikey`, and `auth=token` with `secret`.
    static HttpCredentials ofRequest(const HttpRequest &request);
    /// The same keys as in the query.
    static HttpCredentials ofForm(const QHash<QByteArray, QByteArray> &fields);
};

}
