#include "server/db/applier.h"

#include "server/logevent.h"
#include "wire/card.h"

#include <algorithm>

namespace confab::server {

namespace {

bool isUniqueTag(const QString &tag)
{
    return tag.startsWith(QLatin1String("alias:")) || tag.startsWith(QLatin1String("basic:"));
}

QString photoOf(const wire::JsonBlob &pub)
{
    return wire::Card::fromPublic(pub).photoRef;
}

} // namespace

WriteOutcome Applier::apply(const WriteOperation &operation)
{
    // Everything else may read or remove what messages have changed.
    if (!std::holds_alternative<StoreMessage>(operation) && !settle())
        return outcome(false);
    return std::visit([this](const auto &one) { return (*this)(one); }, operation);
}

template <typename... Values>
bool Applier::run(const QString &sql, const Values &...values)
{
    Statement statement(m_connection.prepared(sql));
    const bool ok = statement.run(values...);
    if (!ok)
        LogEvent::warning("database-write-failed").with("reason", statement.errorText());
    return ok;
}

/// The first column of the first row, or -1.
template <typename... Values>
int Applier::number(const QString &sql, const Values &...values)
{
    Statement statement(m_connection.prepared(sql));
    return statement.run(values...) && statement.next() ? statement.number(0) : -1;
}

WriteOutcome Applier::outcome(bool ok, int number) const
{
    return {ok ? WriteStatus::Committed : WriteStatus::Failed, number, {}};
}

bool Applier::isLoginTaken(const LoginRecord &login)
{
    return number(QStringLiteral("SELECT count(*) FROM logins WHERE login = ? AND user <> ?"),
               login.login, login.user)
        > 0;
}

bool Applier::isTagTaken(const QString &owner, const QStringList &tags)
{
    for (const QString &tag : tags) {
        if (isUniqueTag(tag)
            && number(QStringLiteral("SELECT count(*) FROM tags WHERE tag = ? AND owner <> ?"), tag,
                   owner)
                > 0)
            return true;
    }
    return false;
}

/// False if the code does not count.
bool Applier::useInvite(const QByteArray &hash, const QDateTime &now)
{
    Statement statement(m_connection.prepared(QStringLiteral(
        "UPDATE invites SET uses = uses - 1 WHERE hash = ? AND uses > 0 AND expires > ?")));
    return statement.run(hash, now) && statement.changedRows() == 1;
}

bool Applier::putLogin(const LoginRecord &login)
{
    return run(QStringLiteral("DELETE FROM logins WHERE user = ?"), login.user)
        && run(QStringLiteral("INSERT INTO logins(login, user, hash) VALUES(?, ?, ?)"), login.login,
            login.user, login.hash);
}

bool Applier::replaceTags(const QString &owner, const QStringList &tags)
{
    bool ok = run(QStringLiteral("DELETE FROM tags WHERE owner = ?"), owner);
    for (const QString &tag : tags)
        ok = ok
            && run(
                QStringLiteral("INSERT OR IGNORE INTO tags(tag, owner) VALUES(?, ?)"), tag, owner);
    return ok;
}

bool Applier::replaceNames(const wire::UserId &user, const QStringList &words)
{
    bool ok = run(QStringLiteral("DELETE FROM names WHERE user = ?"), user);
    for (const QString &word : words)
        ok = ok
            && run(
                QStringLiteral("INSERT OR IGNORE INTO names(word, user) VALUES(?, ?)"), word, user);
    return ok;
}

WriteOutcome Applier::operator()(const AddUser &operation)
{
    const UserRecord &user = operation.user;
    const bool hasLogin = !operation.login.login.isEmpty();
    if ((hasLogin && isLoginTaken(operation.login)) || isTagTaken(user.id, operation.tags))
        return {WriteStatus::Duplicate, 0, {}};
    if (operation.invite && !useInvite(*operation.invite, user.created))
        return {WriteStatus::Refused, 0, {}};
    bool ok
        = run(QStringLiteral(
                  "INSERT INTO users(id, created, updated, seen, ua, auth, anon, wantme, public,"
                  " private, trusted, serial, anonymous)"
                  " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
            user.id, user.created, user.updated, user.seen, user.ua, int(user.defaultAuth),
            int(user.defaultAnon), int(user.wantOfMe), user.pub.bytes(), user.priv.bytes(),
            user.trusted.bytes(), user.tokenSerial, int(user.anonymous));
    ok = ok && (!hasLogin || putLogin(operation.login));
    ok = ok && replaceTags(user.id, operation.tags) && replaceNames(user.id, operation.nameWords);
    return outcome(ok && m_fileLinks.setPhoto(user.id, photoOf(user.pub)));
}

WriteOutcome Applier::operator()(const UpdateUser &operation)
{
    const UserRecord &user = operation.user;
    return outcome(
        run(QStringLiteral(
                "UPDATE users SET updated = ?, auth = ?, anon = ?, wantme = ?, public = ?,"
                " private = ?, trusted = ? WHERE id = ?"),
            user.updated, int(user.defaultAuth), int(user.defaultAnon), int(user.wantOfMe),
            user.pub.bytes(), user.priv.bytes(), user.trusted.bytes(), user.id)
        && replaceNames(user.id, operation.nameWords)
        && m_fileLinks.setPhoto(user.id, photoOf(user.pub)));
}

WriteOutcome Applier::operator()(const SetLogin &operation)
{
    const LoginRecord &login = operation.login;
    if (isLoginTaken(login))
        return {WriteStatus::Duplicate, 0, {}};
    return outcome(putLogin(login)
        && run(QStringLiteral("UPDATE users SET serial = ? WHERE id = ?"), operation.tokenSerial,
            login.user)
        && run(QStringLiteral("DELETE FROM tags WHERE owner = ? AND substr(tag, 1, 6) = 'basic:'"),
            login.user)
        && run(QStringLiteral("INSERT INTO tags(tag, owner) VALUES(?, ?)"),
            QString(QLatin1String("basic:") + login.login), login.user));
}

WriteOutcome Applier::operator()(const RenewHash &operation)
{
    return outcome(run(QStringLiteral("UPDATE logins SET hash = ? WHERE login = ? AND hash = ?"),
        operation.hash, operation.known.login, operation.known.hash));
}

WriteOutcome Applier::operator()(const MarkSeen &operation)
{
    return outcome(run(QStringLiteral("UPDATE users SET seen = ?, ua = ? WHERE id = ?"),
        operation.seen, operation.ua, operation.user));
}

WriteOutcome Applier::operator()(const SetTags &operation)
{
    if (isTagTaken(operation.owner, operation.tags))
        return {WriteStatus::Duplicate, 0, {}};
    const bool ok = replaceTags(operation.owner, operation.tags)
        && run(QStringLiteral("UPDATE users SET updated = ? WHERE id = ?"), operation.updated,
            operation.owner)
        && run(QStringLiteral("UPDATE topics SET updated = ? WHERE name = ?"), operation.updated,
            operation.owner);
    return outcome(ok);
}

WriteOutcome Applier::operator()(const RemoveUser &operation)
{
    const wire::UserId &user = operation.user;
    return outcome(run(QStringLiteral("DELETE FROM logins WHERE user = ?"), user)
        && run(QStringLiteral("DELETE FROM tags WHERE owner = ?"), user)
        && run(QStringLiteral("DELETE FROM names WHERE user = ?"), user)
        && std::all_of(operation.topics.begin(), operation.topics.end(),
            [this](const RemoveTopic &topic) { return removeTopic(topic); })
        && run(QStringLiteral("DELETE FROM dellog WHERE user = ? AND topic IN"
                              " (SELECT topic FROM subs WHERE user = ?)"),
            user, user)
        && run(QStringLiteral("DELETE FROM subs WHERE user = ?"), user)
        && run(QStringLiteral("DELETE FROM disabled WHERE user = ?"), user)
        && run(QStringLiteral("DELETE FROM users WHERE id = ?"), user)
        && m_fileLinks.setPhoto(user, {}));
}

WriteOutcome Applier::operator()(const AddTopic &operation)
{
    const TopicRecord &topic = operation.topic;
    if (isTagTaken(topic.key, operation.tags))
        return {WriteStatus::Duplicate, 0, {}};
    bool ok = run(
        QStringLiteral("INSERT INTO topics(id, name, created, updated, touched, owner, seq, delid,"
                       " harddelid, auth, anon, public, trusted, aux, channel)"
                       " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        topic.id, topic.key, topic.created, topic.updated, topic.touched, topic.owner, topic.seq,
        topic.delId, topic.hardDelId, int(topic.defaultAuth), int(topic.defaultAnon),
        topic.pub.bytes(), topic.trusted.bytes(), topic.aux.bytes(), int(topic.channel));
    for (const MemberRecord &member : operation.members)
        ok = ok && putMember(member);
    ok = ok && (operation.tags.isEmpty() || replaceTags(topic.key, operation.tags));
    return outcome(ok && m_fileLinks.setPhoto(topic.key, photoOf(topic.pub)));
}

WriteOutcome Applier::operator()(const UpdateTopic &operation)
{
    const TopicRecord &topic = operation.topic;
    return outcome(
        run(QStringLiteral(
                "UPDATE topics SET updated = ?, owner = ?, auth = ?, anon = ?, public = ?,"
                " trusted = ?, aux = ? WHERE id = ?"),
            topic.updated, topic.owner, int(topic.defaultAuth), int(topic.defaultAnon),
            topic.pub.bytes(), topic.trusted.bytes(), topic.aux.bytes(), topic.id)
        && m_fileLinks.setPhoto(topic.key, photoOf(topic.pub)));
}

WriteOutcome Applier::operator()(const RemoveTopic &operation)
{
    return outcome(removeTopic(operation));
}

bool Applier::removeTopic(const RemoveTopic &topic)
{
    return run(QStringLiteral("DELETE FROM messages WHERE topic = ?"), topic.id)
        && run(QStringLiteral("DELETE FROM dellog WHERE topic = ?"), topic.id)
        && run(QStringLiteral("DELETE FROM subs WHERE topic = ?"), topic.id)
        && run(QStringLiteral("DELETE FROM tags WHERE owner = ?"), topic.key)
        && run(QStringLiteral("DELETE FROM topics WHERE id = ?"), topic.id)
        && m_fileLinks.removeMessages(topic.id, {0, wire::kMaxSeq + 1})
        && m_fileLinks.setPhoto(topic.key, {});
}

bool Applier::putMember(const MemberRecord &member)
{
    return run(
        QStringLiteral(
            "INSERT OR REPLACE INTO subs(topic, user, want, given, read, recv, delid, private,"
            " created, updated, deleted, reader) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        member.topicId, member.user, int(member.want), int(member.given), member.read, member.recv,
        member.delId, member.priv.bytes(), member.created, member.updated, member.deleted,
        int(member.reader));
}

WriteOutcome Applier::operator()(const PutMembers &operation)
{
    // A topic that was deleted meanwhile gets no subscriptions.
    bool ok
        = number(QStringLiteral("SELECT count(*) FROM topics WHERE id = ?"), operation.topicId) > 0
        && run(QStringLiteral("UPDATE topics SET owner = ? WHERE id = ?"), operation.owner,
            operation.topicId);
    for (const MemberRecord &member : operation.members)
        ok = ok && putMember(member);
    return outcome(ok);
}

WriteOutcome Applier::operator()(const MoveMarks &operation)
{
    return outcome(run(QStringLiteral("UPDATE subs SET read = max(read, ?), recv = max(recv, ?)"
                                      " WHERE topic = ? AND user = ?"),
        operation.read, operation.recv, operation.topicId, operation.user));
}

WriteOutcome Applier::operator()(const StoreMessage &operation)
{
    const WriteOutcome stored = m_messages.append(operation);
    const bool linked = stored.status != WriteStatus::Committed
        || m_fileLinks.addMessage(operation.topicId, stored.number, operation.files);
    return linked ? stored : outcome(false);
}

WriteOutcome Applier::operator()(const RemoveMessages &operation)
{
    const bool forAll = operation.onlyFor.isEmpty();
    const int delId
        = number(QStringLiteral("SELECT delid FROM topics WHERE id = ?"), operation.topicId) + 1;
    bool ok = delId > 0
        && run(QStringLiteral(
                   "UPDATE topics SET delid = ?, harddelid = CASE WHEN ? THEN ? ELSE harddelid END"
                   " WHERE id = ?"),
            delId, int(forAll), delId, operation.topicId);
    for (const wire::SeqRange &range : operation.ranges) {
        ok = ok
            && run(QStringLiteral(
                       "INSERT INTO dellog(topic, delid, low, hi, user) VALUES(?, ?, ?, ?, ?)"),
                operation.topicId, delId, range.low, range.hi, operation.onlyFor);
        if (forAll) {
            ok = ok
                && run(
                    QStringLiteral("DELETE FROM messages WHERE topic = ? AND seq >= ? AND seq < ?"),
                    operation.topicId, range.low, range.hi)
                && m_fileLinks.removeMessages(operation.topicId, range);
        }
    }
    if (!forAll) {
        ok = ok
            && run(QStringLiteral("UPDATE subs SET delid = ? WHERE topic = ? AND user = ?"), delId,
                operation.topicId, operation.onlyFor);
    }
    return outcome(ok, delId);
}

WriteOutcome Applier::operator()(const AddFile &operation)
{
    const FileRecord &file = operation.file;
    return outcome(run(QStringLiteral("INSERT INTO files(id, user, size, type, created, unlinked)"
                                      " VALUES(?, ?, ?, ?, ?, ?)"),
        file.id, file.user, file.size, QString::fromLatin1(file.type), file.created, file.created));
}

WriteOutcome Applier::operator()(const RemoveUnlinkedFile &operation)
{
    Statement statement(
        m_connection.prepared(QStringLiteral("DELETE FROM files WHERE id = ? AND unlinked > 0")));
    const bool ok = statement.run(operation.id);
    return outcome(ok, ok ? statement.changedRows() : 0);
}

} // namespace confab::server
