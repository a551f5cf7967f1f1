#pragma once

#include <chrono>
#include <functional>

namespace confab {

struct BackoffOptions {
    std::chrono::milliseconds first{1'000};
    std::chrono::milliseconds cap{60'000};
    bool operator==(const BackoffOptions &) const = default;
};

/// Delay before the next connection attempt: full jitter, random(0, min(cap, first * 2^n)), the first
/// retry within 1 s when the lost session had lived, within 5 s when not (reliability.md §5).
/// A pure value; randomness is passed in.
class Backoff
{
public:
    /// random() yields [0, 1).
    explicit Backoff(BackoffOptions options = {}, std::function<double()> random = {});

    /// The session before had lived for kLived: start over.
    void reset();
    std::chrono::milliseconds next(bool hadLived);
    int attempt() const { return m_attempt; }

    static constexpr std::chrono::milliseconds kLived{30'000};

private:
    BackoffOptions m_options;
    std::function<double()> m_random;
    int m_attempt = 0;
};

}
