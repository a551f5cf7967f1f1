#include "service/transfers/previewjob.h"

#include "service/servicelog.h"
#include "wire/urlpreview.h"

#include <QNetworkReply>

namespace confab {

namespace {

/// A picture of 512 KiB in base64 and the words beside it.
constexpr qsizetype kMaxBody = 768 * 1024;

}

PreviewJob::PreviewJob(
    QNetworkAccessManager &network, const FileServer &server, const QString &url, QObject *parent)
    : QObject(parent)
{
    QUrl request = server.resolved(QStringLiteral("/v0/urlpreview"));
    request.setQuery(QLatin1String("url=") + QString::fromLatin1(QUrl::toPercentEncoding(url)));
    m_reply = network.get(server.request(request));
    connect(m_reply, &QNetworkReply::readyRead, this, &PreviewJob::takeBytes);
    connect(m_reply, &QNetworkReply::finished, this, &PreviewJob::take);
}

PreviewJob::~PreviewJob()
{
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
}

void PreviewJob::takeBytes()
{
    m_body += m_reply->readAll();
    if (m_body.size() > kMaxBody)
        m_reply->abort();
}

void PreviewJob::take()
{
    takeBytes();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool isGood = status == 200 && m_reply->error() == QNetworkReply::NoError;
    if (!isGood)
        qCDebug(lcService) << "No link preview, HTTP status" << status;
    emit finished(isGood ? wire::readUrlPreview(m_body) : wire::LinkPreview());
}

}
