#include "server/hub/accountwatch.h"

#include "server/hub/hubstate.h"
#include "server/logging.h"

#include <chrono>

namespace confab::server {

namespace {

using namespace std::chrono_literals;

constexpr auto kInterval = 1s;

}

AccountWatch::AccountWatch(HubState &hub, QObject *parent)
    : QObject(parent)
    , m_hub(hub)
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
            continue;
        m_hub.users.reload(*user);
        qCInfo(serverLog) << "account changed by the administrator, ending"
                          << user->sessions.size() << "sessions";
        m_hub.endSessions(*user);
    }
}

}
