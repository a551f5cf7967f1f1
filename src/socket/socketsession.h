#pragma once

#include "socket/abstractsession.h"

#include <QTimer>

#include <memory>

class QWebSocket;

namespace confab {

/// AbstractSession on QWebSocket, with the guards that Qt 6.4 lacks: an open deadline, limits on what
/// comes in, unfragmented sending, a close that ends, and a typed reason (reliability.md §2).
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
    void finish(CloseInfo info);

    SessionOptions m_options;
    std::unique_ptr<QWebSocket> m_socket;
    QTimer m_openTimer;
    QTimer m_closeTimer;
    bool m_opened = false;
    bool m_finished = false;
};

}
