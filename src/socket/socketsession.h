#pragma once

#include "socket/abstractsession.h"

#include <QAbstractSocket>
#include <QStringList>
#include <QTimer>

#include <memory>
#include <optional>

class QNetworkRequest;
class QSslError;
class QWebSocket;

namespace confab {

class FrameWatch;

/// AbstractSession on QWebSocket, with the guards that Qt 6.4 lacks: an open deadline, limits on what
/// comes in, unfragmented sending, a close that ends, and a typed reason (reliability.md §2).
/// Certificates are always checked, TLS is 1.2 or later. Close codes 1012 to 1014 of a peer arrive as
/// 1002, because QWebSocket knows no better (FrameWatch).
class SocketSession final : public AbstractSession
{
    Q_OBJECT

public:
    explicit SocketSession(const SessionOptions &options, QObject *parent = nullptr);
    ~SocketSession() override;

    void open(const QUrl &url) override;
    bool sendText(const QByteArray &utf8) override;
    bool sendBinary(const QByteArray &bytes) override;
    void ping(const QByteArray &payload) override;
    void close(int code, const QString &reason) override;
    void abort() override;
    PeerInfo peer() const override;
    qint64 bytesToWrite() const override;

private:
    void configure();
    void connectSocket();
    void watchBytes();
    QNetworkRequest request(const QUrl &url) const;
    void noteOpened();
    void noteError(QAbstractSocket::SocketError error);
    void noteTlsErrors(const QList<QSslError> &errors);
    void noteCloseFrame(int code, const QString &reason);
    void noteBrokenRule(int code, const QString &explanation);
    /// The end has begun and its reason is known; the rest must not take longer than closeTimeout.
    void beginEnd(CloseInfo info);
    CloseInfo lost() const;
    CloseInfo openFailure(QAbstractSocket::SocketError error) const;
    bool isOpen() const { return m_opened && !m_ending && !m_finished; }
    void finish(CloseInfo info);

    SessionOptions m_options;
    std::unique_ptr<QWebSocket> m_socket;
    std::unique_ptr<FrameWatch> m_watch;
    QTimer m_openTimer;
    QTimer m_closeTimer;
    QStringList m_tlsErrors;
    std::optional<CloseInfo> m_ending;
    bool m_opened = false;
    bool m_finished = false;
};

}
