#pragma once

#include "server/hub/hubstate.h"

namespace confab::server {

class SignIn;

/// hi and acc: new accounts, and another login or password for one's own (protocol.md §9.2; reliability.md
/// T30, T31).
class Accounts {
public:
    Accounts(HubState &hub, const SignIn &signIn)
        : m_hub(hub)
        , m_signIn(signIn)
    {
    }

    void hi(const RequestPtr &request, const wire::Hi &packet);
    void acc(const RequestPtr &request, const wire::Acc &packet);

    wire::UserId ensureServiceUser(const QString &displayName, const QString &aliasTag);

private:
    Registration registrationFor(const Request &request) const;
    void createBasic(const RequestPtr &request, const wire::Acc &packet);
    void createAnonymous(const RequestPtr &request, const wire::Acc &packet);
    void store(const RequestPtr &request, const wire::Acc &packet, const UserRecord &user,
        const LoginRecord &login);
    void changeSecret(const RequestPtr &request, const wire::Acc &packet);
    void saveLogin(const RequestPtr &request, const LoginRecord &login);
    /// The account is stored; done runs once its chat with the service user is, too.
    void welcome(const UserPtr &user, const QDateTime &now, const std::function<void()> &done);
    static void refuse(const RequestPtr &request, WriteStatus status);
    void created(const RequestPtr &request, const UserPtr &user, bool signIn);

    HubState &m_hub;
    const SignIn &m_signIn;
};

} // namespace confab::server
