#pragma once

#include <QObject>

class QSocketNotifier;

namespace confab {

/// Turns SIGTERM and SIGINT into a Qt signal. Made before any thread is started, because threads
/// inherit that the two are held back; main thread.
class TerminationSignals : public QObject
{
    Q_OBJECT

public:
    explicit TerminationSignals(QObject *parent = nullptr);
    ~TerminationSignals() override;

signals:
    /// Each time one arrives.
    void received();

private:
    void read();

    int m_fd;
    QSocketNotifier *m_notifier = nullptr;
};

}
