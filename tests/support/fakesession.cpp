#include "support/fakesession.h"

#include <QDebug>

namespace confab {

FakeSession::FakeSession(const SessionOptions &options, QObject *parent)
    : AbstractSession(parent)
    , m_options(options)
{
}

void FakeSession::open(const QUrl &url)
{
    Q_ASSERT_X(m_url.isEmpty(), "FakeSession::open", "a session is used for one connection only");
    m_url = url;
}

bool FakeSession::sendText(const QByteArray &utf8)
{
    return record({FrameKind::Text, utf8});
}

bool FakeSession::sendBinary(const QByteArray &bytes)
{
    return record({FrameKind::Binary, bytes});
}

bool FakeSession::record(Frame frame)
{
    if (!isOpened())
        return false;
    m_sent.append(std::move(frame));
    return true;
}

void FakeSession::ping(const QByteArray &payload)
{
    if (isOpened())
        m_pings.append(payload);
}

void FakeSession::close(int code, const QString &reason)
{
    if (m_closed)
        return;
    m_closeCode = code;
    m_closeReason = reason;
    injectClosed(
        {.by = ClosedBy::Us, .cause = CloseCause::Requested, .code = code, .reason = reason});
}

void FakeSession::abort()
{
    if (m_closed)
        return;
    m_aborted = true;
    injectClosed({.by = ClosedBy::Us, .cause = CloseCause::Requested});
}

void FakeSession::injectOpened()
{
    m_opened = true;
    emit opened();
}

void FakeSession::injectText(const QByteArray &utf8)
{
    emit textReceived(utf8);
}

void FakeSession::injectBinary(const QByteArray &bytes)
{
    emit binaryReceived(bytes);
}

void FakeSession::injectPong(const QByteArray &payload)
{
    emit pongReceived(payload);
}

void FakeSession::injectClosed(const CloseInfo &info)
{
    if (std::exchange(m_closed, true))
        return;
    emit closed(info);
}

void FakeSession::injectLost()
{
    injectClosed({.by = ClosedBy::Network, .cause = CloseCause::ConnectionLost});
}

QList<Frame> FakeSession::takeSent()
{
    return std::exchange(m_sent, {});
}

Frame FakeSession::takeFirstSent()
{
    return m_sent.isEmpty() ? Frame{} : m_sent.takeFirst();
}

bool FakeSession::expectNothingSent() const
{
    for (const Frame &frame : m_sent)
        qWarning() << "sent unexpectedly:" << frame.bytes;
    return m_sent.isEmpty();
}

SessionFactory FakeSessionFactory::factory()
{
    return [this](const SessionOptions &options) -> SessionPtr {
        auto session = SessionPtr(new FakeSession(options));
        m_sessions.append(static_cast<FakeSession *>(session.get()));
        return session;
    };
}

}
