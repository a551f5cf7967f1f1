#include "service/plainhistory.h"

#include "service/servicelog.h"

#include <QNetworkReply>

#include <chrono>

namespace confab {

namespace {

constexpr qint64 kMaxHistory = 8 * 1024 * 1024; // bytes
constexpr std::chrono::milliseconds kHistoryDeadline{15'000};

/// Of the same host: https where the link is wss, http where it is ws.
QUrl historyUrl(const AccountConfig &config)
{
    QUrl url = config.url;
    url.setScheme(config.url.scheme() == QLatin1String("wss") ? QStringLiteral("https")
                                                              : QStringLiteral("http"));
    const QString id = QString::fromLatin1(QUrl::toPercentEncoding(config.plainChatId));
    url.setPath(QStringLiteral("/chat/") + id + QStringLiteral("/messages"), QUrl::TolerantMode);
    url.setQuery(QString());
    return url;
}

}

PlainHistory::~PlainHistory()
{
    if (m_reply)
        m_reply->abort();
}

void PlainHistory::fetch(const AccountConfig &config)
{
    if (config.plainChatId.isEmpty() || std::exchange(m_asked, true))
        return;
    QNetworkRequest request(historyUrl(config));
    // A history elsewhere is not this account's, and a redirect could leave TLS (reliability.md
    // T17).
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(int(kHistoryDeadline.count()));
    QNetworkReply *reply = m_http.get(request);
    m_reply = reply;
    connect(reply, &QNetworkReply::downloadProgress, this, [reply](qint64 received, qint64) {
        if (received > kMaxHistory)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply] { take(reply); });
}

void PlainHistory::take(QNetworkReply *reply)
{
    reply->deleteLater();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (reply->error() != QNetworkReply::NoError || status != 200) {
        qCInfo(lcService) << "no history, HTTP" << status;
        m_asked = false; // again with the next connection
        return;
    }
    emit fetched(wire::decodePlainHistory(reply->readAll()));
}

}
