#pragma once

#include "service/servicetiming.h"
#include "socket/backoff.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace confab {

/// Decides when the next connection attempt is due (reliability.md §5). GUI thread.
class Reconnector : public QObject
{
    Q_OBJECT

public:
    Reconnector(BackoffOptions options, std::function<double()> random, const ServiceTiming &timing,
        QObject *parent = nullptr);

    void setOptions(const BackoffOptions &options);
    /// An attempt has begun.
    void noteAttempt();
    /// It has led to a signed-in session.
    void noteOnline();
    int attempt() const { return m_attempt; }

    /// The link is gone: waits, at least for `hint`, and tells when the next attempt is due.
    QDeadlineTimer schedule(std::chrono::milliseconds hint);
    /// The person or the network asks for it: as soon as attempts may follow each other.
    QDeadlineTimer hurry();
    void stop();
    bool isWaiting() const { return m_timer.isActive(); }

signals:
    void due();

private:
    QDeadlineTimer start(std::chrono::milliseconds delay);

    ServiceTiming m_timing;
    std::function<double()> m_random;
    Backoff m_backoff;
    QTimer m_timer;
    QElapsedTimer m_begun; ///< since the last attempt began
    QElapsedTimer m_online; ///< since sign-in; invalid when there was none
    int m_attempt = 0; ///< since the last time online
};

}
