#include "server/hub/loginthrottle.h"

#include <algorithm>

namespace confab::server {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr int kFreeFailures = 5;
constexpr seconds kLongestWait{60};
constexpr std::chrono::hours kMemory{1};
constexpr qsizetype kManyKeys = 10'000;

} // namespace

milliseconds LoginThrottle::wait(const QString &key, Clock::time_point now) const
{
    const auto found = m_keys.constFind(key);
    if (found == m_keys.constEnd() || found->openAt <= now)
        return milliseconds::zero();
    return std::chrono::ceil<milliseconds>(found->openAt - now);
}

void LoginThrottle::failed(const QString &key, Clock::time_point now)
{
    if (m_keys.size() >= kManyKeys)
        forgetOld(now);
    Failures &failures = m_keys[key];
    if (now - failures.last > kMemory)
        failures.count = 0;
    failures.last = now;
    failures.openAt = now;
    if (++failures.count >= kFreeFailures) {
        const int doublings = std::min(failures.count - kFreeFailures, 6);
        failures.openAt = now + std::min(seconds(1 << doublings), kLongestWait);
    }
}

void LoginThrottle::forgive(const QString &key, int failures)
{
    const auto found = m_keys.find(key);
    if (found == m_keys.end() || failures == 0)
        return;
    found->count -= failures;
    if (found->count <= 0)
        m_keys.erase(found);
}

void LoginThrottle::forgetOld(Clock::time_point now)
{
    m_keys.removeIf([now](const auto &entry) { return now - entry.value().last > kMemory; });
    if (m_keys.size() >= kManyKeys)
        m_keys.clear(); // bounded memory matters more than a flood's own records
}

} // namespace confab::server
