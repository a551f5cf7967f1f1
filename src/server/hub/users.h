#pragma once

#include "server/db/records.h"
#include "server/hub/session.h"

#include <QHash>

#include <memory>

namespace confab::server {

class Reader;

/// A user in memory, with the sessions that are signed in.
struct User {
    UserRecord record;
    QList<Session *> sessions;
    QString ua; ///< of the session that came last

    /// Sessions attached to `me`, but for one.
    QList<Session *> onMe(const Session *except = nullptr) const;
    bool isOnline() const { return !onMe().isEmpty(); }
};

using UserPtr = std::shared_ptr<User>;

/// Users that somebody holds (a session, a commit under way), read from the database when first
/// asked for. Only one object exists for each user.
class Users
{
public:
    explicit Users(const Reader &reader)
        : m_reader(reader)
    {
    }

    /// Null if there is no such user.
    UserPtr find(const wire::UserId &id);
    /// Sessions of this user attached to `me`, but for one. Reads nothing: who is not in memory has
    /// no session.
    QList<Session *> onMe(const wire::UserId &id, const Session *except = nullptr) const;
    /// A user that is not in the database yet; the caller writes it.
    UserPtr add(UserRecord record);
    /// After a failed write: what the database says.
    void reload(User &user) const;
    /// So that nobody finds a deleted account.
    void remove(const wire::UserId &id) { m_users.remove(id); }
    /// Drops the entries that nobody holds.
    void sweep();

private:
    const Reader &m_reader;
    QHash<wire::UserId, std::weak_ptr<User>> m_users;
};

} // namespace confab::server
