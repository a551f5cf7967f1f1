#pragma once

#include "wire/result.h"

#include <QByteArray>
#include <QList>
#include <QUrlQuery>

#include <optional>
#include <utility>

namespace confab::server {

/// The head of one HTTP/1.1 request (RFC 9112), as strictly as this server needs it: whatever two
/// programs could read differently is refused.
struct HttpRequest {
    QByteArray method;
    QByteArray path; ///< as sent, never percent-decoded: no route of ours needs it
    QUrlQuery query;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case

    /// The first header of this name (lower case); nothing when absent.
    std::optional<QByteArray> header(QByteArrayView name) const;
    /// Whether a comma-separated header has this element, in any case.
    bool headerHas(QByteArrayView name, QByteArrayView element) const;
    bool hasBody() const;
};

/// Request line and headers, final empty line included (reliability.md T25).
inline constexpr qsizetype kMaxHead = 16 * 1024;
inline constexpr qsizetype kMaxHeaders = 100;

/// `head` ends with the empty line. The error is the HTTP status to refuse with.
wire::Result<HttpRequest, int> parseHttpRequest(const QByteArray &head);

}
