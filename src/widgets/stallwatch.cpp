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
#include <limits>
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
    }

    /// Until the next one begins there is nothing to look at.
    void endStretch() { m_began.store(kNever, std::memory_order_relaxed); }

    QString takeStackText()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_stack, {});
    }

private:
    void sample()
    {
        std::unique_lock lock(m_mutex);
        qint64 reported = -1;
        while (!m_ended) {
            // Also while nothing happens: no signal of the event loop tells when its thread wakes up.
            m_wake.wait_for(lock, kLookEvery, [this] { return m_ended; });
            const nanoseconds now = timeOf(m_clock);
            const qint64 began = m_began.load(std::memory_order_relaxed);
            if (now - nanoseconds(began) < m_limit || began == reported)
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

    static constexpr qint64 kNever = std::numeric_limits<qint64>::max() / 2;

    milliseconds m_limit;
    pthread_t m_thread;
    clockid_t m_clock{};
    std::atomic<qint64> m_began{0};
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

void StallWatch::pause()
{
    endStretch();
    m_paused = true;
    m_sampler->endStretch();
}

void StallWatch::resume()
{
    m_paused = false;
    m_began = timeOf(CLOCK_THREAD_CPUTIME_ID);
    m_sampler->beginStretch(m_began);
}

void StallWatch::endStretch()
{
    if (m_paused)
        return;
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
