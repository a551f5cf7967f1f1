#include "server/db/reader.h"

#include "server/db/connection.h"

#include <algorithm>

namespace confab::server {

using wire::AccessMode;
using wire::JsonBlob;
using wire::SeqRange;

namespace {

#define CONFAB_TOPIC_COLUMNS                                                                       \
    "t.id, t.name, t.created, t.updated, t.touched, t.owner, t.seq, t.delid, t.harddelid, t.auth," \
    " t.anon, t.public, t.trusted, t.aux, t.channel"
#define CONFAB_SUB_COLUMNS                                                                         \
    "s.topic, s.user, s.want, s.given, s.read, s.recv, s.delid, s.private, s.created, s.updated, " \
    "s.deleted, s.reader"
constexpr int kTopicColumns = 15;
constexpr int kSubColumns = 12;

AccessMode modeAt(const Statement &row, int column)
{
    return AccessMode(row.number(column));
}

JsonBlob blobAt(const Statement &row, int column)
{
    return JsonBlob::fromBytes(row.bytes(column));
}

TopicRecord topicAt(const Statement &row)
{
    TopicRecord topic;
    topic.id = row.bigNumber(0);
    topic.key = row.text(1);
    topic.created = row.time(2);
    topic.updated = row.time(3);
    topic.touched = row.time(4);
    topic.owner = row.text(5);
    topic.seq = row.number(6);
    topic.delId = row.number(7);
    topic.hardDelId = row.number(8);
    topic.defaultAuth = modeAt(row, 9);
    topic.defaultAnon = modeAt(row, 10);
    topic.pub = blobAt(row, 11);
    topic.trusted = blobAt(row, 12);
    topic.aux = blobAt(row, 13);
    topic.channel = row.number(14) != 0;
    return topic;
}

MemberRecord memberAt(const Statement &row, int first)
{
    MemberRecord member;
    member.topicId = row.bigNumber(first);
    member.user = row.text(first + 1);
    member.want = modeAt(row, first + 2);
    member.given = modeAt(row, first + 3);
    member.read = row.number(first + 4);
    member.recv = row.number(first + 5);
    member.delId = row.number(first + 6);
    member.priv = blobAt(row, first + 7);
    member.created = row.time(first + 8);
    member.updated = row.time(first + 9);
    member.deleted = row.time(first + 10);
    member.reader = row.number(first + 11) != 0;
    return member;
}

LoginRecord loginAt(const Statement &row)
{
    LoginRecord login;
    login.login = row.text(0);
    login.user = row.text(1);
    login.hash = row.bytes(2);
    return login;
}

QList<SeqRange> merged(QList<SeqRange> ranges)
{
    std::sort(ranges.begin(), ranges.end(),
        [](const SeqRange &a, const SeqRange &b) { return a.low < b.low; });
    QList<SeqRange> result;
    for (const SeqRange &range : std::as_const(ranges)) {
        if (!result.isEmpty() && range.low <= result.last().hi)
            result.last().hi = std::max(result.last().hi, range.hi);
        else
            result.append(range);
    }
    return result;
}

} // namespace

QString Reader::epoch() const
{
    return texts(QStringLiteral("SELECT value FROM meta WHERE key = ?"), QStringLiteral("epoch"))
        .value(0);
}

qint64 Reader::lastTopicId() const
{
    Statement row(m_connection.prepared(QStringLiteral("SELECT max(id) FROM topics")));
    return ran(row, row.run()) && row.next() ? row.bigNumber(0) : 0;
}

std::optional<UserRecord> Reader::user(const wire::UserId &id) const
{
    Statement row(
        m_connection.prepared(QStringLiteral("SELECT id, created, updated, seen, ua, auth, anon, "
                                             "wantme, public, private, trusted, serial,"
                                             " anonymous FROM users WHERE id = ?")));
    if (!ran(row, row.run(id)) || !row.next())
        return std::nullopt;
    UserRecord user;
    user.id = row.text(0);
    user.created = row.time(1);
    user.updated = row.time(2);
    user.seen = row.time(3);
    user.ua = row.text(4);
    user.defaultAuth = modeAt(row, 5);
    user.defaultAnon = modeAt(row, 6);
    user.wantOfMe = modeAt(row, 7);
    user.pub = blobAt(row, 8);
    user.priv = blobAt(row, 9);
    user.trusted = blobAt(row, 10);
    user.tokenSerial = row.number(11);
    user.anonymous = row.number(12) != 0;
    return user;
}

std::optional<LoginRecord> Reader::login(const QString &name) const
{
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT login, user, hash FROM logins WHERE login = ?")));
    if (!ran(row, row.run(name)) || !row.next())
        return std::nullopt;
    return loginAt(row);
}

std::optional<LoginRecord> Reader::loginOf(const wire::UserId &user) const
{
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT login, user, hash FROM logins WHERE user = ?")));
    if (!ran(row, row.run(user)) || !row.next())
        return std::nullopt;
    return loginAt(row);
}

bool Reader::isDisabled(const wire::UserId &user) const
{
    Statement row(m_connection.prepared(QStringLiteral("SELECT 1 FROM disabled WHERE user = ?")));
    return ran(row, row.run(user)) && row.next();
}

Reader::ChangedAccounts Reader::changedAccounts(qint64 sinceNote) const
{
    ChangedAccounts changed{sinceNote, {}};
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT id, user FROM changednotes WHERE id > ? ORDER BY id")));
    for (bool ok = ran(row, row.run(sinceNote)); ok && row.next();) {
        changed.lastNote = row.bigNumber(0);
        if (!changed.users.contains(row.text(1)))
            changed.users.append(row.text(1));
    }
    return changed;
}

QStringList Reader::tagsOf(const QString &owner) const
{
    return texts(QStringLiteral("SELECT tag FROM tags WHERE owner = ? ORDER BY tag"), owner);
}

QStringList Reader::ownersOfTag(const QString &tag) const
{
    return texts(
        QStringLiteral("SELECT owner FROM tags WHERE tag = ? ORDER BY owner LIMIT 100"), tag);
}

QStringList Reader::texts(const QString &sql, const QString &argument) const
{
    QStringList result;
    Statement row(m_connection.prepared(sql));
    if (ran(row, row.run(argument))) {
        while (row.next())
            result.append(row.text(0));
    }
    return result;
}

std::optional<StoredTopic> Reader::topic(const TopicKey &key) const
{
    StoredTopic stored;
    {
        Statement row(m_connection.prepared(
            QStringLiteral("SELECT " CONFAB_TOPIC_COLUMNS " FROM topics t WHERE t.name = ?")));
        if (!ran(row, row.run(key)) || !row.next())
            return std::nullopt;
        stored.topic = topicAt(row);
    }
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT " CONFAB_SUB_COLUMNS " FROM subs s WHERE s.topic = ?")));
    if (!ran(row, row.run(stored.topic.id)))
        return std::nullopt;
    while (row.next())
        stored.members.append(memberAt(row, 0));
    return stored;
}

QList<ChatRecord> Reader::chatsOf(const wire::UserId &user, const QDateTime &since, int limit) const
{
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT " CONFAB_TOPIC_COLUMNS ", " CONFAB_SUB_COLUMNS ","
                       " (SELECT count(*) FROM subs o WHERE o.topic = t.id AND o.deleted = 0)"
                       " FROM subs s JOIN topics t ON t.id = s.topic"
                       " WHERE s.user = ? AND (CASE WHEN ? > 0 THEN max(s.updated, s.deleted, "
                       "t.updated, t.touched) > ?"
                       " ELSE s.deleted = 0 END) ORDER BY t.touched DESC LIMIT ?")));
    QList<ChatRecord> chats;
    if (!ran(row, row.run(user, since, since, limit)))
        return chats;
    while (row.next()) {
        ChatRecord chat;
        chat.topic = topicAt(row);
        chat.member = memberAt(row, kTopicColumns);
        chat.subscribers = row.number(kTopicColumns + kSubColumns);
        chats.append(chat);
    }
    return chats;
}

