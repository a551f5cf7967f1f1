#pragma once

#include "server/preview/webaccess.h"
#include "wire/result.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <functional>

class QNetworkAccessManager;
class QNetworkReply;

namespace confab::server {

enum class FetchError {
    BadAddress, ///< no http or https address, or one with a password in it
    NotPublic, ///< the server may not go there (reliability.md T16)
    Unreachable, ///< or answered with an error
    TooSlow,
};

struct FetchedPage {
    QUrl url; ///< where it was in the end
    QByteArray type; ///< as "text/html"; lower case, without parameters
    QByteArray charset; ///< as the server said; may be empty
    QByteArray body; ///< as far as wanted
    bool isWhole = false;
};

/// Gets what is at one address of the web, once. The name is resolved once for each hop, its
/// address is judged, and the connection goes to just that address, so that a name that changes its
/// mind gets nobody anywhere. At most three redirects, each judged anew; a limit of bytes; five
/// seconds in all. Carries no cookies, no credentials and nothing about who asked. Thread of its
/// maker.
class WebFetch : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(const wire::Result<FetchedPage, FetchError> &)>;

    /// Both outlive this object.
    WebFetch(QNetworkAccessManager &network, const WebAccess &access, QObject *parent);
    ~WebFetch() override;

    /// Ends with done(), later and once, after which this object deletes itself.
    void start(const QUrl &url, qint64 maxBytes, const QByteArray &accept, Done done);

private:
    void go(const QUrl &url);
    void connectTo(QList<QHostAddress> addresses);
    void read();
    void handleFinished();
    bool followRedirect();
    void succeed(bool isWhole);
    void finish(const wire::Result<FetchedPage, FetchError> &result);
    void dropReply();

    QNetworkAccessManager &m_network;
    const WebAccess &m_access;
    QNetworkReply *m_reply = nullptr;
    QTimer m_limit;
    Done m_done;
    QUrl m_url; ///< of this hop
    QList<QHostAddress> m_others; ///< to try if the first one can't be reached
    QByteArray m_accept;
    QByteArray m_body;
    qint64 m_maxBytes = 0;
    int m_redirects = 0;
};

}
