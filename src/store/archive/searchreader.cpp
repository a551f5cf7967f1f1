#include "store/archive/searchreader.h"

#include "store/archive/columns.h"
#include "store/archive/indexwords.h"
#include "store/search/wordfolder.h"

#include <algorithm>

namespace confab {

using namespace indexwords;

namespace {

/// Looking up more words takes longer than comparing texts, of which many will match then.
constexpr int kMostWords = 256;
constexpr int kSlice = 1000; ///< texts compared before looking whether the query is still wanted

QString anyOf(const QStringList &words)
{
    QStringList clauses;
    for (const QString &word : words)
        clauses.append(quoted({word}));
    return words.size() == 1 ? clauses.first() : u'(' + clauses.join(QLatin1String(" OR ")) + u')';
}

/// Behind all words that begin with this one.
QString endOfPrefix(const QString &prefix)
{
    constexpr char32_t kLastCharacter = 0x10ffff;
    return prefix + QString::fromUcs4(&kLastCharacter, 1);
}

}

SearchReader::SearchReader(Database &database)
    : m_database(database)
{
}

bool SearchReader::wordsWith(const QString &part, QStringList &words)
{
    const auto take = [&words](const SqlRow &row) { words.append(row.text(0)); };
    const int limit = kMostWords + 1;
    const QList<uint> letters = part.toUcs4();
    if (letters.size() < kLeastPart)
        return m_database.each(
            QStringLiteral("SELECT word FROM words WHERE word >= ? AND word < ? LIMIT ?"),
            {part, endOfPrefix(part), limit}, take);
    const QList<uint> first = letters.mid(0, kPart);
    const QString kept = QString::fromStdU32String({first.begin(), first.end()});
    if (!m_database.each(
            QStringLiteral("SELECT w.word FROM word_parts p CROSS JOIN words w ON w.id = p.word "
                           "WHERE p.part >= ? AND p.part < ? AND instr(w.word, ?) > 0 LIMIT ?"),
            {kept, endOfPrefix(kept), part, limit}, take))
        return false;
    // Some have it more than once. DISTINCT would cost as much as all the rest.
    if (words.size() < limit)
        words.removeDuplicates();
    return true;
}

bool SearchReader::planTerm(const SearchTerm &term, Plan &plan, QStringList &clauses)
{
    if (term.exact) {
        clauses.append(quoted(term.words));
        return true;
    }
    if (WordFolder::isUnspaced(term.words.last())) {
        // A character begins all pairs that it is in but the last, and there it stands alone. A
        // pair is a word of its own.
        const QList<uint> letters = term.words.last().toUcs4();
        const bool isPair
            = letters.size() > 1 && QChar::script(letters.first()) == QChar::Script_Han;
        clauses.append(isPair ? quoted(term.words) : quoted(term.words) + u'*');
        return true;
    }
    QStringList words;
    if (!wordsWith(term.words.last(), words))
        return false;
    if (words.isEmpty()) {
        plan.nothing = true;
    } else if (words.size() > kMostWords) {
        plan.unchecked.append(term);
        if (term.words.size() > 1)
            clauses.append(quoted(term.words.mid(0, term.words.size() - 1)));
    } else if (term.words.size() == 1) {
        clauses.append(anyOf(words));
    } else {
        clauses.append(quoted(term.words) + u'*');
    }
    return true;
}

bool SearchReader::planAnyOf(const QString &idOf, const QStringList &names,
    QString (*tagOf)(qint64), Plan &plan, QStringList &clauses)
{
    QStringList tags;
    for (const QString &name : names) {
        if (!m_database.each(
                idOf, {name}, [&](const SqlRow &row) { tags.append(tagOf(row.number(0))); }))
            return false;
    }
    if (tags.isEmpty())
        plan.nothing = true;
    else
        clauses.append(anyOf(tags));
    return true;
}

bool SearchReader::plan(const SearchQuery &query, Plan &plan)
{
    QStringList clauses;
    for (const SearchTerm &term : query.terms) {
        if (!planTerm(term, plan, clauses))
            return false;
    }
    for (const wire::EntityKind kind : allKinds()) {
        if (query.has.testFlag(kind))
            clauses.append(quoted({kindTag(kind)}));
    }
    const auto topics = QStringLiteral("SELECT id FROM topics WHERE name = ?");
    const auto people = QStringLiteral("SELECT id FROM people WHERE user = ?");
    if ((query.topics && !planAnyOf(topics, *query.topics, &topicTag, plan, clauses))
        || (query.senders && !planAnyOf(people, *query.senders, &senderTag, plan, clauses)))
        return false;
    plan.match = clauses.join(QLatin1String(" AND "));
    plan.low = query.after.isValid() ? rowAt(query.after) : 0;
    plan.high = query.before.isValid() ? rowAt(query.before) : kLastRow;
    plan.nothing = plan.nothing || query.isEmpty();
    return true;
}

bool SearchReader::find(const SearchQuery &query, qint64 &below, int limit, HitMarker &marker,
    const std::function<void(FoundMessage &&)> &take, const IsCancelled &isCancelled)
{
    Plan plan;
    if (!this->plan(query, plan))
        return false;
    Slice slice;
    slice.below = std::min(below, plan.high);
    below = 0;
    if (plan.nothing)
        return true;
    while (slice.found < limit) {
        slice.wanted = limit - slice.found;
        slice.limit = plan.unchecked.isEmpty() ? slice.wanted : kSlice;
        slice.seen = 0;
        if (isCancelled() || !readSlice(plan, marker, take, slice))
            return false;
        if (slice.seen < slice.limit && slice.found < limit)
            return true;
    }
    below = slice.below;
    return true;
}

/// Looks at some rows below those seen, newest first. The order is that of the index, which the
/// joins keep.
bool SearchReader::readSlice(const Plan &plan, HitMarker &marker,
    const std::function<void(FoundMessage &&)> &take, Slice &slice)
{
    static const auto kRead
        = QStringLiteral("SELECT r.id, r.message, m.sender, m.ts, "
                         "CASE WHEN r.version IS NULL THEN m.text "
                         "ELSE (SELECT text FROM messages WHERE id = r.version) END "
                         "FROM %1 CROSS JOIN messages m ON m.id = r.message "
                         "WHERE %2 ORDER BY %3 DESC LIMIT ?");
    static const QString kMatching
        = kRead.arg(QStringLiteral("search h CROSS JOIN search_rows r ON r.id = h.rowid"),
            QStringLiteral("h.words MATCH ? AND h.rowid >= ? AND h.rowid < ?"),
            QStringLiteral("h.rowid"));
    static const QString kAll = kRead.arg(QStringLiteral("search_rows r"),
        QStringLiteral("r.id >= ? AND r.id < ?"), QStringLiteral("r.id"));
    const int most = slice.found + slice.wanted;
    const auto look = [&](const SqlRow &row) {
        if (slice.found >= most)
            return;
        ++slice.seen;
        slice.below = row.number(0);
        FoundMessage found{
            slice.below, row.number(1), row.number(2), columns::toTime(row, 3), row.bytes(4)};
        for (const SearchTerm &term : plan.unchecked) {
            if (!marker.contains(QString::fromUtf8(found.text), term))
                return;
        }
        ++slice.found;
        take(std::move(found));
    };
    const QVariantList range{plan.low, slice.below, slice.limit};
    return plan.match.isEmpty()
        ? m_database.each(kAll, range, look)
        : m_database.each(kMatching, QVariantList{plan.match} + range, look);
}

bool SearchReader::count(const SearchQuery &query, int &total)
{
    Plan plan;
    if (!this->plan(query, plan))
        return false;
    total = plan.nothing ? 0 : -1;
    if (plan.nothing || !plan.unchecked.isEmpty())
        return true;
    const auto take = [&total](const SqlRow &row) { total = row.integer(0); };
    const QVariantList range{plan.low, plan.high, kMostCounted};
    if (plan.match.isEmpty())
        return m_database.each(QStringLiteral("SELECT count(*) FROM (SELECT 1 FROM search_rows "
                                              "WHERE id >= ? AND id < ? LIMIT ?)"),
            range, take);
    return m_database.each(
        QStringLiteral("SELECT count(*) FROM (SELECT 1 FROM search WHERE words MATCH ? "
                       "AND rowid >= ? AND rowid < ? LIMIT ?)"),
        QVariantList{plan.match} + range, take);
}

}
