#include "app/common/threads.h"

namespace confab {

namespace {

void begin(QThread &thread, QObject &inside, const QString &name)
{
    thread.setObjectName(name);
    inside.moveToThread(&thread);
    thread.start();
}

void finish(QThread &thread, QObject &inside)
{
    // Posted behind all deleteLater() and queued calls, so that those still run. To an object of ours:
    // a thread that has only just been started has no event dispatcher yet.
    QMetaObject::invokeMethod(&inside, [&thread] { thread.quit(); });
    thread.wait();
}

}

Threads::Threads()
{
    begin(m_network, m_inNetwork, QStringLiteral("confab-network"));
    begin(m_database, m_inDatabase, QStringLiteral("confab-database"));
}

Threads::~Threads()
{
    finish(m_network, m_inNetwork);
    finish(m_database, m_inDatabase);
}

}
