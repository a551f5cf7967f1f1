#pragma once

#include <deque>
#include <functional>
#include <memory>

namespace confab::server {

/// Lets sign-ins by password go on one pair at a time, in the order they came. Each looks at the
/// throttle only when it is its turn, so that a thousand guesses sent at once meet the failures of
/// the first ones (reliability.md T22). Hub's thread.
class LoginGate
{
public:
    /// Held while an attempt is being checked; the next one starts when the last copy goes.
    using Ticket = std::shared_ptr<void>;
    using Attempt = std::function<void(const Ticket &)>;

    void enter(Attempt attempt);

private:
    void pump();

    std::deque<Attempt> m_waiting;
    int m_inside = 0;
    bool m_pumping = false;
    /// Tickets may outlive the gate when the hub ends with a check under way.
    std::shared_ptr<LoginGate *> m_self = std::make_shared<LoginGate *>(this);
};

}
