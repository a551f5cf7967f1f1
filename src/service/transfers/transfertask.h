#pragma once

#include "service/servicetiming.h"

#include <QElapsedTimer>

#include <algorithm>
#include <optional>

namespace confab {

/// What a file on its way is owed in either direction: more tries after passing faults, and reports
/// of its progress that are not too many.
struct TransferTask {
    bool paused = false; ///< until the next try, or the next token

    /// After a fault: pauses it, and tells how long; nothing where it has had enough of them. A
    /// server that can't take or give this file again and again never will.
    std::optional<ServiceTiming::ms> pauseAfterFault(const ServiceTiming &timing)
    {
        constexpr int kMostFaults = 6;
        if (++m_faults >= kMostFaults)
            return {};
        paused = true;
        return std::min(timing.retryCap, timing.retryFirst * (1 << m_faults));
    }

    /// Whether to tell of its progress now; always at its end.
    bool isReportDue(bool isLast)
    {
        constexpr int kEveryMs = 100;
        if (!isLast && m_told.isValid() && m_told.elapsed() < kEveryMs)
            return false;
        m_told.start();
        return true;
    }

private:
    int m_faults = 0;
    QElapsedTimer m_told;
};

}
