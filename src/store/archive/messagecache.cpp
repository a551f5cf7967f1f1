#include "store/archive/messagecache.h"

#include "store/archive/archiveschema.h"
#include "store/archive/messagecodec.h"
#include "store/archive/messagekey.h"

#include <algorithm>

namespace confab {

using namespace columns;

MessageCache::MessageCache(const QString &folder)
    : m_database(
        folder + QStringLiteral("/archive.db"), Database::Durability::Normal, archiveSchema())
    , m_index(m_database)
    , m_reader(m_database)
    , m_topics(m_database)
    , m_writer(m_database, m_index)
{
}

bool MessageCache::open()
{
    m_indexed = false;
    forget();
    return m_database.open() && m_index.load();
}

/// What is remembered of the tables.
void MessageCache::forget()
{
    m_names.clear();
    m_topics.forget();
    m_writer.forget();
}

void MessageCache::releaseMemory()
{
    m_index.releaseMemory();
    m_database.releaseMemory();
}

bool MessageCache::load(ArchiveSnapshot &snapshot)
{
    return loadPeople(snapshot) && m_topics.load(snapshot.topics);
}

bool MessageCache::loadPeople(ArchiveSnapshot &snapshot)
{
    const auto readSelf = [&](const SqlRow &row) {
        snapshot.self = row.text(0);
        snapshot.selfCard = toCard(row, 1);
    };
    const auto readPerson = [&](const SqlRow &row) {
        snapshot.users.append({row.text(0), toCard(row, 1)});
    };
    if (!m_database.each(QStringLiteral("SELECT user, card FROM self"), {}, readSelf))
        return false;
    m_writer.setSelf(snapshot.self);
    return m_database.each(
        QStringLiteral("SELECT user, card FROM people WHERE card IS NOT NULL"), {}, readPerson);
}

bool MessageCache::loadPage(ArchivePage &page, int limit)
{
    qint64 topic = 0;
    if (!m_topics.number(page.topic, topic) || topic == 0)
        return failure().kind == SqlFailure::Kind::None;
    const qint64 top = keyOf(topic, page.before > 0 ? page.before : wire::kMaxSeq + 1);
    QList<Message> messages;
    if (!readStretch(keyOf(topic, 0), top, limit, messages))
        return false;
    std::reverse(messages.begin(), messages.end());
    const qint64 bottom = messages.isEmpty() ? top : keyOf(topic, messages.first().seq);
    // From above the stretch, what belongs to its messages.
    if (!readRows(QStringLiteral("edit_of >= ? AND edit_of < ? AND id >= ? ORDER BY id"),
            {bottom, top, top}, messages)
        || !readRows(QStringLiteral("part_of >= ? AND part_of < ? AND id >= ? ORDER BY id"),
            {bottom, top, top}, messages))
        return false;
    page.messages = messages;
    return m_topics.loadKnown(topic, page.known);
}

/// So many rows of a timeline below `top`, and among them what is no row: edits, reactions.
bool MessageCache::readStretch(qint64 bottom, qint64 top, int limit, QList<Message> &newestFirst)
{
    for (int wanted = limit; wanted > 0;) {
        const int before = int(newestFirst.size());
        if (!readRows(QStringLiteral("id >= ? AND id < ? ORDER BY id DESC LIMIT ?"),
                {bottom, top, wanted}, newestFirst))
            return false;
        const auto read = newestFirst.cbegin() + before;
        if (newestFirst.cend() - read < wanted)
            return true;
        top = keyOf(topicOf(bottom), newestFirst.last().seq);
        wanted = int(std::count_if(read, newestFirst.cend(),
            [](const Message &message) { return message.head.foldsOnto() > 0; }));
    }
    return true;
}

bool MessageCache::readRows(
    const QString &where, const QVariantList &values, QList<Message> &messages)
{
    bool named = true;
    const auto take = [&](const SqlRow &row) {
        messages.append(toMessage(row));
        named = named && (row.isNull(1) || m_names.contains(row.number(1)));
    };
    const int before = int(messages.size());
    const QString sql
        = QStringLiteral("SELECT id, sender, ts, head, content, text, edited FROM messages WHERE ")
        + where;
    if (!m_database.each(sql, values, take))
        return false;
    if (named)
        return true;
    messages.resize(before); // somebody wrote whom we had not heard of
    return learnNames() && m_database.each(sql, values, take);
}

Message MessageCache::toMessage(const SqlRow &row) const
{
    Message message;
    message.seq = seqOf(row.number(0));
    message.from = m_names.value(row.number(1));
    message.ts = toTime(row, 2);
    message.head = wire::Head(toBlob(row, 3));
    message.text = row.text(5);
    message.content = toContent(row, 4, message.text);
    message.edited = row.number(6) != 0;
    return message;
}

bool MessageCache::learnNames()
{
    return m_database.each(QStringLiteral("SELECT id, user FROM people"), {},
        [this](const SqlRow &row) { m_names.insert(row.number(0), row.text(1)); });
}

bool MessageCache::holdsOwn(const QString &cid, bool &held)
{
    held = false;
    return m_database.each(QStringLiteral("SELECT 1 FROM messages WHERE cid = ? LIMIT 1"), {cid},
        [&held](const SqlRow &) { held = true; });
}

bool MessageCache::together(const std::function<bool()> &body)
{
    Q_ASSERT(!m_together);
    m_together = true;
    const bool done = m_database.transaction(
        [&] { return body() && m_writer.finishNotes() && m_topics.write(); });
    m_together = false;
    if (done)
        return true;
    const SqlFailure reason = failure();
    forget();
    m_index.load();
    return m_database.fail(reason);
}

bool MessageCache::change(const std::function<bool()> &body)
{
    return m_together ? body() : together(body);
}

bool MessageCache::saveSelf(const UserId &user, const wire::Card &card)
{
    m_writer.setSelf(user);
    return m_database.run(
        QStringLiteral("INSERT OR REPLACE INTO self(id, user, card) VALUES(1, ?, ?)"),
        {user, fromCard(card)});
}

bool MessageCache::saveTopic(const TopicInfo &info)
{
    return change([&] { return m_topics.save(info); });
}

bool MessageCache::removeTopic(const TopicName &name)
{
    return change([&] {
        qint64 topic = 0;
        return m_topics.number(name, topic)
            && (topic == 0 || m_writer.remove(keyOf(topic, 0), keyOf(topic + 1, 0)))
            && m_topics.remove(name);
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
    return change([&] {
        qint64 number = 0;
        m_indexed = false;
        if (!m_topics.makeNumber(topic, number) || !m_writer.save(number, messages))
            return false;
        for (const Message &message : messages)
            m_topics.addKnown(number, {message.seq, message.seq + 1});
        return true;
    });
}

bool MessageCache::saveKnown(const TopicName &topic, SeqRange range)
{
    return change([&] {
        qint64 number = 0;
        if (!m_topics.makeNumber(topic, number))
            return false;
        m_topics.addKnown(number, range);
        return true;
    });
}

bool MessageCache::removeMessages(const TopicName &topic, const QList<SeqRange> &ranges)
{
    return change([&] {
        qint64 number = 0;
        m_indexed = false;
        if (!m_topics.makeNumber(topic, number))
            return false;
        for (const SeqRange &range : ranges) {
            if (!m_writer.remove(keyOf(number, range.low), keyOf(number, range.hi)))
                return false;
            m_topics.addKnown(number, range);
        }
        return true;
    });
}

bool MessageCache::forgetMessages()
{
    return change([&] { return m_writer.clear() && m_topics.clearKnown(); });
}

bool MessageCache::indexSome(const std::function<bool()> &isEnough)
{
    return change([&] { return m_index.takeIn(m_indexed, isEnough); });
}

bool MessageCache::find(SearchPage &page, int limit, const std::function<bool()> &isCancelled)
{
    page.indexing = !m_indexed;
    page.hits.clear();
    page.next = page.before > 0 ? page.before : SearchReader::kLastRow;
    HitMarker marker(page.query);
    page.hits.reserve(limit);
    QList<std::pair<qsizetype, qint64>> unnamed; // hits of people who are new here
    const auto take = [&](FoundMessage &&found) {
        const UserId from = m_names.value(found.sender);
        if (from.isEmpty() && found.sender != 0)
            unnamed.append({page.hits.size(), found.sender});
        page.hits.append({m_topics.nameOf(topicOf(found.key)), seqOf(found.key), from, found.ts,
            std::move(found.text)});
    };
    const bool found = m_database.reading([&] {
        return m_reader.find(page.query, page.next, limit, marker, take, isCancelled)
            && (unnamed.isEmpty() || learnNames());
    });
    if (!found)
        return false;
    for (const auto &[at, sender] : std::as_const(unnamed))
        page.hits[at].from = m_names.value(sender);
    page.total = page.before == 0 && page.next == 0 ? int(page.hits.size()) : -1;
    return true;
}

bool MessageCache::count(const SearchQuery &query, int &total)
{
    return m_reader.count(query, total);
}

bool MessageCache::readOn(
    const TopicName &topic, Seq from, int limit, QList<Message> &messages, Content content)
{
    qint64 number = 0;
    if (!m_topics.number(topic, number) || number == 0)
        return failure().kind == SqlFailure::Kind::None;
    return learnNames()
        && m_database.each(
            QStringLiteral("SELECT m.id, m.sender, m.ts, n.head, n.content, n.text, "
                           "n.id != m.id OR m.edited "
                           "FROM messages m CROSS JOIN messages n ON n.id = ifnull((SELECT e.id "
                           "FROM messages e WHERE e.edit_of = m.id AND e.sender IS m.sender "
                           "AND e.id > m.id ORDER BY e.id DESC LIMIT 1), m.id) "
                           "WHERE m.id >= ? AND m.id < ? AND m.edit_of IS NULL "
                           "AND m.part_of IS NULL AND (? OR typeof(n.content) = 'blob') "
                           "ORDER BY m.id LIMIT ?"),
            {keyOf(number, from), keyOf(number + 1, 0), content == Content::Any, limit},
            [&](const SqlRow &row) { messages.append(toMessage(row)); });
}

bool MessageCache::sizes(QList<ChatSize> &sizes)
{
    return m_database.each(
        QStringLiteral(
            "SELECT t.name, count(m.id), total(length(m.text) + ifnull(length(m.head), 0) "
            "+ ifnull(length(m.content), 0)) FROM topics t JOIN messages m "
            "ON m.id >= t.id << 40 AND m.id < (t.id + 1) << 40 GROUP BY t.id"),
        {}, [&sizes](const SqlRow &row) {
            sizes.append({row.text(0), row.number(1), row.number(2)});
        });
}

}
