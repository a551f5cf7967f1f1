#include "server/hub/users.h"

#include "server/db/reader.h"

namespace confab::server {

QList<Session *> User::onMe(const Session *except) const
{
    QList<Session *> result;
    for (Session *session : sessions) {
        if (session->onMe && session != except)
            result.append(session);
    }
    return result;
}

UserPtr Users::find(const wire::UserId &id)
{
    if (UserPtr known = m_users.value(id).lock())
        return known;
    std::optional<UserRecord> record = m_reader.user(id);
    return record ? add(std::move(*record)) : nullptr;
}

QList<Session *> Users::onMe(const wire::UserId &id, const Session *except) const
{
    const UserPtr user = m_users.value(id).lock();
    return user ? user->onMe(except) : QList<Session *>();
}

UserPtr Users::add(UserRecord record)
{
    const auto user = std::make_shared<User>();
    user->record = std::move(record);
    m_users.insert(user->record.id, user);
    return user;
}

void Users::reload(User &user) const
{
    if (std::optional<UserRecord> record = m_reader.user(user.record.id))
        user.record = std::move(*record);
}

void Users::sweep()
{
    m_users.removeIf([](const auto &entry) { return entry.value().expired(); });
}

} // namespace confab::server
