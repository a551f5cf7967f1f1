#include "app/common/threads.h"

#include <QAbstractEventDispatcher>

namespace confab {

namespace {

void finish(QThread &thread)
{
    // Posted behind all deleteLater() and queued calls, so that those still run.
    QMetaObject::invokeMethod(thread.eventDispatcher(), [&thread] { thread.quit(); });
    thread.wait();
}

}

Threads::Threads()
{
    m_network.setObjectName(QStringLiteral("confab-network"));
    m_database.setObjectName(QStringLiteral("confab-database"));
    m_network.start();
    m_database.start();
}

Threads::~Threads()
{
    finish(m_network);
    finish(m_database);
}

}
