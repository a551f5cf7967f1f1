#pragma once

#include "server/serveroptions.h"

#include <QHostAddress>

#include <chrono>

namespace confab::server {

/// Limits how often something may happen: a steady rate with room for a burst (reliability.md T24).
/// Any thread, but one at a time; time is passed in and must not run backwards.
class TokenBucket
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// Starts full.
    TokenBucket(const Rate &rate, Time now);

    /// What a client at this address may send.
    static TokenBucket forClient(const QHostAddress &client, const ServerOptions &options);

    /// Takes one token; false when there is none.
    bool take(Time now);
    /// How long until there is a token; 0 if there is one.
    std::chrono::milliseconds wait(Time now) const;
    /// Nothing was taken for so long that it is as good as new.
    bool isFull(Time now) const { return tokensAt(now) >= m_rate.burst; }
    int burst() const { return m_rate.burst; }

private:
    double tokensAt(Time now) const;

    Rate m_rate;
    double m_tokens;
    Time m_filledAt;
};

}
