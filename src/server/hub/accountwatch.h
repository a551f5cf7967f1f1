#pragma once

#include "server/hub/accountremoval.h"

#include <QObject>
#include <QTimer>

namespace confab::server {

/// Follows what the administrator does to accounts beside the running server: once a second it
/// reads the notes that AccountTable leaves, and ends the sessions of accounts that got another
/// password, may not sign in any more, or are no more. Hub thread.
class AccountWatch : public QObject
{
    Q_OBJECT

public:
    explicit AccountWatch(HubState &hub, QObject *parent = nullptr);

private:
    void look();

    HubState &m_hub;
    AccountRemoval m_removal;
    qint64 m_lastNote = 0;
    QTimer m_timer;
};

}
