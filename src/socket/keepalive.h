#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace confab {

/// Settings of the keep-alive (reliability.md §5). An interval of 1 s and more is legal.
struct KeepAliveOptions {
    std::chrono::milliseconds interval{25'000}; ///< silence after which a ping goes out
    std::chrono::milliseconds deadline{10'000}; ///< for its answer
    std::chrono::milliseconds probeDeadline{5'000}; ///< for probes: busy, wake, network change
    bool jitter = true; ///< ±10 %, and a random first interval
    bool operator==(const KeepAliveOptions &) const = default;
};

/// Notices a dead link: pings after silence, and calls it failed when nothing at all arrived by the
/// deadline. Any inbound byte counts as life. A deadline counts only time in which this thread's
/// event loop ran, so that a blocked loop or a sleeping machine is not taken for a dead link
/// (reliability.md F23). Same thread as the session it watches.
class KeepAlive : public QObject
{
    Q_OBJECT

public:
    explicit KeepAlive(const KeepAliveOptions &options, QObject *parent = nullptr);

    void start();
    void stop();
    void setOptions(const KeepAliveOptions &options); ///< applied at once, also to a running interval
    /// Something arrived.
    void noteActivity();
    /// Ask now, with the short deadline: a request is unanswered, the machine woke, the route changed.
    /// Never lengthens the wait for a ping that is already out.
    void probe();

signals:
    void pingDue(const QByteArray &nonce);
    /// Once per start(); the watcher has stopped by then.
    void failed();

private:
    void checkSilence();
    void waitForSilence();
    void sendPing(std::chrono::milliseconds deadline);
    void expectAnswer(std::chrono::milliseconds deadline);
    void countDown();
    bool isAwaitingAnswer() const { return m_deadline.isActive(); }
    std::chrono::milliseconds heardAgo() const;
    std::chrono::milliseconds remainingDeadline() const;
    std::chrono::milliseconds nextInterval();

    KeepAliveOptions m_options;
    std::chrono::milliseconds m_silence{}; ///< the interval in force, jitter included
    QElapsedTimer m_heard; ///< since the last sign of life
    QTimer m_interval;
    QTimer m_deadline; ///< one slice of the deadline
    int m_slicesLeft = 0;
    quint64 m_nonce = 0;
    bool m_first = true;
};

}
