#pragma once

#include <QByteArray>
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
/// deadline. Any inbound frame counts as life. Same thread as the session it watches.
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
    void probe();

signals:
    void pingDue(const QByteArray &nonce);
    /// Once per start(); the watcher has stopped by then.
    void failed();

private:
    void sendPing(std::chrono::milliseconds deadline);
    std::chrono::milliseconds nextInterval();

    KeepAliveOptions m_options;
    QTimer m_interval;
    QTimer m_deadline;
    quint64 m_nonce = 0;
    bool m_first = true;
};

}
