#pragma once

#include <QObject>

#include <chrono>
#include <memory>

namespace confab {

/// Tells when the GUI thread was busy for too long at a stretch: between two turns of its event loop it used
/// more processor time than the limit. Waiting does not count, nor does a machine that is busy with others,
/// so that the figure is the same on a slow one. A thread of its own looks while a turn lasts, and takes the
/// stack of one that has become too long. For development and tests; one at a time. Made and used on the GUI
/// thread.
class StallWatch : public QObject
{
    Q_OBJECT

public:
    explicit StallWatch(
        std::chrono::milliseconds limit = std::chrono::milliseconds(50), QObject *parent = nullptr);
    ~StallWatch() override;

    int stalls() const { return m_stalls; } ///< since it was made or reset
    std::chrono::milliseconds longest() const { return m_longest; } ///< of all stretches
    QString lastStack() const { return m_lastStack; } ///< one frame a line; empty if there was no stall
    void reset();
    /// What is done between these counts for nothing: the work of a test that has a watch.
    void pause();
    void resume();

signals:
    void stalled(std::chrono::milliseconds busy, const QString &stack);

private:
    class Sampler;
    void endStretch();

    std::chrono::milliseconds m_limit;
    std::unique_ptr<Sampler> m_sampler;
    std::chrono::nanoseconds m_began{};
    std::chrono::milliseconds m_longest{};
    QString m_lastStack;
    int m_stalls = 0;
    bool m_paused = false;
};

}
