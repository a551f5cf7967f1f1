#include "server/preview/webfetch.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <algorithm>
#include <utility>

namespace confab::server {

namespace {

using namespace std::chrono_literals;

constexpr auto kLimit = 5s;
constexpr int kMaxRedirects = 3;
constexpr qsizetype kMaxAddress = 2048;
constexpr qint64 kPiece = 64 * 1024;
constexpr int kHttp = 80;
constexpr int kHttps = 443;

bool isHttps(const QUrl &url)
{
    return url.scheme() == QLatin1String("https");
}

quint16 portOf(const QUrl &url)
{
    return quint16(url.port(isHttps(url) ? kHttps : kHttp));
}

bool isWebAddress(const QUrl &url)
{
    return url.isValid() && (isHttps(url) || url.scheme() == QLatin1String("http"))
        && !url.host().isEmpty() && url.userInfo().isEmpty()
        && url.toEncoded().size() <= kMaxAddress;
}

/// The request goes to an address, but speaks of the name: in the Host header and in TLS.
QNetworkRequest requestFor(const QUrl &url, const QHostAddress &address, const QByteArray &accept)
{
    QUrl pinned = url;
    pinned.setHost(address.toString());
    pinned.setFragment({});
    QNetworkRequest request(pinned);
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    if (url.port() >= 0)
        host += ':' + QByteArray::number(url.port());
    request.setRawHeader("Host", host);
    request.setPeerVerifyName(url.host(QUrl::FullyEncoded));
    request.setRawHeader("Accept", accept);
    request.setRawHeader("Accept-Encoding", "identity"); // nothing to be inflated (T19)
    request.setRawHeader("User-Agent", "Confab/" CONFAB_VERSION " (link preview)");
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false); // has no Host header
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    for (const auto attribute :
        {QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::CookieSaveControlAttribute,
            QNetworkRequest::AuthenticationReuseAttribute})
        request.setAttribute(attribute, QNetworkRequest::Manual);
    return request;
}

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

/// The media type, and its charset if it has one.
std::pair<QByteArray, QByteArray> splitType(const QByteArray &header)
{
    const QList<QByteArray> parts = header.toLower().split(';');
    QByteArray charset;
    for (const QByteArray &part : parts.mid(1)) {
        const QByteArray parameter = part.trimmed();
        if (parameter.startsWith("charset="))
            charset = parameter.mid(8).replace('"', "").trimmed();
    }
    return {parts.first().trimmed(), charset};
}

}

WebFetch::WebFetch(QNetworkAccessManager &network, const WebAccess &access, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_access(access)
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] { finish(FetchError::TooSlow); });
}

WebFetch::~WebFetch()
{
    dropReply();
}

void WebFetch::start(const QUrl &url, qint64 maxBytes, const QByteArray &accept, Done done)
{
    m_done = std::move(done);
    m_maxBytes = maxBytes;
    m_accept = accept;
    m_limit.start(kLimit);
    QMetaObject::invokeMethod(
        this, [this, url] { go(url); }, Qt::QueuedConnection);
}

void WebFetch::go(const QUrl &url)
{
    if (!isWebAddress(url))
        return finish(FetchError::BadAddress);
    m_url = url;
    m_body.clear();
    const QHostAddress literal(url.host());
    if (!literal.isNull())
        return connectTo({literal});
    m_access.resolve(url.host(QUrl::FullyEncoded), this,
        [this](const QList<QHostAddress> &addresses) { connectTo(addresses); });
}

void WebFetch::connectTo(QList<QHostAddress> addresses)
{
    if (!m_done)
        return;
    if (addresses.isEmpty())
        return finish(FetchError::Unreachable);
    addresses.removeIf([this](const QHostAddress &address) {
        return !m_access.mayConnect(address, portOf(m_url));
    });
    if (addresses.isEmpty())
        return finish(FetchError::NotPublic);
    const QHostAddress address = addresses.takeFirst();
    m_others = addresses;
    m_reply = m_network.get(requestFor(m_url, address, m_accept));
    m_reply->setReadBufferSize(kPiece);
    connect(m_reply, &QNetworkReply::readyRead, this, &WebFetch::read);
    connect(m_reply, &QNetworkReply::finished, this, &WebFetch::handleFinished);
}

void WebFetch::read()
{
    if (statusOf(*m_reply) / 100 != 2)
        return;
    m_body += m_reply->read(m_maxBytes - m_body.size());
    if (m_body.size() >= m_maxBytes)
        succeed(false);
}

void WebFetch::handleFinished()
{
    const int status = statusOf(*m_reply);
    if (status == 0 && m_reply->error() != QNetworkReply::NoError && !m_others.isEmpty()) {
        dropReply();
        return connectTo(m_others);
    }
    if (status / 100 == 3)
        return followRedirect() ? void() : finish(FetchError::Unreachable);
    if (status / 100 != 2 || m_reply->error() != QNetworkReply::NoError)
        return finish(FetchError::Unreachable);
    m_body += m_reply->read(m_maxBytes - m_body.size());
    succeed(m_reply->atEnd());
}

bool WebFetch::followRedirect()
{
    const QByteArray location = m_reply->rawHeader("Location");
    if (location.isEmpty() || ++m_redirects > kMaxRedirects)
        return false;
    dropReply();
    go(m_url.resolved(QUrl::fromEncoded(location)));
    return true;
}

void WebFetch::succeed(bool isWhole)
{
    const auto [type, charset] = splitType(m_reply->rawHeader("Content-Type"));
    finish(FetchedPage{m_url, type, charset, m_body, isWhole});
}

void WebFetch::finish(const wire::Result<FetchedPage, FetchError> &result)
{
    const Done done = std::exchange(m_done, {});
    if (!done)
        return;
    m_limit.stop();
    dropReply();
    deleteLater();
    done(result);
}

void WebFetch::dropReply()
{
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    if (!reply)
        return;
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

}
