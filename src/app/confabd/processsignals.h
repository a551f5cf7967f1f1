#pragma once

#include <QObject>

class QSocketNotifier;

namespace confab {

/// Turns SIGTERM, SIGINT and SIGHUP into Qt signals. Made before any thread is started, because
/// threads inherit that they are held back; main thread.
class ProcessSignals : public QObject
{
    Q_OBJECT

public:
    explicit ProcessSignals(QObject *parent = nullptr);
    ~ProcessSignals() override;

signals:
    /// Each time SIGTERM or SIGINT arrives.
    void terminationRequested();
    /// Each time SIGHUP arrives.
    void reloadRequested();

private:
    void read();

    int m_fd;
    QSocketNotifier *m_notifier = nullptr;
};

}
