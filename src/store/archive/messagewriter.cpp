#include "store/archive/messagewriter.h"

#include "store/archive/messagecodec.h"
#include "store/archive/messagekey.h"

#include <algorithm>

namespace confab {

using namespace columns;

MessageWriter::MessageWriter(Database &database, SearchIndex &index)
    : m_database(database)
    , m_index(index)
{
}

void MessageWriter::forget()
{
    m_people.clear();
}

bool MessageWriter::save(qint64 topic, const QList<Message> &messages)
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

bool MessageWriter::personNumber(const UserId &user, qint64 &number)
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
                           [&number](const SqlRow &row) { number = row.number(0); });
    if (read)
        m_people.insert(user, number);
    return read;
}

bool MessageWriter::insertRow(qint64 key, const Message &message, const QVariant &row, bool &inserted)
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
         original > 0 ? QVariant(keyOf(topicOf(key), original)) : QVariant(),
         own && !cid.isEmpty() ? QVariant(cid) : QVariant(), row});
    inserted = m_database.lastChanges() > 0;
    return done;
}

bool MessageWriter::insertEdit(qint64 topic, const Message &message)
{
    bool inserted = false;
    return insertRow(keyOf(topic, message.seq), message, {}, inserted);
}

bool MessageWriter::insertMessage(qint64 topic, const Message &message, QList<IndexedMessage> &added)
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
bool MessageWriter::applyEdits(QList<IndexedMessage> &added)
{
    if (added.isEmpty())
        return true;
    const auto byKey = [](const IndexedMessage &a, const IndexedMessage &b) { return a.key < b.key; };
    const auto [first, last] = std::minmax_element(added.cbegin(), added.cend(), byKey);
    QList<qint64> edited;
    if (!m_database.each(QStringLiteral("SELECT DISTINCT edit_of FROM messages "
                                        "WHERE edit_of >= ? AND edit_of <= ?"),
                         {first->key, last->key},
                         [&edited](const SqlRow &row) { edited.append(row.number(0)); }))
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
bool MessageWriter::readIndexed(const QString &where, const QVariantList &values,
                               QList<IndexedMessage> &messages)
{
    const auto take = [&messages](const SqlRow &row) {
        IndexedMessage message;
        message.key = row.number(0);
        message.row = row.number(1);
        message.sender = row.number(2);
        message.text = row.text(3);
        message.has = wire::entityKinds(toContent(row, 4, message.text));
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

bool MessageWriter::originalsOf(const QList<qint64> &keys, QList<IndexedMessage> &originals)
{
    return std::all_of(keys.begin(), keys.end(), [&](qint64 key) {
        const bool known = std::any_of(originals.cbegin(), originals.cend(),
                                       [key](const IndexedMessage &one) { return one.key == key; });
        return known || readIndexed(QStringLiteral("m.id = ?"), {key}, originals);
    });
}

/// Those of them whose newest version is another now.
bool MessageWriter::reindex(const QList<IndexedMessage> &before)
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

/// Also out of the index, and with all edits of what is removed. A message that loses an edit is found
/// by the version before.
bool MessageWriter::remove(qint64 low, qint64 hi)
{
    constexpr int kAtOnce = 1000;
    QList<qint64> originals;
    QList<IndexedMessage> edited;
    if (!m_database.each(QStringLiteral("SELECT DISTINCT edit_of FROM messages WHERE id >= ? AND id < ? "
                                        "AND edit_of IS NOT NULL AND NOT (edit_of >= ? AND edit_of < ?)"),
                         {low, hi, low, hi},
                         [&](const SqlRow &row) { originals.append(row.number(0)); })
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

bool MessageWriter::clear()
{
    return m_index.clear() && m_database.run(QStringLiteral("DELETE FROM messages"));
}

bool MessageWriter::indexSome(bool &done)
{
    constexpr int kAtOnce = 300;
    struct Found {
        qint64 key = 0;
        QDateTime ts;
    };
    QList<Found> found;
    if (!m_database.each(QStringLiteral("SELECT id, ts FROM messages WHERE search_row IS NULL "
                                        "AND edit_of IS NULL ORDER BY id DESC LIMIT ?"),
                         {kAtOnce}, [&found](const SqlRow &row) {
                             found.append({row.number(0), toTime(row, 1)});
                         }))
        return false;
    done = found.isEmpty();
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
}

}
