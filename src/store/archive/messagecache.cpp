#include "store/archive/messagecache.h"

#include "store/archive/columns.h"

#include <algorithm>

namespace confab {

using namespace columns;

namespace {

/// One B-tree serves all paging (performance.md §4): the key of a message is its topic's number and its
/// seq.
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
        SearchIndex::schema() + QStringList{
            // of search_rows; NULL for edits, which are found as what they replace
            QStringLiteral("ALTER TABLE messages ADD COLUMN search_row INTEGER"),
            QStringLiteral("CREATE INDEX unindexed ON messages(id) "
                           "WHERE search_row IS NULL AND edit_of IS NULL"),
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

/// Most contents are the text and nothing else: then a number stands for it.
QVariant fromContent(const Message &message)
{
    const bool same = message.content.isString() && message.content.string() == message.text;
    return same ? QVariant(1) : fromBlob(message.content);
}

wire::JsonBlob toContent(const QVariant &value, const QString &text)
{
    const bool same = value.userType() == QMetaType::LongLong;
    return same ? wire::JsonBlob::fromString(text) : toBlob(value);
}

Message toMessage(const QSqlQuery &row)
{
    Message message;
    message.seq = seqOf(row.value(0).toLongLong());
    message.from = row.value(1).toString();
    message.ts = toTime(row.value(2));
    message.head = wire::Head(toBlob(row.value(3)));
    message.text = row.value(5).toString();
    message.content = toContent(row.value(4), message.text);
    message.edited = row.value(6).toBool();
    return message;
}

}

MessageCache::MessageCache(const QString &folder)
    : m_database(folder + QStringLiteral("/archive.db"), Database::Durability::Normal, migrations())
    , m_index(m_database)
{
}

bool MessageCache::open()
{
    m_people.clear();
    m_indexed = false;
    return m_database.open() && m_index.load();
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
    return change([&] {
        const qint64 topic = topicNumber(name);
        if (topic == 0)
            return failure().kind == SqlFailure::Kind::None;
        return removeRange(keyOf(topic, 0), keyOf(topic + 1, 0))
            && m_database.run(QStringLiteral("DELETE FROM topics WHERE id = ?"), {topic});
    });
}

bool MessageCache::saveUser(const UserId &user, const wire::Card &card)
{
    return m_database.run(QStringLiteral("INSERT INTO people(user, card) VALUES(?, ?) "
                                         "ON CONFLICT(user) DO UPDATE SET card = excluded.card"),
                          {user, fromCard(card)});
}

/// A transaction; what is remembered of the tables is read anew when it is rolled back.
bool MessageCache::change(const std::function<bool()> &body)
{
    if (m_database.transaction(body))
        return true;
    const SqlFailure reason = failure();
    m_people.clear();
    m_index.load();
    return m_database.fail(reason);
}

bool MessageCache::saveMessages(const TopicName &topic, const QList<Message> &messages)
{
    return change([&] {
        const qint64 number = makeTopicNumber(topic);
        SeqRanges stored;
        for (const Message &message : messages)
            stored.add(message.seq);
        const QList<SeqRange> &ranges = stored.ranges();
        return number != 0 && saveAll(number, messages)
            && std::all_of(ranges.begin(), ranges.end(),
                           [&](const SeqRange &range) { return addKnown(number, range); });
    });
}

bool MessageCache::saveAll(qint64 topic, const QList<Message> &messages)
{
    QList<qint64> edited;
    for (const Message &message : messages) {
        if (message.head.replaces() > 0)
            edited.append(keyOf(topic, message.head.replaces()));
    }
    QList<IndexedMessage> before; // originals that are here and in the index
    if (!originalsOf(edited, before))
        return false;
    QList<IndexedMessage> added;
    for (const Message &message : messages) {
        const bool isEdit = message.head.replaces() > 0;
        if (!(isEdit ? insertEdit(topic, message) : insertMessage(topic, message, added)))
            return false;
    }
    return reindex(before) && applyEdits(added) && m_index.add(added);
}

bool MessageCache::personNumber(const UserId &user, qint64 &number)
{
    number = 0;
    if (user.isEmpty())
        return true;
    const auto known = m_people.constFind(user);
    if (known != m_people.constEnd()) {
        number = *known;
        return true;
    }
    const bool read
        = m_database.run(QStringLiteral("INSERT INTO people(user) VALUES(?) ON CONFLICT(user) DO NOTHING"),
                         {user})
        && m_database.each(QStringLiteral("SELECT id FROM people WHERE user = ?"), {user},
                           [&number](const QSqlQuery &row) { number = row.value(0).toLongLong(); });
    if (read)
        m_people.insert(user, number);
    return read;
}

bool MessageCache::insertRow(qint64 key, const Message &message, const QVariant &row, bool &inserted)
{
    const Seq original = message.head.replaces();
    const QString cid = message.head.cid();
    const bool own = m_self.isEmpty() || message.from == m_self;
    qint64 sender = 0;
    if (!personNumber(message.from, sender))
        return false;
    const bool done = m_database.run(
        QStringLiteral("INSERT INTO messages(id, sender, ts, head, content, text, edited, edit_of, cid, "
                       "search_row) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO NOTHING"),
        {key, sender != 0 ? QVariant(sender) : QVariant(), fromTime(message.ts),
         fromBlob(message.head.blob()), fromContent(message), message.text, message.edited,
         original > 0 ? QVariant(keyOf(key >> kSeqBits, original)) : QVariant(),
         own && !cid.isEmpty() ? QVariant(cid) : QVariant(), row});
    inserted = m_database.lastChanges() > 0;
    return done;
}

bool MessageCache::insertEdit(qint64 topic, const Message &message)
{
    bool inserted = false;
    return insertRow(keyOf(topic, message.seq), message, {}, inserted);
}

bool MessageCache::insertMessage(qint64 topic, const Message &message, QList<IndexedMessage> &added)
{
    IndexedMessage indexed;
    indexed.key = keyOf(topic, message.seq);
    indexed.text = message.text;
    indexed.has = wire::entityKinds(message.content);
    bool inserted = false;
    if (!personNumber(message.from, indexed.sender)
        || !m_index.place(indexed.key, message.ts, indexed.row)
        || !insertRow(indexed.key, message, indexed.row, inserted))
        return false;
    if (!inserted) // it was here before
        return m_index.displace(indexed.row);
    added.append(indexed);
    return true;
}

/// Edits that came before their originals.
bool MessageCache::applyEdits(QList<IndexedMessage> &added)
{
    if (added.isEmpty())
        return true;
    const auto byKey = [](const IndexedMessage &a, const IndexedMessage &b) { return a.key < b.key; };
    const auto [first, last] = std::minmax_element(added.cbegin(), added.cend(), byKey);
    QList<qint64> edited;
    if (!m_database.each(QStringLiteral("SELECT DISTINCT edit_of FROM messages "
                                        "WHERE edit_of >= ? AND edit_of <= ?"),
                         {first->key, last->key},
                         [&edited](const QSqlQuery &row) { edited.append(row.value(0).toLongLong()); }))
        return false;
    QList<IndexedMessage> newest;
    if (!originalsOf(edited, newest))
        return false;
    for (IndexedMessage &message : added) {
        for (const IndexedMessage &version : std::as_const(newest)) {
            if (version.key == message.key)
                message = version;
        }
    }
    return true;
}

/// Messages that are in the index, in the version that it holds: the newest edit by their sender
/// (reliability.md T6).
bool MessageCache::readIndexed(const QString &where, const QVariantList &values,
                               QList<IndexedMessage> &messages)
{
    const auto take = [&messages](const QSqlQuery &row) {
        IndexedMessage message;
        message.key = row.value(0).toLongLong();
        message.row = row.value(1).toLongLong();
        message.sender = row.value(2).toLongLong();
        message.text = row.value(3).toString();
        message.has = wire::entityKinds(toContent(row.value(4), message.text));
        messages.append(message);
    };
    return m_database.each(
        QStringLiteral("SELECT m.id, m.search_row, m.sender, n.text, n.content FROM messages m "
                       "CROSS JOIN messages n ON n.id = ifnull((SELECT e.id FROM messages e "
                       "WHERE e.edit_of = m.id AND e.sender IS m.sender AND e.id > m.id "
                       "ORDER BY e.id DESC LIMIT 1), m.id) WHERE m.search_row IS NOT NULL AND ")
            + where,
        values, take);
}

bool MessageCache::originalsOf(const QList<qint64> &keys, QList<IndexedMessage> &originals)
{
    return std::all_of(keys.begin(), keys.end(), [&](qint64 key) {
        const bool known = std::any_of(originals.cbegin(), originals.cend(),
                                       [key](const IndexedMessage &one) { return one.key == key; });
        return known || readIndexed(QStringLiteral("m.id = ?"), {key}, originals);
    });
}

/// Those of them whose newest version is another now.
bool MessageCache::reindex(const QList<IndexedMessage> &before)
{
    for (const IndexedMessage &old : before) {
        QList<IndexedMessage> now;
        if (!originalsOf({old.key}, now))
            return false;
        if (now.isEmpty() || (now.first().text == old.text && now.first().has == old.has))
            continue;
        if (!m_index.remove({old}) || !m_index.add(now))
            return false;
    }
    return true;
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
    return change([&] {
        const qint64 number = makeTopicNumber(topic);
        return number != 0 && std::all_of(ranges.begin(), ranges.end(), [&](const SeqRange &range) {
                   return removeRange(keyOf(number, range.low), keyOf(number, range.hi))
                       && addKnown(number, range);
               });
    });
}

/// Also out of the index, and with all edits of what is removed. A message that loses an edit is found
/// by the version before.
bool MessageCache::removeRange(qint64 low, qint64 hi)
{
    constexpr int kAtOnce = 1000;
    QList<qint64> originals;
    QList<IndexedMessage> edited;
    if (!m_database.each(QStringLiteral("SELECT DISTINCT edit_of FROM messages WHERE id >= ? AND id < ? "
                                        "AND edit_of IS NOT NULL AND NOT (edit_of >= ? AND edit_of < ?)"),
                         {low, hi, low, hi},
                         [&](const QSqlQuery &row) { originals.append(row.value(0).toLongLong()); })
        || !originalsOf(originals, edited))
        return false;
    for (qint64 from = low;;) {
        QList<IndexedMessage> gone;
        if (!readIndexed(QStringLiteral("m.id >= ? AND m.id < ? ORDER BY m.id LIMIT ?"),
                         {from, hi, kAtOnce}, gone)
            || !m_index.remove(gone))
            return false;
        for (const IndexedMessage &message : std::as_const(gone)) {
            if (!m_index.displace(message.row))
                return false;
        }
        if (gone.size() < kAtOnce)
            break;
        from = gone.last().key + 1;
    }
    return m_database.run(QStringLiteral("DELETE FROM messages WHERE (id >= ? AND id < ?) "
                                         "OR (edit_of >= ? AND edit_of < ?)"),
                          {low, hi, low, hi})
        && reindex(edited);
}

bool MessageCache::forgetMessages()
{
    return change([&] {
        return m_index.clear() && m_database.run(QStringLiteral("DELETE FROM messages"))
            && m_database.run(QStringLiteral("DELETE FROM known"));
    });
}

bool MessageCache::indexSome()
{
    constexpr int kAtOnce = 300;
    struct Found {
        qint64 key = 0;
        QDateTime ts;
    };
    return change([&] {
        QList<Found> found;
        if (!m_database.each(QStringLiteral("SELECT id, ts FROM messages WHERE search_row IS NULL "
                                            "AND edit_of IS NULL ORDER BY id DESC LIMIT ?"),
                             {kAtOnce}, [&found](const QSqlQuery &row) {
                                 found.append({row.value(0).toLongLong(), toTime(row.value(1))});
                             }))
            return false;
        m_indexed = found.isEmpty();
        QList<IndexedMessage> added;
        for (const Found &message : std::as_const(found)) {
            qint64 row = 0;
            if (!m_index.place(message.key, message.ts, row)
                || !m_database.run(QStringLiteral("UPDATE messages SET search_row = ? WHERE id = ?"),
                                   {row, message.key})
                || !readIndexed(QStringLiteral("m.id = ?"), {message.key}, added))
                return false;
        }
        return m_index.add(added);
    });
}

bool MessageCache::find(SearchPage &page, int limit, const std::function<bool()> &isCancelled)
{
    page.indexing = !m_indexed;
    return m_index.find(page.query, page, limit, isCancelled);
}

bool MessageCache::readOn(const TopicName &topic, Seq from, int limit, QList<Message> &messages)
{
    const qint64 number = topicNumber(topic);
    if (number == 0)
        return failure().kind == SqlFailure::Kind::None;
    return m_database.each(
        QStringLiteral("SELECT m.id, p.user, m.ts, n.head, n.content, n.text, n.id != m.id OR m.edited "
                       "FROM messages m CROSS JOIN messages n ON n.id = ifnull((SELECT e.id "
                       "FROM messages e WHERE e.edit_of = m.id AND e.sender IS m.sender "
                       "AND e.id > m.id ORDER BY e.id DESC LIMIT 1), m.id) "
                       "LEFT JOIN people p ON p.id = m.sender "
                       "WHERE m.id >= ? AND m.id < ? AND m.edit_of IS NULL ORDER BY m.id LIMIT ?"),
        {keyOf(number, from), keyOf(number + 1, 0), limit},
        [&](const QSqlQuery &row) { messages.append(toMessage(row)); });
}

bool MessageCache::sizes(QList<ChatSize> &sizes)
{
    return m_database.each(
        QStringLiteral("SELECT t.name, count(m.id), total(length(m.text) + ifnull(length(m.head), 0) "
                       "+ ifnull(length(m.content), 0)) FROM topics t JOIN messages m "
                       "ON m.id >= t.id << 40 AND m.id < (t.id + 1) << 40 GROUP BY t.id"),
        {}, [&sizes](const QSqlQuery &row) {
            sizes.append({row.value(0).toString(), row.value(1).toLongLong(), row.value(2).toLongLong()});
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
