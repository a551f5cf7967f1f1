#pragma once

#include <chrono>

namespace confab {

/// Waits of the service. The defaults are what the product uses; tests shorten them.
struct ServiceTiming {
    using ms = std::chrono::milliseconds;
    ms requestSlow{5'000}; ///< unanswered so long: is the link alive? (reliability.md §5, busy)
    ms requestLimit{10'000}; ///< unanswered so long: the request has failed
    ms gapWait{500}; ///< before a jump in numbers counts as a gap (reliability.md F8)
    ms receivedBatch{100}; ///< one `recv` note for what arrives in this time (protocol.md §3.1)
    ms readBatch{300};
    ms typingEvery{3'000};
    ms typingShown{4'000};
    ms retryFirst{500}; ///< after a busy server; doubles
    ms retryCap{30'000};
    ms undoDelete{5'000}; ///< in which a deletion can be taken back
    ms reconnectSpacing{1'000}; ///< between attempts that a person asks for
};

}
