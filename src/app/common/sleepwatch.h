#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace confab {

/// Notices that the machine has slept, also where no system service tells so: the clock that counts
/// sleep runs away from the one that does not (reliability.md F17). Setting the time of day moves
/// neither. Looks as rarely as the keep-alive, so that an idle program stays idle. GUI thread.
class SleepWatch : public QObject
{
    Q_OBJECT

public:
    using Milliseconds = std::chrono::milliseconds;
    /// How long the machine has slept since it was started.
    using Slept = std::function<Milliseconds()>;

    explicit SleepWatch(Slept slept = sleptSinceBoot, QObject *parent = nullptr);

    /// Looks now; woke() comes before this returns.
    void check();
    static Milliseconds sleptSinceBoot();

    static constexpr Milliseconds kInterval{25'000};
    static constexpr Milliseconds kNap{5'000}; ///< less is no sleep

signals:
    void woke(std::chrono::milliseconds slept);

private:
    Slept m_slept;
    Milliseconds m_before;
    QTimer m_timer;
};

}
