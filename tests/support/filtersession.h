#pragma once

#include "socket/sessionfactory.h"

#include <functional>

namespace confab {

/// A session whose incoming text frames pass a filter that a test has set: a frame may vanish or come
/// later, as no proxy below the WebSocket could make it. Everything else passes unchanged.
class FilterSession final : public AbstractSession
{
public:
    /// Hands on what is to arrive because of this frame: itself, nothing, or more. Runs on the
    /// session's thread.
    using Filter = std::function<QList<QByteArray>(const QByteArray &frame)>;

    FilterSession(SessionPtr inner, Filter filter)
        : m_inner(std::move(inner))
        , m_filter(std::move(filter))
    {
        connect(m_inner.get(), &AbstractSession::opened, this, &FilterSession::opened);
        connect(m_inner.get(), &AbstractSession::bytesReceived, this, &FilterSession::bytesReceived);
        connect(m_inner.get(), &AbstractSession::binaryReceived, this, &FilterSession::binaryReceived);
        connect(m_inner.get(), &AbstractSession::pongReceived, this, &FilterSession::pongReceived);
        connect(m_inner.get(), &AbstractSession::closed, this, &FilterSession::closed);
        connect(m_inner.get(), &AbstractSession::textReceived, this, [this](const QByteArray &utf8) {
            const QList<QByteArray> frames = m_filter(utf8);
            for (const QByteArray &frame : frames)
                emit textReceived(frame);
        });
    }

    void open(const QUrl &url) override { m_inner->open(url); }
    bool sendText(const QByteArray &utf8) override { return m_inner->sendText(utf8); }
    bool sendBinary(const QByteArray &bytes) override { return m_inner->sendBinary(bytes); }
    void ping(const QByteArray &payload) override { m_inner->ping(payload); }
    void close(int code, const QString &reason) override { m_inner->close(code, reason); }
    void abort() override { m_inner->abort(); }
    PeerInfo peer() const override { return m_inner->peer(); }
    qint64 bytesToWrite() const override { return m_inner->bytesToWrite(); }

    /// Real sessions, each with a filter of its own.
    static SessionFactory factory(std::function<Filter()> makeFilter)
    {
        return [real = socketSessionFactory(), makeFilter](const SessionOptions &options) {
            return SessionPtr(new FilterSession(real(options), makeFilter()));
        };
    }

private:
    SessionPtr m_inner;
    Filter m_filter;
};

}
