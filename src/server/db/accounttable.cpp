#include "server/db/accounttable.h"

#include "wire/card.h"

namespace confab::server {

namespace {

/// A running server looks at once, so older notes have been read.
constexpr int kKeptNotes = 1000;

}

void AccountTable::each(const std::function<bool(const AccountRow &)> &take)
{
    Statement row(m_connection.prepared(QStringLiteral(
        "SELECT u.id, l.login, u.public, u.created, u.seen, d.user IS NOT NULL,"
        " (SELECT count(*) FROM subs s JOIN topics t ON t.id = s.topic WHERE s.user = u.id"
        " AND t.owner = u.id AND substr(t.name, 1, 3) = 'grp') FROM users u"
        " LEFT JOIN logins l ON l.user = u.id LEFT JOIN disabled d ON d.user = u.id"
        " ORDER BY u.created, u.id")));
    for (bool ok = row.run(); ok && row.next();) {
        AccountRow account;
        account.user = row.text(0);
        account.login = row.text(1);
        account.name = wire::Card::fromPublic(wire::JsonBlob::fromBytes(row.bytes(2))).name;
        account.created = row.time(3);
        account.seen = row.time(4);
        account.isDisabled = row.number(5) != 0;
        account.ownGroups = row.number(6);
        if (!take(account))
            return;
    }
}

int AccountTable::count()
{
    Statement row(m_connection.prepared(QStringLiteral("SELECT count(*) FROM users")));
    return row.run() && row.next() ? row.number(0) : 0;
}

std::optional<wire::UserId> AccountTable::userOf(const QString &login)
{
    Statement row(m_connection.prepared(QStringLiteral("SELECT user FROM logins WHERE login = ?")));
    return row.run(login) && row.next() ? std::optional(row.text(0)) : std::nullopt;
}

bool AccountTable::endTokens(const wire::UserId &user)
{
    return run(QStringLiteral("UPDATE users SET serial = serial + 1 WHERE id = ?"), user)
        && noteChange(user);
}

bool AccountTable::noteChange(const wire::UserId &user)
{
    return run(QStringLiteral("INSERT INTO changednotes(user) VALUES(?)"), user)
        && run(QStringLiteral("DELETE FROM changednotes WHERE id <="
                              " (SELECT max(id) FROM changednotes) - ?"),
            kKeptNotes);
}

bool AccountTable::setPasswordHash(const wire::UserId &user, const QByteArray &hash)
{
    return run(QStringLiteral("UPDATE logins SET hash = ? WHERE user = ?"), hash, user)
        && endTokens(user);
}

bool AccountTable::setDisabled(const wire::UserId &user, bool disabled, const QDateTime &now)
{
    if (!disabled)
        return run(QStringLiteral("DELETE FROM disabled WHERE user = ?"), user);
    return run(QStringLiteral("INSERT OR IGNORE INTO disabled(user, since) VALUES(?, ?)"), user,
               now)
        && endTokens(user);
}

bool AccountTable::addInvite(
    const QByteArray &hash, int uses, const QDateTime &expires, const QDateTime &now)
{
    return run(QStringLiteral("DELETE FROM invites WHERE uses <= 0 OR expires <= ?"), now)
        && run(QStringLiteral("INSERT INTO invites(hash, uses, expires) VALUES(?, ?, ?)"), hash,
            uses, expires);
}

}
