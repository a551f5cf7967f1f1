#include "server/hub/accountwatch.h"

#include "server/hub/hubstate.h"
#include "server/logevent.h"

#include <chrono>

namespace confab::server {

namespace {

using namespace std::chrono_literals;

constexpr auto kInterval = 1s;

}

AccountWatch::AccountWatch(HubState &hub, QObject *parent)
    : QObject(parent)
    , m_hub(hub)
    , m_removal(hub)
    , m_lastNote(hub.reader.changedAccounts(0).lastNote)
{
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &AccountWatch::look);
    m_timer.start();
}

void AccountWatch::look()
{
    const Reader::ChangedAccounts changed = m_hub.reader.changedAccounts(m_lastNote);
    m_lastNote = changed.lastNote;
    for (const wire::UserId &id : changed.users) {
        const UserPtr user = m_hub.users.find(id);
        if (!user)
            continue; // gone, and nobody of theirs was here
        const bool isThere = m_hub.reader.user(id).has_value();
        LogEvent::info(isThere ? "account-changed" : "account-removed")
            .with("user", id)
            .with("sessions", user->sessions.size());
        if (isThere) {
            m_hub.users.reload(*user);
            m_hub.endSessions(*user);
        } else {
            m_removal.followRemoval(user);
        }
    }
}

}
