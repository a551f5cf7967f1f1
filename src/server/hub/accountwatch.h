#pragma once

#include "server/hub/accountremoval.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace confab::server {

/// Follows what the administrator does to accounts beside the running server: when the file
/// kAccountsChangedName was written (or every second where files can't be watched) it reads the
/// notes that AccountTable leaves, and ends the sessions of accounts that got another password, may
/// not sign in any more, or are no more. Hub thread.
class AccountWatch : public QObject
{
    Q_OBJECT

public:
    explicit AccountWatch(HubState &hub, QObject *parent = nullptr);

private:
    bool watch();
    void look();

    HubState &m_hub;
    AccountRemoval m_removal;
    qint64 m_lastNote = 0;
    QFileSystemWatcher m_watcher;
    QTimer m_timer; ///< only where nothing can be watched
};

}
