#pragma once

#include "socket/sessiontypes.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QUrl>

namespace confab {

/// One WebSocket connection, used once: open() is called once, `closed` is emitted exactly once, and
/// then nothing more. Lives on the thread that drives it, owned by a JsonChannel; it is deleted by
/// deleteLater() after its signals were disconnected. Signals may be emitted inside a command:
/// abort(), and at times close() and open(), emit `closed` before they return.
class AbstractSession : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void open(const QUrl &url) = 0;
    /// False when the session is not open: the frame was not taken and will not be sent.
    virtual bool sendText(const QByteArray &utf8) = 0;
    virtual bool sendBinary(const QByteArray &bytes) = 0;
    /// Payload of at most 125 bytes; the same bytes come back in pongReceived.
    virtual void ping(const QByteArray &payload) = 0;
    /// Close frame, then the end; aborts by itself after SessionOptions::closeTimeout.
    virtual void close(int code, const QString &reason) = 0;
    /// At once, without a close frame. `closed` is still emitted.
    virtual void abort() = 0;

    virtual PeerInfo peer() const = 0;
    /// Bytes handed over but not yet taken by the system.
    virtual qint64 bytesToWrite() const = 0;

signals:
    void opened();
    /// Bytes came in, of whatever kind: also a peer's ping, or a part of a large frame. A sign of life.
    void bytesReceived();
    /// UTF-8 as it came; QWebSocket has checked it.
    void textReceived(const QByteArray &utf8);
    void binaryReceived(const QByteArray &bytes);
    void pongReceived(const QByteArray &payload);
    void closed(const confab::CloseInfo &info);
};

/// deleteLater() instead of delete: a session may be on the stack below us (reliability.md §2, abort).
struct DeleteLater {
    void operator()(QObject *object) const
    {
        if (object) {
            object->disconnect();
            object->deleteLater();
        }
    }
};

}
