#pragma once

#include "wire/ids.h"

#include <QObject>
#include <QTimer>

namespace confab {

/// Tells when a message counts as seen: on screen in an active window for a while (desktop.md §2,
/// "read while not looking"). Numbers only grow. GUI thread.
class SeenWatch : public QObject
{
    Q_OBJECT

public:
    explicit SeenWatch(QObject *parent = nullptr);

    void setDwell(int milliseconds) { m_timer.setInterval(milliseconds); }
    void reset(wire::Seq seen); ///< another conversation, seen up to here
    /// The newest number on screen, and whether anybody can be looking at it.
    void setVisible(wire::Seq seq, bool watched);

signals:
    void seen(wire::Seq seq);

private:
    void settle();

    QTimer m_timer;
    wire::Seq m_seen = 0;
    wire::Seq m_waiting = 0; ///< on screen since the timer was started
    wire::Seq m_visible = 0;
};

}
