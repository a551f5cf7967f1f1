#pragma once

#include <QThread>

namespace confab {

/// The worker threads of one program, shared by its accounts. Made first and destroyed last by the
/// composition root; the destructor lets each finish what is queued.
class Threads
{
public:
    Threads();
    ~Threads();

    QThread *network() { return &m_network; }
    QThread *database() { return &m_database; }

private:
    QThread m_network;
    QThread m_database;
    // One object that lives in each.
    QObject m_inNetwork;
    QObject m_inDatabase;
};

}
