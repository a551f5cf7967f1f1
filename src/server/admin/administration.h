#pragma once

#include "server/db/accountrow.h"
#include "wire/result.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace confab::server {

class AccountTable;
class Connection;

/// Accounts and invite codes of a data folder, for whoever runs the server, which may be running
/// meanwhile: it follows at once. Belongs to the thread that opened it; calls wait for the
/// disk and, where there is a password, for its hash. Every error is a sentence for people.
class Administration
{
public:
    enum class IfMissing { Refuse, Make };
    static wire::Result<std::unique_ptr<Administration>, QString> open(
        const QString &dataDir, IfMissing ifMissing);
    ~Administration();

    std::optional<QString> addUser(
        const QString &login, const QByteArray &password, const QString &displayName);
    /// Signs the user out everywhere.
    std::optional<QString> setPassword(const QString &login, const QByteArray &password);
    /// A disabled user is signed out and can't sign in; everything of theirs stays.
    std::optional<QString> setDisabled(const QString &login, bool disabled);
    /// The account with its saved messages and the groups that it owns; what it wrote elsewhere
    /// stays. A server that is running signs the user out.
    std::optional<QString> removeUser(const QString &login);
    void eachUser(const std::function<bool(const AccountRow &)> &take);

    struct Invite {
        QString code;
        QDateTime expires;
    };
    /// Lets so many people register within so many days.
    wire::Result<Invite, QString> makeInvite(int uses, int days);

private:
    explicit Administration(const QString &dataDir);

    std::optional<QString> changeUser(
        const QString &login, const std::function<bool(const wire::UserId &)> &change);
    std::optional<QString> inTransaction(const std::function<bool()> &change);
    void tellServer() const;

    const QString m_dataDir;
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<AccountTable> m_accounts;
};

}
