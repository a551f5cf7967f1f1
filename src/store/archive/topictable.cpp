#include "store/archive/topictable.h"

#include "store/archive/columns.h"
#include "wire/pins.h"

#include <algorithm>

namespace confab {

using namespace columns;

namespace {

/// In the order of topicValues() and toTopic().
QStringList topicColumns()
{
    return QStringLiteral("name listed card comment want given seq read recv clear members touched "
                          "updated last_seen preview_seq preview_from preview_text preview_ts pinned "
                          "muted archived pins")
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
            info.archived,
            info.pins.isEmpty() ? QVariant() : fromBlob(wire::auxOfPins(info.pins))};
}

TopicInfo toTopic(const SqlRow &row)
{
    TopicInfo info;
    info.name = row.text(0);
    info.card = toCard(row, 2); // behind `listed`
    info.comment = row.text(3);
    info.acs = toAccess(row, 4);
    info.seq = row.integer(6);
    info.read = row.integer(7);
    info.recv = row.integer(8);
    info.clear = row.integer(9);
    info.memberCount = row.integer(10);
    info.touched = toTime(row, 11);
    info.updated = toTime(row, 12);
    info.lastSeen = toTime(row, 13);
    info.preview.seq = row.integer(14);
    info.preview.from = row.text(15);
    info.preview.text = row.text(16);
    info.preview.ts = toTime(row, 17);
    info.pinned = row.number(18) != 0;
    info.muted = row.number(19) != 0;
    info.archived = row.number(20) != 0;
    info.pins = wire::pinsOfAux(toBlob(row, 21));
    return info;
}

}

TopicTable::TopicTable(Database &database)
    : m_database(database)
{
}

void TopicTable::forget()
{
    m_numbers.clear();
    m_names.clear();
    m_unsaved.clear();
    m_unsavedKnown.clear();
}

bool TopicTable::load(QList<TopicInfo> &topics)
{
    return m_database.each(QStringLiteral("SELECT ") + topicColumns().join(u',')
                               + QStringLiteral(" FROM topics WHERE listed ORDER BY id"),
                           {}, [&topics](const SqlRow &row) { topics.append(toTopic(row)); });
}

bool TopicTable::loadKnown(qint64 topic, SeqRanges &known)
{
    return m_database.each(QStringLiteral("SELECT low, hi FROM known WHERE topic = ? ORDER BY low"),
                           {topic}, [&known](const SqlRow &row) {
                               known.add({row.integer(0), row.integer(1)});
                           });
}

bool TopicTable::number(const TopicName &name, qint64 &number)
{
    const auto known = m_numbers.constFind(name);
    number = known != m_numbers.constEnd() ? *known : 0;
    if (number != 0)
        return true;
    const bool read = m_database.each(QStringLiteral("SELECT id FROM topics WHERE name = ?"), {name},
                                      [&number](const SqlRow &row) { number = row.number(0); });
    if (read && number != 0)
        m_numbers.insert(name, number);
    return read;
}

bool TopicTable::makeNumber(const TopicName &name, qint64 &number)
{
    if (!this->number(name, number) || number != 0)
        return number != 0;
    if (!m_database.run(QStringLiteral("INSERT INTO topics(name) VALUES(?)"), {name}))
        return false;
    number = m_database.lastInsertId();
    m_numbers.insert(name, number);
    return true;
}

TopicName TopicTable::nameOf(qint64 number)
{
    const auto known = m_names.constFind(number);
    if (known != m_names.constEnd())
        return *known;
    TopicName name;
    const bool read = m_database.each(QStringLiteral("SELECT name FROM topics WHERE id = ?"),
        {number}, [&name](const SqlRow &row) { name = row.text(0); });
    if (read && !name.isEmpty())
        m_names.insert(number, name);
    return name;
}

bool TopicTable::save(const TopicInfo &info)
{
    qint64 topic = 0; // given now, for the chats are loaded in the order in which they came
    if (!makeNumber(info.name, topic))
        return false;
    m_unsaved.insert(info.name, info);
    return true;
}

void TopicTable::addKnown(qint64 topic, SeqRange range)
{
    if (range.hi > range.low)
        m_unsavedKnown[topic].add(range);
}

bool TopicTable::remove(const TopicName &name)
{
    qint64 topic = 0;
    if (!number(name, topic))
        return false;
    m_unsaved.remove(name);
    m_unsavedKnown.remove(topic);
    m_numbers.remove(name);
    m_names.remove(topic);
    return m_database.run(QStringLiteral("DELETE FROM topics WHERE id = ?"), {topic});
}

bool TopicTable::clearKnown()
{
    m_unsavedKnown.clear();
    return m_database.run(QStringLiteral("DELETE FROM known"));
}

bool TopicTable::write()
{
    const QHash<TopicName, TopicInfo> infos = std::exchange(m_unsaved, {});
    const QHash<qint64, SeqRanges> known = std::exchange(m_unsavedKnown, {});
    if (!std::all_of(infos.begin(), infos.end(), [this](const TopicInfo &info) { return writeInfo(info); }))
        return false;
    for (auto topic = known.begin(); topic != known.end(); ++topic) {
        const QList<SeqRange> &ranges = topic->ranges();
        if (!std::all_of(ranges.begin(), ranges.end(),
                         [&](const SeqRange &range) { return writeKnown(topic.key(), range); }))
            return false;
    }
    return true;
}

bool TopicTable::writeInfo(const TopicInfo &info)
{
    static const QString kUpsert = topicUpsert();
    return m_database.run(kUpsert, topicValues(info));
}

/// Joins the range with those it touches. The first of them is found by the key, so the cost does not
/// grow with the number of ranges.
bool TopicTable::writeKnown(qint64 topic, SeqRange range)
{
    SeqRange joined = range;
    const bool read = m_database.each(
        QStringLiteral("SELECT low, hi FROM known WHERE topic = ? AND low <= ? AND hi >= ? AND low >= "
                       "ifnull((SELECT max(low) FROM known WHERE topic = ? AND low <= ?), 0)"),
        {topic, range.hi, range.low, topic, range.low}, [&joined](const SqlRow &row) {
            joined.low = std::min(joined.low, row.integer(0));
            joined.hi = std::max(joined.hi, row.integer(1));
        });
    return read
        && m_database.run(QStringLiteral("DELETE FROM known WHERE topic = ? AND low >= ? AND low <= ?"),
                          {topic, joined.low, joined.hi})
        && m_database.run(QStringLiteral("INSERT INTO known(topic, low, hi) VALUES(?, ?, ?)"),
                          {topic, joined.low, joined.hi});
}

}
