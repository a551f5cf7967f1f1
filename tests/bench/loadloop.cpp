#include "loadloop.h"

#include <array>
#include <sys/epoll.h>
#include <unistd.h>

namespace confab {

namespace {

constexpr size_t kScratch = 512 * 1024;
constexpr int kEventsPerTurn = 256;

void watch(int epoll, int operation, LoadClient &client, bool writing)
{
    epoll_event event{};
    event.events = EPOLLIN | (writing ? EPOLLOUT : 0u);
    event.data.ptr = &client;
    epoll_ctl(epoll, operation, client.descriptor(), &event);
}

}

LoadLoop::LoadLoop()
    : m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_scratch(kScratch, '\0')
{
}

LoadLoop::~LoadLoop()
{
    ::close(m_epoll);
}

LoadClient &LoadLoop::open(quint16 port, std::string_view path)
{
    LoadClient &client = *m_clients.emplace_back(std::make_unique<LoadClient>(port, path));
    watch(m_epoll, EPOLL_CTL_ADD, client, true);
    return client;
}

void LoadLoop::clear()
{
    m_clients.clear();
    m_broken = false;
}

bool LoadLoop::runUntil(const std::function<bool()> &done, std::chrono::milliseconds limit)
{
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!done()) {
        if (m_broken || std::chrono::steady_clock::now() > end)
            return false;
        // Output that was queued outside a turn, too.
        for (const auto &client : m_clients) {
            if (client->hasOutput() && client->isOpen())
                client->flush();
        }
        turn();
    }
    return true;
}

void LoadLoop::turn()
{
    std::array<epoll_event, kEventsPerTurn> events;
    const int count = epoll_wait(m_epoll, events.data(), kEventsPerTurn, 1);
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[size_t(i)];
        auto &client = *static_cast<LoadClient *>(event.data.ptr);
        if (event.events & EPOLLOUT) {
            client.flush();
            if (!client.hasOutput())
                watch(m_epoll, EPOLL_CTL_MOD, client, false);
        }
        if (event.events & (EPOLLIN | EPOLLHUP | EPOLLERR))
            client.readAll(m_scratch);
        client.flush();
        m_broken = m_broken || client.isGone();
    }
}

}
