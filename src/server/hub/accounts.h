#pragma once

#include "server/hub/hubstate.h"

namespace confab::server {

/// hi, acc and login (protocol.md §9.2; reliability.md T22, T23, T30, T31).
class Accounts {
public:
    explicit Accounts(HubState &hub)
        : m_hub(hub)
    {
    }

    void hi(const RequestPtr &request, const wire::Hi &packet);
    void acc(const RequestPtr &request, const wire::Acc &packet);
    void login(const RequestPtr &request, const wire::Login &packet);

    std::optional<wire::UserId> userOfToken(const QByteArray &token) const;
    wire::UserId ensureServiceUser(const QString &displayName, const QString &aliasTag);
    /// Makes the session that of the user.
    static void enter(Session &session, const UserPtr &user);

private:
    Registration registrationFor(const Request &request) const;
    void createBasic(const RequestPtr &request, const wire::Acc &packet);
    void createAnonymous(const RequestPtr &request, const wire::Acc &packet);
    void store(const RequestPtr &request, const wire::Acc &packet, const UserRecord &user,
        const LoginRecord &login);
    void changeSecret(const RequestPtr &request, const wire::Acc &packet);
    void saveLogin(const RequestPtr &request, const LoginRecord &login);
    void loginBasic(const RequestPtr &request, const wire::Login &packet);
    void checkPassword(const RequestPtr &request, const QString &login,
        const QByteArray &password, const LoginGate::Ticket &ticket);
    void loginToken(const RequestPtr &request, const wire::Login &packet);
    /// The account is stored; done runs once its chat with the service user is, too.
    void welcome(const UserPtr &user, const QDateTime &now, const std::function<void()> &done);
    static void refuse(const RequestPtr &request, WriteStatus status);
    void created(const RequestPtr &request, const UserPtr &user, bool signIn);
    wire::CtrlParams signInParams(const User &user, const QDateTime &now) const;

    HubState &m_hub;
};

} // namespace confab::server