QList<PartnerRecord> Reader::partnersOf(const wire::UserId &user) const
{
    Statement row(m_connection.prepared(QStringLiteral(
        "SELECT o.user, s.want & s.given, o.want & o.given FROM subs s JOIN topics t ON t.id = "
        "s.topic"
        " JOIN subs o ON o.topic = s.topic AND o.user <> s.user"
        " WHERE s.user = ? AND s.deleted = 0 AND o.deleted = 0 AND substr(t.name, 1, 3) = 'p2p'")));
    QList<PartnerRecord> partners;
    if (!ran(row, row.run(user)))
        return partners;
    while (row.next())
        partners.append({row.text(0), modeAt(row, 1), modeAt(row, 2)});
    return partners;
}

QList<TopicRecord> Reader::topicsOwnedBy(const wire::UserId &user) const
{
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT " CONFAB_TOPIC_COLUMNS " FROM subs s JOIN topics t ON t.id = s.topic"
                       " WHERE s.user = ? AND t.owner = s.user")));
    QList<TopicRecord> topics;
    if (!ran(row, row.run(user)))
        return topics;
    while (row.next())
        topics.append(topicAt(row));
    return topics;
}

QList<MessageRecord> Reader::messages(
    qint64 topicId, const wire::UserId &user, const wire::PageOptions &page, int limit) const
{
    QList<SeqRange> ranges = merged(page.ranges);
    if (ranges.isEmpty())
        ranges = {{page.since, page.before > 0 ? page.before : wire::kMaxSeq + 1}};
    QList<MessageRecord> result;
    for (auto range = ranges.crbegin(); range != ranges.crend() && result.size() < limit; ++range) {
        Statement row(m_connection.prepared(QStringLiteral(
            "SELECT m.seq, m.sender, m.ts, m.head, m.content FROM messages m"
            " WHERE m.topic = ? AND m.seq >= ? AND m.seq < ? AND NOT EXISTS (SELECT 1 FROM dellog d"
            " WHERE d.topic = m.topic AND d.user = ? AND m.seq >= d.low AND m.seq < d.hi)"
            " ORDER BY m.seq DESC LIMIT ?")));
        if (!ran(row, row.run(topicId, range->low, range->hi, user, limit - int(result.size()))))
            break;
        while (row.next())
            result.append({row.number(0), row.text(1), row.time(2), row.bytes(3), row.bytes(4)});
    }
    return result;
}

