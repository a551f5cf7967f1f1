#pragma once

#include <QObject>
#include <QTimer>

namespace confab::server {

class HubState;
struct User;

/// Follows what the administrator does to accounts beside the running server: once a second it reads
/// the notes that AccountTable leaves, and ends the sessions of accounts that got another password or
/// may not sign in any more. Hub thread.
class AccountWatch : public QObject
{
    Q_OBJECT

public:
    explicit AccountWatch(HubState &hub, QObject *parent = nullptr);

private:
    void look();

    HubState &m_hub;
    qint64 m_lastNote = 0;
    QTimer m_timer;
};

}
