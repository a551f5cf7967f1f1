#pragma once

#include "server/hub/hubstate.h"

namespace confab::server {

/// login: by password or token, how often it may be tried, and what a session gets by it
/// (protocol.md §9.2; reliability.md T22, T23, T31).
class SignIn
{
public:
    explicit SignIn(HubState &hub)
        : m_hub(hub)
    {
    }

    void login(const RequestPtr &request, const wire::Login &packet);
    /// Whose valid token this is.
    std::optional<wire::UserId> userOfToken(const QByteArray &token) const;

    /// Makes the session that of the user.
    static void enter(Session &session, const UserPtr &user);
    /// What the client is told then: its user, and a token for the next time.
    wire::CtrlParams params(const User &user, const QDateTime &now) const;

private:
    void loginBasic(const RequestPtr &request, const wire::Login &packet);
    void checkPassword(const RequestPtr &request, const QString &login, const QByteArray &password,
        const LoginGate::Ticket &ticket);
    void loginToken(const RequestPtr &request, const wire::Login &packet);

    HubState &m_hub;
};

} // namespace confab::server