wire::UserId Reader::senderOf(qint64 topicId, wire::Seq seq) const
{
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT sender FROM messages WHERE topic = ? AND seq = ?")));
    return ran(row, row.run(topicId, seq)) && row.next() ? row.text(0) : wire::UserId();
}

wire::Seq Reader::firstSince(qint64 topicId, const SeqRange &range, const QDateTime &since) const
{
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT seq FROM messages WHERE topic = ? AND seq >= ? AND seq < ?"
                       " AND ts < ? ORDER BY seq DESC LIMIT 1")));
    return ran(row, row.run(topicId, range.low, range.hi, since)) && row.next() ? row.number(0) + 1
                                                                                : range.low;
}

DeletionsRecord Reader::deletions(
    qint64 topicId, const wire::UserId &user, int since, int before, int limit) const
{
    Statement row(m_connection.prepared(QStringLiteral(
        "SELECT delid, low, hi FROM dellog WHERE topic = ? AND delid >= ? AND delid < ?"
        " AND user IN ('', ?) ORDER BY delid")));
    DeletionsRecord result;
    if (!ran(row,
            row.run(topicId, since, before > 0 ? before : std::numeric_limits<int>::max(), user)))
        return result;
    while (row.next()) {
        // A transaction is never cut: who asks for the next one would miss the rest of it.
        if (result.ranges.size() >= limit && row.number(0) != result.lastId)
            break;
        result.lastId = row.number(0);
        result.ranges.append({row.number(1), row.number(2)});
    }
    result.ranges = merged(result.ranges);
    return result;
}

std::optional<FileRecord> Reader::file(const QString &id) const
{
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT id, user, size, type, created FROM files WHERE id = ?")));
    if (!ran(row, row.run(id)) || !row.next())
        return std::nullopt;
    return FileRecord{
        row.text(0), row.text(1), row.bigNumber(2), row.text(3).toLatin1(), row.time(4)};
}

qint64 Reader::fileBytesOf(const wire::UserId &user) const
{
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT coalesce(sum(size), 0) FROM files WHERE user = ?")));
    return ran(row, row.run(user)) && row.next() ? row.bigNumber(0) : 0;
}

QStringList Reader::unlinkedFiles(const QDateTime &before, int limit) const
{
    QStringList ids;
    Statement row(m_connection.prepared(
        QStringLiteral("SELECT id FROM files WHERE unlinked > 0 AND unlinked < ? LIMIT ?")));
    if (ran(row, row.run(before, limit))) {
        while (row.next())
            ids.append(row.text(0));
    }
    return ids;
}

} // namespace confab::server
