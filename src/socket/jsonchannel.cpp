#include "socket/jsonchannel.h"

#include "socket/socketlog.h"

#include <QThread>

namespace confab {

namespace {

constexpr qint64 kMinute = 60'000; // ms
// RFC 6455 §7.4.1. On the wire only the first; a dead link hears nothing (reliability.md §5).
constexpr int kUnsupportedData = 1003;
constexpr int kPingFailed = 1011;

}

ChannelBase::ChannelBase(SessionFactory factory, ChannelOptions options)
    : m_factory(std::move(factory))
    , m_options(std::move(options))
{
}

ChannelBase::~ChannelBase()
{
    // Not later: a thread that is about to end runs the deletions that are due, but not those that
    // they ask for.
    if (m_session) {
        m_session->disconnect();
        delete m_session.release();
    }
}

void ChannelBase::open()
{
    QMetaObject::invokeMethod(this, [this] { openNow(); });
}

void ChannelBase::close(int code, const QString &reason)
{
    QMetaObject::invokeMethod(this, [this, code, reason] { closeNow(code, reason); });
}

void ChannelBase::abort()
{
    QMetaObject::invokeMethod(this, [this] {
        if (m_session)
            m_session->abort();
        else
            end({.by = ClosedBy::Us, .cause = CloseCause::Requested});
    });
}

void ChannelBase::probe()
{
    QMetaObject::invokeMethod(this, [this] {
        if (m_keepAlive)
            m_keepAlive->probe();
    });
}

void ChannelBase::setKeepAlive(const KeepAliveOptions &options)
{
    QMetaObject::invokeMethod(this, [this, options] {
        m_options.keepAlive = options;
        if (m_keepAlive)
            m_keepAlive->setOptions(options);
    });
}

void ChannelBase::openNow()
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (m_ended)
        return; // closed before it was opened
    Q_ASSERT_X(!m_session, "ChannelBase::open", "called twice");
    m_age.start();
    m_session = m_factory(m_options.session);
    connectSession();
    watchLink();
    m_session->open(m_options.url);
}

void ChannelBase::connectSession()
{
    AbstractSession *session = m_session.get();
    connect(session, &AbstractSession::opened, this, [this] {
        m_opened = true;
        m_keepAlive->start();
        emit opened(m_session->peer());
    });
    connect(session, &AbstractSession::textReceived, this,
        [this](const QByteArray &utf8) { arrived(FrameKind::Text, utf8); });
    connect(session, &AbstractSession::binaryReceived, this,
        [this](const QByteArray &bytes) { arrived(FrameKind::Binary, bytes); });
    connect(session, &AbstractSession::closed, this,
        [this](const CloseInfo &info) { end(m_ending.value_or(info)); });
}

void ChannelBase::watchLink()
{
    // Made here and not in the constructor, so that its timers belong to the channel's thread.
    m_keepAlive = std::make_unique<KeepAlive>(m_options.keepAlive);
    KeepAlive *keepAlive = m_keepAlive.get();
    AbstractSession *session = m_session.get();
    connect(session, &AbstractSession::bytesReceived, keepAlive, &KeepAlive::noteActivity);
    connect(session, &AbstractSession::pongReceived, keepAlive, &KeepAlive::noteActivity);
    connect(keepAlive, &KeepAlive::pingDue, session, &AbstractSession::ping);
    connect(keepAlive, &KeepAlive::failed, this, [this] {
        m_ending = CloseInfo{.by = ClosedBy::Us,
            .cause = CloseCause::PingFailed,
            .code = kPingFailed,
            .reason = QStringLiteral("ping failed")};
        m_session->abort();
    });
}

void ChannelBase::closeNow(int code, const QString &reason)
{
    if (m_session) {
        m_session->close(code, reason);
        return;
    }
    end({.by = ClosedBy::Us, .cause = CloseCause::Requested, .code = code, .reason = reason});
}

void ChannelBase::sendFrame(const Frame &frame)
{
    if (!m_session || !m_opened)
        return;
    if (frame.kind == FrameKind::Text)
        m_session->sendText(frame.bytes);
    else
        m_session->sendBinary(frame.bytes);
}

void ChannelBase::arrived(FrameKind kind, const QByteArray &bytes)
{
    if (m_ended || m_ending)
        return;
    m_keepAlive->noteActivity();
    take({kind, bytes});
    if (m_ended || std::exchange(m_deliveryQueued, true))
        return;
    QMetaObject::invokeMethod(this, [this] { flush(); }, Qt::QueuedConnection);
}

void ChannelBase::reject(const QString &error, bool foreign)
{
    qCInfo(lcSocket) << "frame rejected:" << error;
    emit frameRejected(error);
    if (m_ended || m_ending || !(isTakingTooMuch() || foreign))
        return;
    m_ending = CloseInfo{.by = ClosedBy::Us,
        .cause = CloseCause::UnsupportedData,
        .code = kUnsupportedData,
        .reason = QStringLiteral("unsupported data"),
        .detail = error};
    m_session->close(m_ending->code, m_ending->reason);
}

bool ChannelBase::isTakingTooMuch()
{
    const qint64 now = m_age.elapsed();
    m_rejectedAt.removeIf([now](qint64 at) { return now - at > kMinute; });
    m_rejectedAt.append(now);
    return m_rejectedAt.size() > m_options.badFramesPerMinute;
}

void ChannelBase::flush()
{
    m_deliveryQueued = false;
    if (!m_ended && deliver())
        emit batchReady();
}

void ChannelBase::end(const CloseInfo &info)
{
    if (std::exchange(m_ended, true))
        return;
    if (m_keepAlive)
        m_keepAlive->stop();
    const CloseInfo last = info; // the caller's may live in the session
    m_session.reset();
    if (deliver())
        emit batchReady();
    emit ended(last);
}

}
