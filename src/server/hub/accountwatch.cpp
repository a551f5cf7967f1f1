#include "server/hub/accountwatch.h"

#include "server/db/accounttable.h"
#include "server/db/privatefile.h"
#include "server/hub/hubstate.h"
#include "server/logevent.h"

#include <QDir>

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
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &AccountWatch::look);
    connect(&m_timer, &QTimer::timeout, this, &AccountWatch::look);
    if (!watch()) {
        LogEvent::warning("accounts-not-watched").with("every", int(kInterval.count()));
        m_timer.start(kInterval);
    }
}

bool AccountWatch::watch()
{
    const QString path = QDir(m_hub.options.dataDir).filePath(kAccountsChangedName);
    return m_watcher.files().contains(path) || (makePrivateFile(path) && m_watcher.addPath(path));
}

void AccountWatch::look()
{
    if (!m_timer.isActive() && !watch()) // it was removed
        m_timer.start(kInterval);
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
