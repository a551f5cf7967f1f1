#pragma once

#include "server/db/accountrow.h"
#include "server/db/connection.h"

#include <QDateTime>

#include <functional>
#include <optional>

namespace confab::server {

/// In the folder of the database; opened for writing after each change that left a note, because a
/// server that slept between would have to wake for looking.
inline constexpr QLatin1String kAccountsChangedName("accounts-changed");

/// Accounts and invite codes, changed beside a server that may be running on the same file: each
/// change leaves a note by which that server learns of it (Reader::changedAccounts). The caller
/// opens and closes transactions. False and empty results mean that SQLite failed, and lastError()
/// of the connection or the log says how, or that nothing is there.
class AccountTable
{
public:
    explicit AccountTable(Connection &connection)
        : m_connection(connection)
    {
    }

    /// In the order in which they were made; false ends it.
    void each(const std::function<bool(const AccountRow &)> &take);
    int count();
    std::optional<wire::UserId> userOf(const QString &login);

    /// Every token given out so far ends.
    bool setPasswordHash(const wire::UserId &user, const QByteArray &hash);
    /// Every token given out so far ends, too, when it is disabled.
    bool setDisabled(const wire::UserId &user, bool disabled, const QDateTime &now);

    /// So that a running server looks at the account again; everything else that is changed here
    /// says so by itself.
    bool noteChange(const wire::UserId &user);

    /// Those that no longer count are forgotten.
    bool addInvite(
        const QByteArray &hash, int uses, const QDateTime &expires, const QDateTime &now);

private:
    bool endTokens(const wire::UserId &user);

    template <typename... Values>
    bool run(const QString &sql, const Values &...values)
    {
        return Statement(m_connection.prepared(sql)).run(values...);
    }

    Connection &m_connection;
};

}
