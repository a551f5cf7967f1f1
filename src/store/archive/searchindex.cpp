#include "store/archive/searchindex.h"

#include "store/archive/columns.h"
#include "store/archive/messagekey.h"

#include <algorithm>

namespace confab {

namespace {

/// A row of the index is the second of the message and a number within it; more than this many
/// messages of one second borrow from the next ones.
constexpr int kSecondBits = 8;
constexpr qint64 kLastRow = qint64(1) << 62;
/// Looking up more words takes longer than comparing texts, of which many will match then.
constexpr int kMostWords = 256;
constexpr int kLeastPart = 3; ///< shorter parts are only found where words begin
constexpr size_t kMostChanges = 50'000; ///< in memory
constexpr int kSlice = 1000; ///< texts compared before looking whether the query is still wanted
constexpr size_t kNotedSlots = 1 << 17; ///< for some 50,000 words that people use, and few collisions
/// Stands before the words that are no text: not a letter, so WordFolder never makes it.
constexpr char16_t kTag = 0xe000;

qint64 rowAt(const QDateTime &ts)
{
    return std::max<qint64>(ts.toSecsSinceEpoch(), 0) << kSecondBits;
}

QString tag(char16_t kind, qint64 value)
{
    return QString(QChar(kTag)) + QChar(kind) + QString::number(value);
}

QString topicTag(qint64 topic)
{
    return tag(u't', topic);
}

QString senderTag(qint64 person)
{
    return tag(u'f', person);
}

const QList<wire::EntityKind> &allKinds()
{
    static const QList<wire::EntityKind> kAll{wire::EntityKind::Link, wire::EntityKind::Image,
                                              wire::EntityKind::File, wire::EntityKind::Audio,
                                              wire::EntityKind::Video};
    return kAll;
}

bool hasLink(const QString &text)
{
    return text.contains(QLatin1String("://")) || text.contains(QLatin1String("www."));
}

/// As FTS5 takes words, whatever they hold.
QString quoted(const QStringList &words)
{
    return u'"' + words.join(u' ').replace(u'"', QLatin1String("\"\"")) + u'"';
}

QString anyOf(const QStringList &words)
{
    QStringList clauses;
    for (const QString &word : words)
        clauses.append(quoted({word}));
    return u'(' + clauses.join(QLatin1String(" OR ")) + u')';
}

/// All texts with these three letters side by side, and those after them, ...
QString trigramsOf(const QString &part)
{
    const QList<uint> letters = part.toUcs4();
    QStringList clauses;
    for (int i = 0; i + kLeastPart <= int(letters.size()); ++i) {
        const std::u32string trigram(letters.begin() + i, letters.begin() + i + kLeastPart);
        clauses.append(quoted({QString::fromStdU32String(trigram)}));
    }
    return clauses.join(QLatin1String(" AND "));
}

/// Behind all words that begin with this one.
QString endOfPrefix(const QString &prefix)
{
    constexpr char32_t kLastCharacter = 0x10ffff;
    return prefix + QString::fromUcs4(&kLastCharacter, 1);
}

}

SearchIndex::SearchIndex(Database &database)
    : m_database(database)
{
}

QStringList SearchIndex::schema()
{
    return {
        // Words are folded before they come here: this tokenizer only parts them at spaces.
        QStringLiteral("CREATE VIRTUAL TABLE search USING fts5("
                       "words, content='', columnsize=0, tokenize='ascii')"),
        QStringLiteral("CREATE TABLE search_rows(id INTEGER PRIMARY KEY, message INTEGER NOT NULL)"),
        QStringLiteral("CREATE TABLE words(id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE)"),
        QStringLiteral("CREATE VIRTUAL TABLE word_parts USING fts5(word, content='words', "
                       "content_rowid='id', columnsize=0, detail=none, "
                       "tokenize='trigram case_sensitive 1')"),
    };
}

bool SearchIndex::load()
{
    m_noted.clear();
    m_changes.clear();
    return m_database.each(QStringLiteral("SELECT ifnull(max(id), 0) FROM search_rows"), {},
                           [this](const SqlRow &row) { m_newestRow = row.number(0); });
}

/// The first free one from the second of the message on. What is newer than all, as most are, needs no
/// look into the table.
bool SearchIndex::place(qint64 key, const QDateTime &ts, qint64 &row)
{
    constexpr qint64 kInSecond = qint64(1) << kSecondBits;
    const qint64 wanted = rowAt(ts);
    row = wanted;
    if (wanted <= m_newestRow && m_newestRow < wanted + kInSecond) {
        row = m_newestRow + 1; // one of many in this second
    } else if (wanted <= m_newestRow) {
        bool taken = false;
        const auto take = [&row](const SqlRow &found) { row = found.number(0); };
        const bool read
            = m_database.each(QStringLiteral("SELECT 1 FROM search_rows WHERE id = ?"), {wanted},
                              [&taken](const SqlRow &) { taken = true; })
            && (!taken
                || m_database.each(
                    QStringLiteral("SELECT r.id + 1 FROM search_rows r WHERE r.id >= ? AND NOT EXISTS "
                                   "(SELECT 1 FROM search_rows n WHERE n.id = r.id + 1) "
                                   "ORDER BY r.id LIMIT 1"),
                    {wanted}, take));
        if (!read)
            return false;
    }
    m_newestRow = std::max(m_newestRow, row);
    return m_database.run(QStringLiteral("INSERT INTO search_rows(id, message) VALUES(?, ?)"), {row, key});
}

bool SearchIndex::displace(qint64 row)
{
    return m_database.run(QStringLiteral("DELETE FROM search_rows WHERE id = ?"), {row});
}

bool SearchIndex::add(const QList<IndexedMessage> &messages)
{
    for (const IndexedMessage &message : messages)
        m_changes[message.row].added = message;
    return writeSoon();
}

bool SearchIndex::remove(const QList<IndexedMessage> &messages)
{
    for (const IndexedMessage &message : messages) {
        Change &change = m_changes[message.row];
        if (change.added)
            change.added.reset(); // was never written
        else
            change.removed = message;
    }
    return writeSoon();
}

bool SearchIndex::writeSoon()
{
    return m_changes.size() < kMostChanges || write();
}

bool SearchIndex::write()
{
    const std::map<qint64, Change> changes = std::exchange(m_changes, {});
    QSet<QString> removedWords;
    for (const auto &[row, change] : changes) {
        if ((change.removed && !writeRemoved(*change.removed, removedWords))
            || (change.added && !writeAdded(*change.added)))
            return false;
    }
    return dropUnusedWords(removedWords);
}

bool SearchIndex::writeAdded(const IndexedMessage &message)
{
    QStringList words;
    const QString text = document(message, words);
    return m_database.run(QStringLiteral("INSERT INTO search(rowid, words) VALUES(?, ?)"),
                          {message.row, text})
        && std::all_of(words.cbegin(), words.cend(),
                       [this](const QString &word) { return noteWord(word); });
}

bool SearchIndex::writeRemoved(const IndexedMessage &message, QSet<QString> &words)
{
    QStringList gone;
    const QString text = document(message, gone);
    words.unite(QSet<QString>(gone.cbegin(), gone.cend()));
    return m_database.run(QStringLiteral("INSERT INTO search(search, rowid, words) VALUES('delete', ?, ?)"),
                          {message.row, text});
}

/// The text of the row. `words` gets those that belong into the list of words.
QString SearchIndex::document(const IndexedMessage &message, QStringList &words)
{
    const QList<FoldedWord> folded = m_folder.words(message.text);
    QString text;
    text.reserve(message.text.size() + 32);
    for (const FoldedWord &word : folded) {
        text += word.word + u' ';
        if (!WordFolder::isUnspaced(word.word))
            words.append(word.word);
    }
    text += topicTag(topicOf(message.key));
    if (message.sender != 0)
        text += u' ' + senderTag(message.sender);
    wire::EntityKinds has = message.has;
    if (hasLink(message.text))
        has |= wire::EntityKind::Link;
    for (const wire::EntityKind kind : has ? allKinds() : QList<wire::EntityKind>()) {
        if (has.testFlag(kind))
            text += u' ' + tag(u'h', int(kind));
    }
    return text;
}

/// Puts it into the list of words, once. Most words are known: a small table of hashes tells, without
/// a look into the file.
bool SearchIndex::noteWord(const QString &word)
{
    if (m_noted.empty())
        m_noted.resize(kNotedSlots);
    const size_t hash = qHash(word) | 1;
    size_t &slot = m_noted[(hash >> 1) % kNotedSlots];
    if (slot == hash)
        return true;
    if (!m_database.run(QStringLiteral("INSERT INTO words(word) VALUES(?) ON CONFLICT DO NOTHING"), {word}))
        return false;
    slot = hash;
    // Three letters contain nothing shorter that would be asked for.
    return m_database.lastChanges() == 0 || word.size() <= kLeastPart
        || m_database.run(QStringLiteral("INSERT INTO word_parts(rowid, word) VALUES(?, ?)"),
                          {m_database.lastInsertId(), word});
}

bool SearchIndex::clear()
{
    m_changes.clear();
    const QStringList statements{
        QStringLiteral("INSERT INTO search(search) VALUES('delete-all')"),
        QStringLiteral("INSERT INTO word_parts(word_parts) VALUES('delete-all')"),
        QStringLiteral("DELETE FROM words"),
        QStringLiteral("DELETE FROM search_rows"),
    };
    return std::all_of(statements.begin(), statements.end(),
                       [this](const QString &statement) { return m_database.run(statement); })
        && load();
}

/// What was deleted shall not be readable in the list of words either.
bool SearchIndex::dropUnusedWords(const QSet<QString> &words)
{
    for (const QString &word : words) {
        bool used = false;
        qint64 id = 0;
        const bool read = m_database.each(
                              QStringLiteral("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1"),
                              {quoted({word})}, [&used](const SqlRow &) { used = true; })
            && (used
                || m_database.each(QStringLiteral("SELECT id FROM words WHERE word = ?"), {word},
                                   [&id](const SqlRow &row) { id = row.number(0); }));
        if (!read)
            return false;
        if (used || id == 0)
            continue;
        if (!m_noted.empty())
            m_noted[((qHash(word) | 1) >> 1) % kNotedSlots] = 0;
        const bool hasParts = word.size() > kLeastPart;
        if (hasParts
            && !m_database.run(QStringLiteral("INSERT INTO word_parts(word_parts, rowid, word) "
                                              "VALUES('delete', ?, ?)"),
                               {id, word}))
            return false;
        if (!m_database.run(QStringLiteral("DELETE FROM words WHERE id = ?"), {id}))
            return false;
    }
    return true;
}

bool SearchIndex::wordsWith(const QString &part, QStringList &words)
{
    QSet<QString> found;
    const auto take = [&found](const SqlRow &row) { found.insert(row.text(0)); };
    const int limit = kMostWords + 1;
    if (!m_database.each(QStringLiteral("SELECT word FROM words WHERE word >= ? AND word < ? LIMIT ?"),
                         {part, endOfPrefix(part), limit}, take))
        return false;
    if (part.toUcs4().size() >= kLeastPart && found.size() < limit
        && !m_database.each(
            QStringLiteral("SELECT word FROM words WHERE id IN (SELECT rowid FROM word_parts WHERE "
                           "word_parts MATCH ?) AND instr(word, ?) > 0 LIMIT ?"),
            {trigramsOf(part), part, limit}, take))
        return false;
    words = found.values();
    return true;
}

bool SearchIndex::planTerm(const SearchTerm &term, Plan &plan, QStringList &clauses)
{
    if (term.exact) {
        clauses.append(quoted(term.words));
        return true;
    }
    if (WordFolder::isUnspaced(term.words.last())) {
        // A character begins all pairs that it is in but the last, and there it stands alone.
        clauses.append(quoted(term.words) + u'*');
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

bool SearchIndex::planTopics(const SearchQuery &query, Plan &plan, QStringList &clauses)
{
    if (!query.topics)
        return true;
    QStringList tags;
    for (const TopicName &name : *query.topics) {
        if (!m_database.each(QStringLiteral("SELECT id FROM topics WHERE name = ?"), {name},
                             [&tags](const SqlRow &row) {
                                 tags.append(topicTag(row.number(0)));
                             }))
            return false;
    }
    if (tags.isEmpty())
        plan.nothing = true;
    else
        clauses.append(anyOf(tags));
    return true;
}

bool SearchIndex::planSenders(const SearchQuery &query, Plan &plan, QStringList &clauses)
{
    if (!query.senders)
        return true;
    QStringList tags;
    for (const UserId &user : *query.senders) {
        if (!m_database.each(QStringLiteral("SELECT id FROM people WHERE user = ?"), {user},
                             [&tags](const SqlRow &row) {
                                 tags.append(senderTag(row.number(0)));
                             }))
            return false;
    }
    if (tags.isEmpty())
        plan.nothing = true;
    else
        clauses.append(anyOf(tags));
    return true;
}

bool SearchIndex::plan(const SearchQuery &query, Plan &plan)
{
    QStringList clauses;
    for (const SearchTerm &term : query.terms) {
        if (!planTerm(term, plan, clauses))
            return false;
    }
    for (const wire::EntityKind kind : allKinds()) {
        if (query.has.testFlag(kind))
            clauses.append(quoted({tag(u'h', int(kind))}));
    }
    if (!planTopics(query, plan, clauses) || !planSenders(query, plan, clauses))
        return false;
    plan.match = clauses.join(QLatin1String(" AND "));
    plan.low = query.after.isValid() ? rowAt(query.after) : 0;
    plan.high = query.before.isValid() ? rowAt(query.before) : kLastRow;
    plan.nothing = plan.nothing || query.isEmpty();
    return true;
}

bool SearchIndex::find(const SearchQuery &query, SearchPage &page, int limit,
                       const std::function<bool()> &isCancelled)
{
    Plan plan;
    if (!this->plan(query, plan))
        return false;
    page.hits.clear();
    page.next = 0;
    page.total = 0;
    if (plan.nothing)
        return true;
    HitMarker marker(query);
    qint64 below = page.before > 0 ? std::min(page.before, plan.high) : plan.high;
    bool ended = false;
    while (!ended && int(page.hits.size()) < limit) {
        if (isCancelled() || !readHits(plan, marker, page, limit, below, ended))
            return false;
    }
    page.next = ended ? 0 : below;
    if (page.before == 0)
        return count(plan, page);
    page.total = -1;
    return true;
}

/// Looks at some rows below `below`, newest first, and moves it down to the last one seen.
bool SearchIndex::readHits(const Plan &plan, HitMarker &marker, SearchPage &page, int limit,
                           qint64 &below, bool &ended)
{
    // An edit by the sender is the newest version of what it replaces (reliability.md T6).
    static const QString kColumns = QStringLiteral(
        "SELECT r.id, r.message, t.name, p.user, m.ts, ifnull((SELECT e.text FROM messages e "
        "WHERE e.edit_of = m.id AND e.sender IS m.sender AND e.id > m.id ORDER BY e.id DESC LIMIT 1), "
        "m.text) FROM ");
    static const QString kJoins = QStringLiteral(
        " r CROSS JOIN messages m ON m.id = r.message JOIN topics t ON t.id = m.id >> 40 "
        "LEFT JOIN people p ON p.id = m.sender ORDER BY r.id DESC");
    static const QString kMatching = kColumns
        + QStringLiteral("(SELECT s.rowid AS id, (SELECT message FROM search_rows WHERE id = s.rowid) "
                         "AS message FROM search s WHERE s.words MATCH ? AND s.rowid >= ? "
                         "AND s.rowid < ? ORDER BY s.rowid DESC LIMIT ?)")
        + kJoins;
    static const QString kAll = kColumns
        + QStringLiteral("(SELECT id, message FROM search_rows WHERE id >= ? AND id < ? "
                         "ORDER BY id DESC LIMIT ?)")
        + kJoins;
    const int wanted = plan.unchecked.isEmpty() ? limit - int(page.hits.size()) : kSlice;
    int seen = 0;
    const auto take = [&](const SqlRow &row) {
        if (int(page.hits.size()) >= limit)
            return;
        ++seen;
        below = row.number(0);
        const QString text = row.text(5);
        for (const SearchTerm &term : plan.unchecked) {
            if (!marker.contains(text, term))
                return;
        }
        SearchHit hit;
        hit.seq = seqOf(row.number(1));
        hit.topic = row.text(2);
        hit.from = row.text(3);
        hit.ts = columns::toTime(row, 4);
        hit.snippet = marker.snippet(text);
        page.hits.append(hit);
    };
    const QVariantList range{plan.low, below, wanted};
    const bool read = plan.match.isEmpty()
        ? m_database.each(kAll, range, take)
        : m_database.each(kMatching, QVariantList{plan.match} + range, take);
    ended = seen < wanted && int(page.hits.size()) < limit;
    return read;
}

bool SearchIndex::count(const Plan &plan, SearchPage &page)
{
    if (page.next == 0) {
        page.total = int(page.hits.size());
        return true;
    }
    page.total = -1;
    if (!plan.unchecked.isEmpty())
        return true;
    const auto take = [&page](const SqlRow &row) { page.total = row.integer(0); };
    const QVariantList range{plan.low, plan.high, kMostCounted};
    if (plan.match.isEmpty())
        return m_database.each(QStringLiteral("SELECT count(*) FROM (SELECT 1 FROM search_rows "
                                              "WHERE id >= ? AND id < ? LIMIT ?)"),
                               range, take);
    return m_database.each(QStringLiteral("SELECT count(*) FROM (SELECT 1 FROM search WHERE words MATCH ? "
                                          "AND rowid >= ? AND rowid < ? LIMIT ?)"),
                           QVariantList{plan.match} + range, take);
}

}
