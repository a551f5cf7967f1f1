#include "socket/backoff.h"

#include <QRandomGenerator>

#include <algorithm>

namespace confab {

namespace {

/// Without a session that had lived, the first retry is spread over this many times `first`.
constexpr int kColdSpread = 5;
/// Exponents above this can't be told apart: the cap is far below.
constexpr int kMaxExponent = 20;

double globalRandom()
{
    return QRandomGenerator::global()->generateDouble();
}

}

Backoff::Backoff(BackoffOptions options, std::function<double()> random)
    : m_options(options)
    , m_random(random ? std::move(random) : globalRandom)
{
}

void Backoff::reset()
{
    m_attempt = 0;
}

std::chrono::milliseconds Backoff::next(bool hadLived)
{
    if (hadLived)
        reset();
    const bool isColdFirst = m_attempt == 0 && !hadLived;
    const int factor = isColdFirst ? kColdSpread : 1 << std::min(m_attempt, kMaxExponent);
    const std::chrono::milliseconds bound = std::min(m_options.cap, m_options.first * factor);
    ++m_attempt;
    return std::chrono::duration_cast<std::chrono::milliseconds>(bound * m_random());
}

}
