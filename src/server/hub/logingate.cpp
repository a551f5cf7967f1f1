#include "server/hub/logingate.h"

#include <utility>

namespace confab::server {

namespace {

constexpr int kMostInside = 2; // as many as passwords are checked at once

}

void LoginGate::enter(Attempt attempt)
{
    m_waiting.push_back(std::move(attempt));
    pump();
}

void LoginGate::pump()
{
    if (m_pumping) // an attempt that is refused at once ends inside this loop
        return;
    m_pumping = true;
    while (m_inside < kMostInside && !m_waiting.empty()) {
        const Attempt attempt = std::move(m_waiting.front());
        m_waiting.pop_front();
        ++m_inside;
        const Ticket ticket(nullptr, [gate = std::weak_ptr(m_self)](void *) {
            if (const auto self = gate.lock()) {
                --(*self)->m_inside;
                (*self)->pump();
            }
        });
        attempt(ticket);
    }
    m_pumping = false;
}

}
