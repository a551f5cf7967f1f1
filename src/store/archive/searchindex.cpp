#include "store/archive/searchindex.h"

#include "store/archive/indexwords.h"
#include "store/archive/messagecodec.h"
#include "store/archive/messagekey.h"

#include <algorithm>

namespace confab {

using namespace columns;
using namespace indexwords;

namespace {

bool hasLink(const QString &text)
{
    return text.contains(QLatin1String("://")) || text.contains(QLatin1String("www."));
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
        // version: of the edit whose words the index has; NULL where it has those of the message
        // itself
        QStringLiteral("CREATE TABLE search_rows("
                       "id INTEGER PRIMARY KEY, message INTEGER NOT NULL, version INTEGER)"),
        QStringLiteral("CREATE INDEX search_messages ON search_rows(message)"),
        QStringLiteral("CREATE TABLE words(id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE)"),
        QStringLiteral("CREATE TABLE word_parts("
                       "part TEXT NOT NULL, word INTEGER NOT NULL, PRIMARY KEY (part, word)) "
                       "WITHOUT ROWID"),
    };
}

/// A range of this takes a sixth of what an FTS5 table of trigrams takes to ask.
QStringList SearchIndex::partSchema()
{
    return {
        QStringLiteral("DROP TABLE word_parts"),
        schema().last(),
        QStringLiteral("WITH RECURSIVE places(at) AS "
                       "(VALUES(1) UNION ALL SELECT at + 1 FROM places WHERE at < %1) "
                       "INSERT INTO word_parts(part, word) "
                       "SELECT DISTINCT substr(word, at, %2), id FROM words CROSS JOIN places "
                       "WHERE at + %3 <= length(word) + 1 ORDER BY 1, 2")
            .arg(WordFolder::kLongestWord)
            .arg(kPart)
            .arg(kLeastPart),
    };
}

QStringList SearchIndex::noteSchema()
{
    return {
        QStringLiteral("CREATE TABLE to_index(id INTEGER PRIMARY KEY, message INTEGER NOT NULL)"),
        QStringLiteral("INSERT INTO to_index(message) SELECT id FROM messages "
                       "WHERE edit_of IS NULL AND part_of IS NULL ORDER BY id DESC"),
    };
}

bool SearchIndex::load()
{
    m_known.reset();
    m_removed.clear();
    return m_database.each(QStringLiteral("SELECT ifnull(max(id), 0) FROM search_rows"), {},
        [this](const SqlRow &row) { m_newestRow = row.number(0); });
}

bool SearchIndex::note(qint64 key)
{
    return m_database.run(QStringLiteral("INSERT INTO to_index(message) VALUES(?)"), {key});
}

/// One statement for many takes a quarter of the time.
bool SearchIndex::note(qint64 low, qint64 hi)
{
    return hi - low == 1
        ? note(low)
        : m_database.run(
            QStringLiteral("INSERT INTO to_index(message) SELECT id FROM messages WHERE id >= ? "
                           "AND id < ? AND edit_of IS NULL AND part_of IS NULL ORDER BY id"),
            {low, hi});
}

bool SearchIndex::takeIn(bool &done, const std::function<bool()> &isEnough)
{
    done = false;
    QList<Document> added;
    qint64 last = 0;
    for (int taken = 0; taken < kMostAtOnce && !(taken > 0 && isEnough()); taken += kSlice) {
        QList<Noted> notes;
        if (!readNotes(last, kSlice, notes))
            return false;
        QSet<qint64> seen; // noted twice: what was read is the newest in any case
        for (Noted &noted : notes) {
            last = noted.note;
            if (noted.document.key == 0 || seen.contains(noted.document.key))
                continue;
            seen.insert(noted.document.key);
            if (!prepare(noted, added))
                return false;
        }
        done = notes.size() < kSlice;
        if (done)
            break;
    }
    // FTS5 is fast as long as rows ascend.
    std::sort(added.begin(), added.end(),
        [](const Document &a, const Document &b) { return a.row < b.row; });
    return std::all_of(
               added.cbegin(), added.cend(), [this](const Document &one) { return add(one); })
        && dropUnusedWords()
        && (last == 0
            || m_database.run(QStringLiteral("DELETE FROM to_index WHERE id <= ?"), {last}));
}

/// The newest version of a message is the last edit by its sender (reliability.md T6).
bool SearchIndex::readNotes(qint64 after, int limit, QList<Noted> &notes)
{
    const auto take = [&notes](const SqlRow &row) {
        Noted noted;
        noted.note = row.number(0);
        noted.document.key = row.number(1);
        noted.ts = toTime(row, 2);
        noted.document.sender = row.number(3);
        noted.document.row = row.number(4);
        noted.indexedVersion = row.number(5);
        noted.version = row.number(6) == noted.document.key ? 0 : row.number(6);
        noted.document.text = row.text(7);
        noted.document.has = wire::entityKinds(toContent(row, 8, noted.document.text));
        notes.append(noted);
    };
    return m_database.each(
        QStringLiteral(
            "SELECT q.id, m.id, m.ts, m.sender, r.id, r.version, n.id, n.text, n.content "
            "FROM (SELECT id, message FROM to_index WHERE id > ? ORDER BY id LIMIT ?) q "
            "LEFT JOIN messages m ON m.id = q.message AND m.edit_of IS NULL "
            "AND m.part_of IS NULL "
            "LEFT JOIN search_rows r ON r.message = m.id "
            "LEFT JOIN messages n ON n.id = ifnull((SELECT e.id FROM messages e "
            "WHERE e.edit_of = m.id AND e.sender IS m.sender AND e.id > m.id "
            "ORDER BY e.id DESC LIMIT 1), m.id) ORDER BY q.id"),
        {after, limit}, take);
}

bool SearchIndex::prepare(Noted &noted, QList<Document> &added)
{
    if (noted.document.row == 0) {
        if (!place(noted))
            return false;
    } else if (noted.version == noted.indexedVersion) {
        return true;
    } else {
        Document old = noted.document;
        if (!readOld(noted, old) || !remove(old)
            || !m_database.run(QStringLiteral("UPDATE search_rows SET version = ? WHERE id = ?"),
                {noted.version != 0 ? QVariant(noted.version) : QVariant(), noted.document.row}))
            return false;
    }
    added.append(noted.document);
    return true;
}

bool SearchIndex::readOld(const Noted &noted, Document &old)
{
    const qint64 version = noted.indexedVersion != 0 ? noted.indexedVersion : noted.document.key;
    return m_database.each(QStringLiteral("SELECT text, content FROM messages WHERE id = ?"),
        {version}, [&old](const SqlRow &row) {
            old.text = row.text(0);
            old.has = wire::entityKinds(toContent(row, 1, old.text));
        });
}

/// The first free row from the second of the message on. What is newer than all, as most are, needs
/// no look into the table.
bool SearchIndex::place(Noted &noted)
{
    constexpr qint64 kInSecond = qint64(1) << kSecondBits;
    const qint64 wanted = rowAt(noted.ts);
    qint64 &row = noted.document.row;
    row = wanted;
    if (wanted <= m_newestRow && m_newestRow < wanted + kInSecond)
        row = m_newestRow + 1; // one of many in this second
    else if (wanted <= m_newestRow && !freeRow(wanted, row))
        return false;
    m_newestRow = std::max(m_newestRow, row);
    return m_database.run(
        QStringLiteral("INSERT INTO search_rows(id, message, version) VALUES(?, ?, ?)"),
        {row, noted.document.key, noted.version != 0 ? QVariant(noted.version) : QVariant()});
}

/// A burst asks for the same second thousands of times: rows that it has taken are not looked at again.
bool SearchIndex::freeRow(qint64 wanted, qint64 &row)
{
    const bool again = wanted >= m_firstTaken && wanted <= m_lastTaken;
    row = again ? m_lastTaken : wanted;
    bool taken = false;
    const bool found
        = m_database.each(QStringLiteral("SELECT 1 FROM search_rows WHERE id = ?"), {row},
              [&taken](const SqlRow &) { taken = true; })
        && (!taken
            || m_database.each(
                QStringLiteral("SELECT r.id + 1 FROM search_rows r WHERE r.id >= ? AND NOT EXISTS "
                               "(SELECT 1 FROM search_rows n WHERE n.id = r.id + 1) "
                               "ORDER BY r.id LIMIT 1"),
                {row}, [&row](const SqlRow &next) { row = next.number(0); }));
    m_firstTaken = again ? m_firstTaken : wanted;
    m_lastTaken = row;
    return found;
}

bool SearchIndex::add(const Document &document)
{
    QStringList words;
    const QString text = wordsOf(document, words);
    return m_database.run(QStringLiteral("INSERT INTO search(rowid, words) VALUES(?, ?)"),
               {document.row, text})
        && std::all_of(
            words.cbegin(), words.cend(), [this](const QString &word) { return noteWord(word); });
}

bool SearchIndex::remove(const Document &document)
{
    QStringList gone;
    const QString text = wordsOf(document, gone);
    m_removed.unite(QSet<QString>(gone.cbegin(), gone.cend()));
    return m_database.run(
        QStringLiteral("INSERT INTO search(search, rowid, words) VALUES('delete', ?, ?)"),
        {document.row, text});
}

/// The text of the row. `words` gets those that belong into the list of words.
QString SearchIndex::wordsOf(const Document &document, QStringList &words)
{
    const QList<FoldedWord> folded = m_folder.words(document.text);
    QString text;
    text.reserve(3 * document.text.size() + 64); // also for pairs of characters
    words.reserve(folded.size());
    for (const FoldedWord &word : folded) {
        text += word.word;
        text += u' ';
        if (!WordFolder::isUnspaced(word.word))
            words.append(word.word);
    }
    text += topicTag(topicOf(document.key));
    if (document.sender != 0)
        text += u' ' + senderTag(document.sender);
    wire::EntityKinds has = document.has;
    if (hasLink(document.text))
        has |= wire::EntityKind::Link;
    for (const wire::EntityKind kind : has ? allKinds() : QList<wire::EntityKind>()) {
        if (has.testFlag(kind))
            text += u' ' + kindTag(kind);
    }
    return text;
}

/// Puts it into the list of words, once. Most words are known: a small table of hashes tells,
/// without a look into the file.
bool SearchIndex::noteWord(const QString &word)
{
    if (!m_known)
        m_known = std::make_unique<KnownWords>();
    const size_t hash = qHash(word) | 1;
    size_t &slot = (*m_known)[(hash >> 1) % kKnownSlots];
    if (slot == hash)
        return true;
    if (!m_database.run(
            QStringLiteral("INSERT INTO words(word) VALUES(?) ON CONFLICT DO NOTHING"), {word}))
        return false;
    slot = hash;
    return m_database.lastChanges() == 0
        || runForParts(QStringLiteral("INSERT INTO word_parts(part, word) VALUES(?, ?)"), word,
            m_database.lastInsertId());
}

bool SearchIndex::runForParts(const QString &sql, const QString &word, qint64 id)
{
    const QStringList parts = partsOf(word);
    return std::all_of(parts.cbegin(), parts.cend(), [&](const QString &part) {
        return m_database.run(sql, {part, id});
    });
}

bool SearchIndex::remove(qint64 low, qint64 hi)
{
    for (qint64 from = low;;) {
        QList<Document> gone;
        const auto take = [&gone](const SqlRow &row) {
            Document document;
            document.row = row.number(0);
            document.key = row.number(1);
            document.sender = row.number(2);
            document.text = row.text(3);
            document.has = wire::entityKinds(toContent(row, 4, document.text));
            gone.append(document);
        };
        if (!m_database.each(
                QStringLiteral("SELECT r.id, m.id, m.sender, n.text, n.content FROM search_rows r "
                               "CROSS JOIN messages m ON m.id = r.message "
                               "CROSS JOIN messages n ON n.id = ifnull(r.version, m.id) "
                               "WHERE r.message >= ? AND r.message < ? ORDER BY r.message LIMIT ?"),
                {from, hi, kSlice}, take))
            return false;
        for (const Document &document : std::as_const(gone)) {
            if (!remove(document)
                || !m_database.run(
                    QStringLiteral("DELETE FROM search_rows WHERE id = ?"), {document.row}))
                return false;
        }
        if (gone.size() < kSlice)
            return dropUnusedWords();
        from = gone.last().key + 1;
    }
}

bool SearchIndex::clear()
{
    const QStringList statements{
        QStringLiteral("INSERT INTO search(search) VALUES('delete-all')"),
        QStringLiteral("DELETE FROM word_parts"),
        QStringLiteral("DELETE FROM words"),
        QStringLiteral("DELETE FROM search_rows"),
        QStringLiteral("DELETE FROM to_index"),
    };
    return std::all_of(statements.begin(), statements.end(), [this](const QString &statement) {
        return m_database.run(statement);
    }) && load();
}

void SearchIndex::releaseMemory()
{
    m_known.reset();
}

/// What was deleted shall not be readable in the list of words either.
bool SearchIndex::dropUnusedWords()
{
    const QSet<QString> words = std::exchange(m_removed, {});
    for (const QString &word : words) {
        bool used = false;
        qint64 id = 0;
        const bool read
            = m_database.each(QStringLiteral("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1"),
                  {quoted({word})}, [&used](const SqlRow &) { used = true; })
            && (used
                || m_database.each(QStringLiteral("SELECT id FROM words WHERE word = ?"), {word},
                    [&id](const SqlRow &row) { id = row.number(0); }));
        if (!read)
            return false;
        if (used || id == 0)
            continue;
        if (m_known)
            (*m_known)[((qHash(word) | 1) >> 1) % kKnownSlots] = 0;
        if (!runForParts(
                QStringLiteral("DELETE FROM word_parts WHERE part = ? AND word = ?"), word, id)
            || !m_database.run(QStringLiteral("DELETE FROM words WHERE id = ?"), {id}))
            return false;
    }
    return true;
}
}
