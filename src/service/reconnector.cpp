#include "service/reconnector.h"

#include <algorithm>

namespace confab {

Reconnector::Reconnector(BackoffOptions options, std::function<double()> random,
    const ServiceTiming &timing, QObject *parent)
    : QObject(parent)
    , m_timing(timing)
    , m_random(std::move(random))
    , m_backoff(options, m_random)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Reconnector::due);
}

void Reconnector::setOptions(const BackoffOptions &options)
{
    m_backoff = Backoff(options, m_random);
}

void Reconnector::noteAttempt()
{
    m_timer.stop();
    m_begun.start();
    m_online.invalidate();
    ++m_attempt;
}

void Reconnector::noteOnline()
{
    m_online.start();
    m_attempt = 0;
}

QDeadlineTimer Reconnector::schedule(std::chrono::milliseconds hint)
{
    const bool hadLived = m_online.isValid() && m_online.hasExpired(Backoff::kLived.count());
    m_online.invalidate();
    return start(std::max(m_backoff.next(hadLived), hint));
}

QDeadlineTimer Reconnector::hurry()
{
    const std::chrono::milliseconds since(
        m_begun.isValid() ? m_begun.elapsed() : m_timing.reconnectSpacing.count());
    return start(std::max(std::chrono::milliseconds(0), m_timing.reconnectSpacing - since));
}

void Reconnector::stop()
{
    m_timer.stop();
    m_online.invalidate();
    m_attempt = 0;
}

QDeadlineTimer Reconnector::start(std::chrono::milliseconds delay)
{
    m_timer.start(delay);
    return QDeadlineTimer(delay);
}

}
