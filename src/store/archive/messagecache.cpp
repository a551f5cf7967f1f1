#include "store/archive/messagecache.h"

#include "store/archive/columns.h"

#include <QSet>

#include <algorithm>

namespace confab {

using namespace columns;

namespace {

/// One B-tree serves paging and, later, the order of search results (performance.md §4): the key of a
/// message is its topic's number and its seq.
constexpr int kSeqBits = 40;

qint64 keyOf(qint64 topic, Seq seq)
{
    return (topic << kSeqBits) | seq;
}

Seq seqOf(qint64 key)
{
    return Seq(key & ((qint64(1) << kSeqBits) - 1));
}

Database::Migrations migrations()
{
    return {
        {
            QStringLiteral("CREATE TABLE self("
                           "id INTEGER PRIMARY KEY CHECK (id = 1), user TEXT, card BLOB)"),
            QStringLiteral("CREATE TABLE people("
                           "id INTEGER PRIMARY KEY, user TEXT NOT NULL UNIQUE, card BLOB)"),
            // listed = 0: messages came before the chat itself
            QStringLiteral("CREATE TABLE topics("
                           "id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
                           "listed INTEGER NOT NULL DEFAULT 0,"
                           "card BLOB, comment TEXT, want INTEGER, given INTEGER,"
                           "seq INTEGER, read INTEGER, recv INTEGER, clear INTEGER, members INTEGER,"
                           "touched INTEGER, updated INTEGER, last_seen INTEGER,"
                           "preview_seq INTEGER, preview_from TEXT, preview_text TEXT,"
                           "preview_ts INTEGER,"
                           "pinned INTEGER, muted INTEGER, archived INTEGER)"),
            QStringLiteral("CREATE TABLE known("
                           "topic INTEGER NOT NULL REFERENCES topics(id) ON DELETE CASCADE,"
                           "low INTEGER NOT NULL, hi INTEGER NOT NULL CHECK (hi > low),"
                           "PRIMARY KEY (topic, low)) WITHOUT ROWID"),
            QStringLiteral("CREATE TABLE messages("
                           "id INTEGER PRIMARY KEY, sender INTEGER REFERENCES people(id),"
                           "ts INTEGER, head BLOB, content BLOB, text TEXT,"
                           "edited INTEGER NOT NULL, edit_of INTEGER, cid TEXT)"),
            QStringLiteral("CREATE INDEX edits ON messages(edit_of) WHERE edit_of IS NOT NULL"),
            // of own messages only: what the outbox is compared with (R4)
            QStringLiteral("CREATE INDEX cids ON messages(cid) WHERE cid IS NOT NULL"),
        },
    };
}

/// In the order of topicValues() and toTopic().
QStringList topicColumns()
{
    return QStringLiteral("name listed card comment want given seq read recv clear members touched "
                          "updated last_seen preview_seq preview_from preview_text preview_ts pinned "
                          "muted archived")
        .split(u' ');
}

QString topicUpsert()
{
    const QStringList columns = topicColumns();
    QStringList changes;
    for (const QString &column : columns)
        changes.append(column + QStringLiteral("=excluded.") + column);
    return QStringLiteral("INSERT INTO topics(") + columns.join(u',') + QStringLiteral(") VALUES(")
        + QStringList(columns.size(), QStringLiteral("?")).join(u',')
        + QStringLiteral(") ON CONFLICT(name) DO UPDATE SET ") + changes.join(u',');
}

QVariantList topicValues(const TopicInfo &info)
{
    return {info.name,
            1,
            fromCard(info.card),
            info.comment,
            fromAccess(info.acs, &wire::Acs::want),
            fromAccess(info.acs, &wire::Acs::given),
            info.seq,
            info.read,
            info.recv,
            info.clear,
            info.memberCount,
            fromTime(info.touched),
            fromTime(info.updated),
            fromTime(info.lastSeen),
            info.preview.seq,
            info.preview.from,
            info.preview.text,
            fromTime(info.preview.ts),
            info.pinned,
            info.muted,
            info.archived};
}

TopicInfo toTopic(const QSqlQuery &row)
{
    TopicInfo info;
    int column = 0;
    const auto next = [&row, &column] { return row.value(column++); };
    info.name = next().toString();
    ++column; // listed
    info.card = toCard(next());
    info.comment = next().toString();
    const QVariant want = next();
    info.acs = toAccess(want, next());
    info.seq = next().toInt();
    info.read = next().toInt();
    info.recv = next().toInt();
    info.clear = next().toInt();
    info.memberCount = next().toInt();
    info.touched = toTime(next());
    info.updated = toTime(next());
    info.lastSeen = toTime(next());
    info.preview.seq = next().toInt();
    info.preview.from = next().toString();
    info.preview.text = next().toString();
    info.preview.ts = toTime(next());
    info.pinned = next().toBool();
    info.muted = next().toBool();
    info.archived = next().toBool();
    return info;
}

Message toMessage(const QSqlQuery &row)
{
    Message message;
    message.seq = seqOf(row.value(0).toLongLong());
    message.from = row.value(1).toString();
    message.ts = toTime(row.value(2));
    message.head = wire::Head(toBlob(row.value(3)));
    message.content = toBlob(row.value(4));
    message.text = row.value(5).toString();
    message.edited = row.value(6).toBool();
    return message;
}

}

MessageCache::MessageCache(const QString &folder)
    : m_database(folder + QStringLiteral("/archive.db"), Database::Durability::Normal, migrations())
{
}

bool MessageCache::load(ArchiveSnapshot &snapshot)
{
    const QString topics = QStringLiteral("SELECT ") + topicColumns().join(u',')
        + QStringLiteral(" FROM topics WHERE listed ORDER BY id");
    return loadPeople(snapshot) && m_database.each(topics, {}, [&](const QSqlQuery &row) {
        snapshot.topics.append(toTopic(row));
    });
}

bool MessageCache::loadPeople(ArchiveSnapshot &snapshot)
{
    const auto readSelf = [&](const QSqlQuery &row) {
        snapshot.self = row.value(0).toString();
        snapshot.selfCard = toCard(row.value(1));
    };
    const auto readPerson = [&](const QSqlQuery &row) {
        snapshot.users.append({row.value(0).toString(), toCard(row.value(1))});
    };
    if (!m_database.each(QStringLiteral("SELECT user, card FROM self"), {}, readSelf))
        return false;
    m_self = snapshot.self;
    return m_database.each(QStringLiteral("SELECT user, card FROM people WHERE card IS NOT NULL"), {},
                           readPerson);
}

bool MessageCache::loadPage(ArchivePage &page, int limit)
{
    const qint64 topic = topicNumber(page.topic);
    if (topic == 0)
        return failure().kind == SqlFailure::Kind::None;
    const qint64 top = keyOf(topic, page.before > 0 ? page.before : wire::kMaxSeq + 1);
    qint64 bottom = top;
    const bool found = m_database.each(
        QStringLiteral("SELECT min(id) FROM (SELECT id FROM messages WHERE id >= ? AND id < ? "
                       "AND edit_of IS NULL ORDER BY id DESC LIMIT ?)"),
        {keyOf(topic, 0), top, limit}, [&](const QSqlQuery &row) {
            if (!row.value(0).isNull())
                bottom = row.value(0).toLongLong();
        });
    // All of the stretch, and from above it the edits that belong to it.
    return found
        && m_database.each(
            QStringLiteral(
                "SELECT m.id, p.user, m.ts, m.head, m.content, m.text, m.edited FROM messages m "
                "LEFT JOIN people p ON p.id = m.sender WHERE m.id IN ("
                "SELECT id FROM messages WHERE id >= ? AND id < ? UNION "
                "SELECT id FROM messages WHERE edit_of >= ? AND edit_of < ?) ORDER BY m.id"),
            {bottom, top, bottom, top},
            [&](const QSqlQuery &row) { page.messages.append(toMessage(row)); })
        && loadKnown(topic, page.known);
}

bool MessageCache::loadKnown(qint64 topic, SeqRanges &known)
{
    return m_database.each(QStringLiteral("SELECT low, hi FROM known WHERE topic = ? ORDER BY low"),
                           {topic}, [&](const QSqlQuery &row) {
                               known.add({row.value(0).toInt(), row.value(1).toInt()});
                           });
}

bool MessageCache::holdsOwn(const QString &cid, bool &held)
{
    held = false;
    return m_database.each(QStringLiteral("SELECT 1 FROM messages WHERE cid = ? LIMIT 1"), {cid},
                           [&held](const QSqlQuery &) { held = true; });
}

bool MessageCache::saveSelf(const UserId &user, const wire::Card &card)
{
    m_self = user;
    return m_database.run(QStringLiteral("INSERT OR REPLACE INTO self(id, user, card) VALUES(1, ?, ?)"),
                          {user, fromCard(card)});
}

bool MessageCache::saveTopic(const TopicInfo &info)
{
    static const QString kUpsert = topicUpsert();
    return m_database.run(kUpsert, topicValues(info));
}

bool MessageCache::removeTopic(const TopicName &name)
{
    return m_database.transaction([&] {
        const qint64 topic = topicNumber(name);
        if (topic == 0)
            return failure().kind == SqlFailure::Kind::None;
        return m_database.run(QStringLiteral("DELETE FROM messages WHERE id >= ? AND id < ?"),
                              {keyOf(topic, 0), keyOf(topic + 1, 0)})
            && m_database.run(QStringLiteral("DELETE FROM topics WHERE id = ?"), {topic});
    });
}

bool MessageCache::saveUser(const UserId &user, const wire::Card &card)
{
    return m_database.run(QStringLiteral("INSERT INTO people(user, card) VALUES(?, ?) "
                                         "ON CONFLICT(user) DO UPDATE SET card = excluded.card"),
                          {user, fromCard(card)});
}

bool MessageCache::saveMessages(const TopicName &topic, const QList<Message> &messages)
{
    return m_database.transaction([&] {
        const qint64 number = makeTopicNumber(topic);
        SeqRanges stored;
        QSet<UserId> senders;
        for (const Message &message : messages) {
            if (!message.from.isEmpty() && !senders.contains(message.from)) {
                senders.insert(message.from);
                if (!m_database.run(QStringLiteral("INSERT INTO people(user) VALUES(?) "
                                                   "ON CONFLICT(user) DO NOTHING"),
                                    {message.from}))
                    return false;
            }
            if (number == 0 || !insertMessage(number, message))
                return false;
            stored.add(message.seq);
        }
        const QList<SeqRange> &ranges = stored.ranges();
        return number != 0 && std::all_of(ranges.begin(), ranges.end(), [&](const SeqRange &range) {
                   return addKnown(number, range);
               });
    });
}

bool MessageCache::insertMessage(qint64 topic, const Message &message)
{
    const Seq original = message.head.replaces();
    const QString cid = message.head.cid();
    const bool own = m_self.isEmpty() || message.from == m_self;
    return m_database.run(
        QStringLiteral("INSERT INTO messages(id, sender, ts, head, content, text, edited, edit_of, cid) "
                       "VALUES(?, (SELECT id FROM people WHERE user = ?), ?, ?, ?, ?, ?, ?, ?) "
                       "ON CONFLICT(id) DO NOTHING"),
        {keyOf(topic, message.seq), message.from, fromTime(message.ts), fromBlob(message.head.blob()),
         fromBlob(message.content), message.text, message.edited,
         original > 0 ? QVariant(keyOf(topic, original)) : QVariant(),
         own && !cid.isEmpty() ? QVariant(cid) : QVariant()});
}

bool MessageCache::saveKnown(const TopicName &topic, SeqRange range)
{
    return m_database.transaction([&] {
        const qint64 number = makeTopicNumber(topic);
        return number != 0 && addKnown(number, range);
    });
}

bool MessageCache::removeMessages(const TopicName &topic, const QList<SeqRange> &ranges)
{
    return m_database.transaction([&] {
        const qint64 number = makeTopicNumber(topic);
        return number != 0 && std::all_of(ranges.begin(), ranges.end(), [&](const SeqRange &range) {
                   const qint64 low = keyOf(number, range.low);
                   const qint64 hi = keyOf(number, range.hi);
                   return m_database.run(QStringLiteral("DELETE FROM messages WHERE (id >= ? AND id < ?) "
                                                        "OR (edit_of >= ? AND edit_of < ?)"),
                                         {low, hi, low, hi})
                       && addKnown(number, range);
               });
    });
}

/// Joins the range with those it touches. The first of them is found by the key, so the cost does not
/// grow with the number of ranges.
bool MessageCache::addKnown(qint64 topic, SeqRange range)
{
    if (range.hi <= range.low)
        return true;
    SeqRange joined = range;
    const bool read = m_database.each(
        QStringLiteral("SELECT low, hi FROM known WHERE topic = ? AND low <= ? AND hi >= ? AND low >= "
                       "ifnull((SELECT max(low) FROM known WHERE topic = ? AND low <= ?), 0)"),
        {topic, range.hi, range.low, topic, range.low}, [&joined](const QSqlQuery &row) {
            joined.low = std::min(joined.low, row.value(0).toInt());
            joined.hi = std::max(joined.hi, row.value(1).toInt());
        });
    return read
        && m_database.run(QStringLiteral("DELETE FROM known WHERE topic = ? AND low >= ? AND low <= ?"),
                          {topic, joined.low, joined.hi})
        && m_database.run(QStringLiteral("INSERT INTO known(topic, low, hi) VALUES(?, ?, ?)"),
                          {topic, joined.low, joined.hi});
}

qint64 MessageCache::topicNumber(const TopicName &name)
{
    qint64 number = 0;
    const bool read = m_database.each(QStringLiteral("SELECT id FROM topics WHERE name = ?"), {name},
                                      [&](const QSqlQuery &row) { number = row.value(0).toLongLong(); });
    return read ? number : 0;
}

qint64 MessageCache::makeTopicNumber(const TopicName &name)
{
    const qint64 number = topicNumber(name);
    if (number != 0)
        return number;
    return m_database.run(QStringLiteral("INSERT INTO topics(name) VALUES(?)"), {name})
        ? m_database.lastInsertId()
        : 0;
}

}
