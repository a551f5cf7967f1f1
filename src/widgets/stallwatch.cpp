#include "widgets/stallwatch.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QStringList>
#include <QThread>

#include <array>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <cxxabi.h>
#include <execinfo.h>
#include <mutex>
#include <pthread.h>
#include <thread>
#include <time.h>

namespace confab {

namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr int kSignal = SIGURG; // ignored by default, used by nobody here
constexpr int kMostFrames = 64;
constexpr milliseconds kLookEvery(10);
constexpr int kQuietLooks = 10; // without work, and the sampler sleeps

nanoseconds timeOf(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return std::chrono::seconds(now.tv_sec) + nanoseconds(now.tv_nsec);
}

// Filled by the signal handler on the GUI thread, read by the sampler when `taken` says so.
std::array<void *, kMostFrames> frames;
std::atomic<int> taken{-1};

void takeStack(int)
{
    taken.store(backtrace(frames.data(), kMostFrames), std::memory_order_release);
}

/// "library(mangled+0x1) [0x2]" with the name as it was written.
QString readable(const char *symbol)
{
    QString line = QString::fromLocal8Bit(symbol);
    const qsizetype begin = line.indexOf(u'(') + 1;
    const qsizetype end = line.indexOf(u'+', begin);
    if (begin <= 0 || end <= begin)
        return line;
    int status = 0;
    char *name = abi::__cxa_demangle(
        line.mid(begin, end - begin).toLocal8Bit().constData(), nullptr, nullptr, &status);
    if (status == 0)
        line = QString::fromLocal8Bit(name);
    std::free(name);
    return line;
}

QString stackText(int count)
{
    char **symbols = backtrace_symbols(frames.data(), count);
    QStringList lines;
    for (int i = 2; symbols && i < count; ++i) // below the handler and what called it
        lines.append(QStringLiteral("    ") + readable(symbols[i]));
    std::free(symbols);
    return lines.join(u'\n');
}

}

/// Looks at the GUI thread's clock from outside while it works.
class StallWatch::Sampler
{
public:
    explicit Sampler(milliseconds limit)
        : m_limit(limit)
        , m_thread(pthread_self())
    {
        pthread_getcpuclockid(m_thread, &m_clock);
        m_sampling = std::thread([this] { sample(); });
    }

    ~Sampler()
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_ended = true;
        }
        m_wake.notify_one();
        m_sampling.join();
    }

    void beginStretch(nanoseconds now)
    {
        m_began.store(now.count(), std::memory_order_relaxed);
        if (!m_asleep.load(std::memory_order_relaxed))
            return;
        const std::scoped_lock lock(m_mutex);
        m_asleep = false;
        m_wake.notify_one();
    }

    QString takeStackText()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_stack, {});
    }

private:
    void sample()
    {
        std::unique_lock lock(m_mutex);
        nanoseconds before{};
        qint64 reported = -1;
        int quiet = 0;
        while (!m_ended) {
            if (quiet >= kQuietLooks) {
                m_asleep = true;
                m_wake.wait(lock, [this] { return m_ended || !m_asleep; });
                quiet = 0;
            }
            m_wake.wait_for(lock, kLookEvery, [this] { return m_ended; });
            const nanoseconds now = timeOf(m_clock);
            quiet = now == before ? quiet + 1 : 0;
            before = now;
            const qint64 began = m_began.load(std::memory_order_relaxed);
            if (now.count() - began < nanoseconds(m_limit).count() || began == reported)
                continue;
            reported = began;
            taken.store(-1, std::memory_order_relaxed);
            pthread_kill(m_thread, kSignal);
            for (int look = 0; look < 100 && taken.load(std::memory_order_acquire) < 0; ++look)
                m_wake.wait_for(lock, milliseconds(1), [this] { return m_ended; });
            if (const int count = taken.load(std::memory_order_acquire); count > 0)
                m_stack = stackText(count);
        }
    }

    milliseconds m_limit;
    pthread_t m_thread;
    clockid_t m_clock{};
    std::atomic<qint64> m_began{0};
    std::atomic<bool> m_asleep{false};
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_ended = false;
    QString m_stack;
    std::thread m_sampling;
};

StallWatch::StallWatch(milliseconds limit, QObject *parent)
    : QObject(parent)
    , m_limit(limit)
{
    Q_ASSERT(QThread::currentThread() == qApp->thread());
    void *unused[1];
    backtrace(unused, 1); // loads what it needs now: a signal handler must not
    struct sigaction action {};
    action.sa_handler = takeStack;
    action.sa_flags = SA_RESTART;
    sigaction(kSignal, &action, nullptr);
    m_sampler = std::make_unique<Sampler>(limit);
    reset();
    const QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &StallWatch::endStretch);
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, &StallWatch::endStretch);
}

StallWatch::~StallWatch()
{
    m_sampler.reset();
    signal(kSignal, SIG_DFL);
}

void StallWatch::reset()
{
    m_stalls = 0;
    m_longest = {};
    m_lastStack.clear();
    m_began = timeOf(CLOCK_THREAD_CPUTIME_ID);
    m_sampler->beginStretch(m_began);
}

void StallWatch::endStretch()
{
    const nanoseconds now = timeOf(CLOCK_THREAD_CPUTIME_ID);
    const auto busy = std::chrono::duration_cast<milliseconds>(now - m_began);
    m_longest = std::max(m_longest, busy);
    m_began = now;
    m_sampler->beginStretch(now);
    if (busy < m_limit)
        return;
    ++m_stalls;
    m_lastStack = m_sampler->takeStackText();
    emit stalled(busy, m_lastStack);
}

}
