#include "server/tokenbucket.h"

#include <algorithm>
#include <cmath>

namespace confab::server {

TokenBucket::TokenBucket(const Rate &rate, Time now)
    : m_rate(rate)
    , m_tokens(rate.burst)
    , m_filledAt(now)
{
}

TokenBucket TokenBucket::forClient(const QHostAddress &client, const ServerOptions &options)
{
    return {client.isLoopback() ? options.localFrameRate : options.frameRate,
        std::chrono::steady_clock::now()};
}

bool TokenBucket::take(Time now)
{
    if (m_rate.perSecond <= 0)
        return true;
    m_tokens = tokensAt(now);
    m_filledAt = now;
    if (m_tokens < 1)
        return false;
    m_tokens -= 1;
    return true;
}

std::chrono::milliseconds TokenBucket::wait(Time now) const
{
    if (m_rate.perSecond <= 0)
        return {};
    const double missing = std::max(0.0, 1 - tokensAt(now));
    return std::chrono::milliseconds(std::lround(std::ceil(missing * 1000 / m_rate.perSecond)));
}

double TokenBucket::tokensAt(Time now) const
{
    const std::chrono::duration<double> elapsed = now - m_filledAt;
    return std::min<double>(m_rate.burst, m_tokens + elapsed.count() * m_rate.perSecond);
}

}
