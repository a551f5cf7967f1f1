#include "widgets/conversation/seenwatch.h"

namespace confab {

namespace {

constexpr int kDwell = 1000;

}

SeenWatch::SeenWatch(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kDwell);
    connect(&m_timer, &QTimer::timeout, this, &SeenWatch::settle);
}

void SeenWatch::reset(wire::Seq seen)
{
    m_timer.stop();
    m_seen = seen;
    m_waiting = 0;
    m_visible = 0;
}

void SeenWatch::setVisible(wire::Seq seq, bool watched)
{
    m_visible = seq;
    if (!watched || seq <= m_seen) {
        m_timer.stop();
        return;
    }
    if (m_timer.isActive() && seq >= m_waiting)
        return;
    m_waiting = seq;
    m_timer.start();
}

void SeenWatch::settle()
{
    m_seen = m_waiting;
    emit seen(m_seen);
    setVisible(m_visible, true);
}

}
