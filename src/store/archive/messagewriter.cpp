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
    m_runs.clear();
}

bool MessageWriter::save(qint64 topic, const QList<Message> &messages)
{
    return std::all_of(messages.begin(), messages.end(), [&](const Message &message) {
        const Seq original = message.head.foldsOnto();
        const bool isSearched = original == 0 || message.head.replaces() > 0;
        bool inserted = false;
        if (!insert(topic, message, original, inserted))
            return false;
        if (!inserted || !isSearched)
            return true;
        return original > 0 ? m_index.note(keyOf(topic, original))
                            : noteInRun(topic, keyOf(topic, message.seq));
    });
}

/// Messages mostly come in a row, from either end.
bool MessageWriter::noteInRun(qint64 topic, qint64 key)
{
    const auto run = m_runs.find(topic);
    if (run == m_runs.end()) {
        m_runs.insert(topic, {key, key + 1});
        return true;
    }
    auto &[low, hi] = *run;
    if (key == hi) {
        ++hi;
        return true;
    }
    if (key + 1 == low) {
        --low;
        return true;
    }
    const auto [doneLow, doneHi] = std::exchange(*run, {key, key + 1});
    return m_index.note(doneLow, doneHi);
}

bool MessageWriter::finishNotes()
{
    const auto runs = std::exchange(m_runs, {});
    return std::all_of(runs.begin(), runs.end(),
        [this](const auto &run) { return m_index.note(run.first, run.second); });
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

bool MessageWriter::insert(qint64 topic, const Message &message, Seq original, bool &inserted)
{
    const bool isEdit = original > 0 && message.head.replaces() > 0;
    const QVariant onto = original > 0 ? QVariant(keyOf(topic, original)) : QVariant();
    const bool own = m_self.isEmpty() || message.from == m_self;
    const QString cid = own ? message.head.cid() : QString();
    qint64 sender = 0;
    if (!personNumber(message.from, sender))
        return false;
    const bool done = m_database.run(
        QStringLiteral(
            "INSERT INTO messages(id, sender, ts, head, content, text, edited, edit_of, part_of, "
            "cid) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO NOTHING"),
        {keyOf(topic, message.seq), sender != 0 ? QVariant(sender) : QVariant(),
            fromTime(message.ts), fromBlob(message.head.blob()), fromContent(message), message.text,
            message.edited, isEdit ? onto : QVariant(), isEdit ? QVariant() : onto,
            cid.isEmpty() ? QVariant() : QVariant(cid)});
    inserted = m_database.lastChanges() > 0;
    return done;
}

/// Also out of the index, and with all that belongs to what is removed. A message that loses an
/// edit is found by the version before.
bool MessageWriter::remove(qint64 low, qint64 hi)
{
    QList<qint64> originals;
    if (!m_database.each(
            QStringLiteral("SELECT DISTINCT edit_of FROM messages WHERE id >= ? AND id < ? "
                           "AND edit_of IS NOT NULL AND NOT (edit_of >= ? AND edit_of < ?)"),
            {low, hi, low, hi}, [&](const SqlRow &row) { originals.append(row.number(0)); }))
        return false;
    const bool left = std::all_of(originals.cbegin(), originals.cend(), [this](qint64 original) {
        return m_index.remove(original, original + 1) && m_index.note(original);
    });
    return left && m_index.remove(low, hi)
        && m_database.run(
            QStringLiteral("DELETE FROM messages WHERE id >= ? AND id < ?"), {low, hi})
        && m_database.run(
            QStringLiteral("DELETE FROM messages WHERE edit_of >= ? AND edit_of < ?"), {low, hi})
        && m_database.run(
            QStringLiteral("DELETE FROM messages WHERE part_of >= ? AND part_of < ?"), {low, hi});
}

bool MessageWriter::clear()
{
    return m_index.clear() && m_database.run(QStringLiteral("DELETE FROM messages"));
}
}
