#include "app/common/sleepwatch.h"

#include <ctime>

namespace confab {

namespace {

std::chrono::milliseconds read(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
}

}

std::chrono::milliseconds SleepWatch::sleptSinceBoot()
{
    return read(CLOCK_BOOTTIME) - read(CLOCK_MONOTONIC);
}

SleepWatch::SleepWatch(Slept slept, QObject *parent)
    : QObject(parent)
    , m_slept(std::move(slept))
    , m_before(m_slept())
{
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &SleepWatch::check);
    m_timer.start();
}

void SleepWatch::check()
{
    const Milliseconds now = m_slept();
    const Milliseconds slept = now - std::exchange(m_before, now);
    if (slept >= kNap)
        emit woke(slept);
}

}
