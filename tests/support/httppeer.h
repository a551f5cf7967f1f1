#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <functional>

class QTcpSocket;

namespace confab {

/// An HTTP server that does only what the test tells it. One request a connection; loopback, a free
/// port.
class HttpPeer final : public QObject
{
    Q_OBJECT

public:
    struct Request {
        QByteArray method{};
        QByteArray target{};
        QMap<QByteArray, QByteArray> headers{}; ///< names in lower case
        QByteArray body{};
        QByteArray all{}; ///< as it came
    };
    /// The whole answer as bytes. Afterwards the connection is closed, so an answer that promises
    /// more than it holds is one that was cut.
    using Handler = std::function<QByteArray(const Request &request)>;

    explicit HttpPeer(QObject *parent = nullptr);

    bool listen();
    quint16 port() const { return m_server.serverPort(); }
    /// As an account has it.
    QUrl channels() const;
    void setHandler(Handler handler) { m_handler = std::move(handler); }
    const QList<Request> &requests() const { return m_requests; }
    const Request &last() const { return m_requests.last(); }

    static QByteArray answer(
        int status, const QByteArray &body = {}, const QList<QByteArray> &headers = {});
    /// What the server says to a file that it keeps at this address.
    static QByteArray kept(const QString &url, const QString &expires);

private:
    void accept();
    void read(QTcpSocket *socket, QByteArray &buffer);

    QTcpServer m_server;
    Handler m_handler;
    QList<Request> m_requests;
};

}
