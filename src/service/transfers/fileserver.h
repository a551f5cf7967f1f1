#pragma once

#include <QByteArray>
#include <QNetworkRequest>
#include <QUrl>

class QNetworkReply;

namespace confab {

/// Where an account's files are and who asks for them. A value. Secrets go to the server's own
/// origin only, in headers, never in a URL; redirects are followed by us, one at a time, so that
/// none takes them elsewhere (reliability.md T15).
struct FileServer {
    QUrl base; ///< http or https; only scheme, host and port
    QByteArray apiKey;
    QByteArray token; ///< empty: not signed in

    /// Of the server that is reached by this WebSocket address.
    static FileServer behind(const QUrl &channels, const QString &apiKey);

    bool isOwn(const QUrl &url) const; ///< scheme, host and port are the server's
    QUrl resolved(const QString &reference) const { return base.resolved(QUrl(reference)); }
    QUrl uploadUrl() const { return resolved(QStringLiteral("/v0/file/u/")); }
    /// A request that follows nothing by itself and gives up after half a minute of silence.
    QNetworkRequest request(const QUrl &url) const;
};

/// Where a redirect leads; empty if the reply is none, or one that may not be followed: no
/// Location, a step from https to http, another scheme.
QUrl redirectOf(const QNetworkReply &reply);
bool isRedirect(int httpStatus);

}
