#pragma once

#include "loadclient.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace confab {

/// Drives any number of LoadClients by epoll, on the thread that runs it.
class LoadLoop
{
public:
    LoadLoop();
    ~LoadLoop();
    LoadLoop(const LoadLoop &) = delete;
    LoadLoop &operator=(const LoadLoop &) = delete;

    /// Lives until clear() or the end of the loop.
    LoadClient &open(quint16 port, std::string_view path);
    void clear();

    /// True once done() says so, which is asked after every turn; false if the time ran out or a
    /// connection broke. Turns come at least every millisecond.
    bool runUntil(const std::function<bool()> &done, std::chrono::milliseconds limit);

private:
    void turn();

    int m_epoll;
    bool m_broken = false;
    std::vector<std::unique_ptr<LoadClient>> m_clients;
    std::string m_scratch;
};

}
