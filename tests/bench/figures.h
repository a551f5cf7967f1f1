#pragma once

#include <algorithm>
#include <chrono>
#include <time.h>
#include <vector>

namespace confab {

/// The value that so much of the values lie below; 0.5 is the median. 0 of none.
template <typename Number>
Number quantile(std::vector<Number> values, double part)
{
    if (values.empty())
        return {};
    const auto at = values.begin() + std::ptrdiff_t(part * double(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

inline double secondsSince(std::chrono::steady_clock::time_point began)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

/// Processor time of this thread, in milliseconds since it was made: what others do on the machine does not
/// count.
class Stopwatch
{
public:
    double milliseconds() const { return now() - m_began; }

private:
    static double now()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }

    double m_began = now();
};

}
