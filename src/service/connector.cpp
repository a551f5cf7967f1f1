#include "service/connector.h"

#include "service/abstractchat.h"
#include "service/servicelog.h"

namespace confab {

namespace {

// What our server says when another attempt would end the same way (reliability.md §5).
constexpr int kRefusedForGood = 4003;
constexpr int kFinal = 4009;
/// After a longer sleep the server has given the link up, or its address has changed.
constexpr std::chrono::minutes kLongSleep{5};

}

Connector::Connector(Parts parts, const ServiceTiming &timing, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_reconnector(m_parts.config->backoff, m_parts.random, timing)
{
    const AbstractChat *chat = m_parts.chat;
    connect(&m_reconnector, &Reconnector::due, this, &Connector::attemptDue);
    connect(chat, &AbstractChat::greeting, this, [this] { setPhase(Greeting()); });
    connect(chat, &AbstractChat::authenticating, this, [this] { setPhase(Authenticating()); });
    connect(chat, &AbstractChat::online, this, [this] {
        m_reconnector.noteOnline();
        setPhase(Online{QDateTime::currentDateTimeUtc()});
    });
    connect(chat, &AbstractChat::refused, this, &Connector::takeRefusal);
    connect(chat, &AbstractChat::linkUseless, this,
        [this](const ServiceError &error, std::chrono::milliseconds retryAfter) {
            releaseLink(false);
            takeFailure(error, retryAfter, false);
        });
}

void Connector::setPhase(Phase phase)
{
    m_phase = std::move(phase);
    emit phaseChanged(m_phase);
}

void Connector::connectNow()
{
    releaseLink(false);
    if (m_parts.config->kind != ServerKind::Plain
        && std::holds_alternative<std::monostate>(m_intent)) {
        m_reconnector.stop();
        setPhase(Stopped{
            {ErrorKind::SessionExpired, tr("You are signed out."), tr("Sign in to go on."), {}},
            true});
        return;
    }
    m_reconnector.noteAttempt();
    m_link = m_parts.chat->makeLink(m_parts.sessions, m_parts.networkThread, m_intent, host());
    connect(m_link.get(), &LinkBase::ended, this, &Connector::takeEnd);
    setPhase(Opening{m_reconnector.attempt()});
    if (m_link)
        m_link->open();
}

void Connector::releaseLink(bool lost)
{
    if (!m_link)
        return;
    if (!lost && isOnline())
        m_link->sayGoodbye();
    const LinkPtr released = std::exchange(m_link, nullptr);
    m_parts.chat->dropLink(lost);
}

void Connector::takeEnd(const CloseInfo &info)
{
    qCInfo(lcService) << "link ended, cause" << int(info.cause) << "code" << info.code << "http"
                      << info.httpStatus;
    const ServiceError error = ServiceErrors::fromClose(info, host());
    releaseLink(true);
    const bool isFinal = error.kind == ErrorKind::WrongApiKey
        || (info.cause == CloseCause::PeerClosed
            && (info.code == kRefusedForGood || info.code == kFinal));
    takeFailure(error, {}, isFinal);
}

bool Connector::isSigningIn() const
{
    return std::holds_alternative<WithPassword>(m_intent)
        || std::holds_alternative<WithNewAccount>(m_intent);
}

void Connector::takeRefusal(const ServiceError &error)
{
    const bool wasToken = std::holds_alternative<WithToken>(m_intent);
    const bool isIdentity = error.kind != ErrorKind::ProtocolTooOld
        && error.kind != ErrorKind::WrongApiKey && error.kind != ErrorKind::ServerFault;
    releaseLink(false);
    if (wasToken && error.kind == ErrorKind::SessionExpired) {
        m_intent = {};
        m_reconnector.stop();
        setPhase(Stopped{error, true});
        emit tokenRejected();
        return;
    }
    const bool wasSigningIn = isSigningIn();
    if (wasSigningIn)
        m_intent = {};
    m_reconnector.stop();
    setPhase(Stopped{error, wasSigningIn || isIdentity});
    if (wasSigningIn)
        emit signInFailed(error);
}

void Connector::takeFailure(const ServiceError &error, std::chrono::milliseconds hint, bool isFinal)
{
    if (isSigningIn()) {
        takeRefusal(error); // somebody is looking at the page and wants to know
        return;
    }
    if (isFinal || !m_parts.config->reconnect) {
        m_reconnector.stop();
        fail(error);
        return;
    }
    waitForRetry(error, m_reconnector.schedule(hint));
}

void Connector::waitForRetry(const ServiceError &error, QDeadlineTimer retry)
{
    setPhase(Waiting{
        m_behindPortal ? ServiceErrors::make(ErrorKind::CaptivePortal, host()) : error, retry});
}

void Connector::fail(const ServiceError &error)
{
    setPhase(Stopped{error, false});
}

void Connector::stop()
{
    m_reconnector.stop();
    releaseLink(false);
    setPhase(Idle());
}

void Connector::forget()
{
    m_intent = {};
    m_reconnector.stop();
    releaseLink(false);
}

void Connector::reconnect()
{
    if (const auto *waiting = std::get_if<Waiting>(&m_phase)) {
        waitForRetry(waiting->why, m_reconnector.hurry());
    } else if (const auto *stopped = std::get_if<Stopped>(&m_phase)) {
        if (!stopped->needsSignIn)
            waitForRetry(stopped->why, m_reconnector.hurry());
    } else if (m_link && isOnline()) {
        m_link->probe(); // the route may have changed under it
    }
}

void Connector::wake(std::chrono::milliseconds slept)
{
    if (m_link && slept > kLongSleep)
        startOver();
    else
        reconnect();
}

void Connector::networkChanged(bool reachable)
{
    if (m_link && !isOnline() && reachable)
        startOver();
    else if (isOnline() || reachable)
        reconnect();
}

void Connector::setBehindPortal(bool behind)
{
    if (std::exchange(m_behindPortal, behind) == behind)
        return;
    if (!behind)
        networkChanged(true);
    else if (const auto *waiting = std::get_if<Waiting>(&m_phase))
        waitForRetry(waiting->why, waiting->retry);
}

void Connector::startOver()
{
    // Before the link goes: it is not worth a goodbye any more.
    waitForRetry(ServiceErrors::make(ErrorKind::ConnectionLost, host()), m_reconnector.hurry());
    releaseLink(false);
}

void Connector::applyKeepAlive()
{
    if (m_link)
        m_link->setKeepAlive(m_parts.config->keepAlive);
}

}
