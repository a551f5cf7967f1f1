#include "server/db/migrations.h"

namespace confab::server {

namespace {

// Dates are milliseconds since 1970, 0 for none; access modes are the protocol's bits; JSON is
// UTF-8.
Migration firstVersion()
{
    return {
        QStringLiteral(
            "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE users(id TEXT PRIMARY KEY, created INTEGER NOT NULL, updated "
                       "INTEGER NOT NULL,"
                       " seen INTEGER NOT NULL, ua TEXT NOT NULL, auth INTEGER NOT NULL, anon "
                       "INTEGER NOT NULL,"
                       " wantme INTEGER NOT NULL, public BLOB NOT NULL, private BLOB NOT NULL,"
                       " trusted BLOB NOT NULL, serial INTEGER NOT NULL, anonymous INTEGER NOT "
                       "NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE logins(login TEXT PRIMARY KEY, user TEXT NOT NULL UNIQUE,"
                       " hash BLOB NOT NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE tags(tag TEXT NOT NULL, owner TEXT NOT NULL,"
                       " PRIMARY KEY(tag, owner)) WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX tags_owner ON tags(owner)"),
        // An alias and a login name belong to one owner only (protocol.md §9.2, set tags).
        QStringLiteral("CREATE UNIQUE INDEX tags_unique ON tags(tag)"
                       " WHERE substr(tag, 1, 6) IN ('alias:', 'basic:')"),
        QStringLiteral("CREATE TABLE names(word TEXT NOT NULL, user TEXT NOT NULL,"
                       " PRIMARY KEY(word, user)) WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX names_user ON names(user)"),
        QStringLiteral(
            "CREATE TABLE topics(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
            " created INTEGER NOT NULL, updated INTEGER NOT NULL, touched INTEGER NOT NULL,"
            " owner TEXT NOT NULL, seq INTEGER NOT NULL, delid INTEGER NOT NULL,"
            " harddelid INTEGER NOT NULL, auth INTEGER NOT NULL, anon INTEGER NOT NULL,"
            " public BLOB NOT NULL, trusted BLOB NOT NULL, aux BLOB NOT NULL)"),
        QStringLiteral(
            "CREATE TABLE subs(topic INTEGER NOT NULL, user TEXT NOT NULL, want INTEGER NOT NULL,"
            " given INTEGER NOT NULL, read INTEGER NOT NULL, recv INTEGER NOT NULL,"
            " delid INTEGER NOT NULL, private BLOB NOT NULL, created INTEGER NOT NULL,"
            " updated INTEGER NOT NULL, deleted INTEGER NOT NULL, PRIMARY KEY(topic, user)) "
            "WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX subs_user ON subs(user)"),
        QStringLiteral(
            "CREATE TABLE messages(topic INTEGER NOT NULL, seq INTEGER NOT NULL, sender TEXT NOT "
            "NULL,"
            " ts INTEGER NOT NULL, head BLOB NOT NULL, content BLOB NOT NULL, cid TEXT NOT NULL,"
            " PRIMARY KEY(topic, seq)) WITHOUT ROWID"),
        QStringLiteral("CREATE UNIQUE INDEX messages_cid ON messages(topic, sender, cid)"
                       " WHERE cid <> ''"),
        // user is '' where the deletion is for everybody.
        QStringLiteral("CREATE TABLE dellog(topic INTEGER NOT NULL, delid INTEGER NOT NULL, low "
                       "INTEGER NOT NULL,"
                       " hi INTEGER NOT NULL, user TEXT NOT NULL, PRIMARY KEY(topic, delid, low)) "
                       "WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX dellog_user ON dellog(topic, user, low)"),
    };
}

// Uploaded files, by ids that are also their names on disk, and what refers to them: a message
// (topic and seq) or the public photo of a user or group (owner). unlinked is when the last
// reference went, 0 while there is one.
Migration addFiles()
{
    return {
        QStringLiteral("CREATE TABLE files(id TEXT PRIMARY KEY, user TEXT NOT NULL,"
                       " size INTEGER NOT NULL, type TEXT NOT NULL, created INTEGER NOT NULL,"
                       " unlinked INTEGER NOT NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX files_user ON files(user, size)"),
        QStringLiteral("CREATE INDEX files_unlinked ON files(unlinked) WHERE unlinked > 0"),
        QStringLiteral("CREATE TABLE filelinks(file TEXT NOT NULL, topic INTEGER NOT NULL,"
                       " seq INTEGER NOT NULL, owner TEXT NOT NULL,"
                       " PRIMARY KEY(file, topic, seq, owner)) WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX filelinks_message ON filelinks(topic, seq) WHERE topic > 0"),
        QStringLiteral("CREATE INDEX filelinks_owner ON filelinks(owner) WHERE owner <> ''"),
    };
}

/// What confabd's subcommands need: accounts that may not sign in, codes to register with (their
/// SHA-256, how often they still count, until when), and notes by which a running server learns
/// that an account was changed beside it.
Migration addAdministration()
{
    return {
        QStringLiteral("CREATE TABLE disabled(user TEXT PRIMARY KEY, since INTEGER NOT NULL)"
                       " WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE invites(hash BLOB PRIMARY KEY, uses INTEGER NOT NULL,"
                       " expires INTEGER NOT NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE changednotes(id INTEGER PRIMARY KEY AUTOINCREMENT,"
                       " user TEXT NOT NULL)"),
    };
}

/// Channels: groups that people read without belonging to them.
Migration addChannels()
{
    return {
        QStringLiteral("ALTER TABLE topics ADD COLUMN channel INTEGER NOT NULL DEFAULT 0"),
        QStringLiteral("ALTER TABLE subs ADD COLUMN reader INTEGER NOT NULL DEFAULT 0"),
    };
}

} // namespace

const QList<Migration> &migrations()
{
    static const QList<Migration> kMigrations{
        firstVersion(),
        addFiles(),
        addAdministration(),
        addChannels(),
    };
    return kMigrations;
}

} // namespace confab::server
