#pragma once

#include "app/common/sleepwatch.h"

#include <QObject>

namespace confab {

/// What the system tells about sleep and networks: logind where there is one, the clocks where not,
/// and the network manager. Watches nothing before it is told to. GUI thread.
class WakeWatch : public QObject
{
    Q_OBJECT

public:
    explicit WakeWatch(QObject *parent = nullptr);

    void watchSleep();
    /// For accounts whose server is not this computer: what Qt loads for it is a megabyte that the
    /// others need not carry. Once is enough.
    void watchNetwork();
    bool isBehindPortal() const;

signals:
    void woke(std::chrono::milliseconds slept);
    /// The way to the world is another one, is back, or is gone.
    void networkChanged(bool reachable);
    /// The network wants a sign-in of its own first, or no more.
    void portalChanged(bool behind);

private slots:
    void onPrepareForSleep(bool begins); ///< by name, from D-Bus

private:
    SleepWatch m_sleep;
    bool m_watchesNetwork = false; ///< or has found no way to: Qt would look for one each time
};

}
