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

private:
    void leaveChats(const wire::UserId &user);

    HubState &m_hub;
};

}
