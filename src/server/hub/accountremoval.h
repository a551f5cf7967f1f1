#pragma once

#include "server/hub/hubstate.h"

namespace confab::server {

/// The end of an account, with all that is its own: its login, tags, groups and saved messages.
/// What it wrote to others stays with them (protocol.md §9.2, del user).
class AccountRemoval
{
public:
    explicit AccountRemoval(HubState &hub)
        : m_hub(hub)
    {
    }

    void removeOwn(const RequestPtr &request);
    /// The administrator has removed the account from the database: the same for whoever is there.
    void followRemoval(const UserPtr &user);

private:
    void forget(const wire::UserId &user, const QList<TopicKey> &ownTopics);
    void signOut(const User &user, const QList<wire::UserId> &watchers);
    void leaveChats(const wire::UserId &user);

    HubState &m_hub;
};

}
