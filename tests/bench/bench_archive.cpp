// How fast the archive takes messages in and finds them, beside bare SQLite doing the same to the same
// rows in the same run: bench_archive [MESSAGES]. Prints figures; asserts none.
#include "corpus.h"

#include "store/archive/messagecache.h"
#include "store/search/wordfolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>

#include <sqlite3.h>

#include <algorithm>
#include <cstdio>

using namespace confab;

namespace {

constexpr int kBatch = 20'000; ///< a hundred messages of each chat: what pages of history bring
constexpr int kRuns = 21;

/// A row as the archive stores it.
struct Row {
    qint64 id = 0;
    qint64 sender = 0;
    qint64 ts = 0;
    QByteArray text;
    QByteArray words;
};

struct Batch {
    QList<QList<Message>> byTopic;
    std::vector<std::vector<Row>> rows; ///< the same, one transaction each
};

/// SQLite and nothing else.
class Bare
{
public:
    explicit Bare(const QString &path)
    {
        sqlite3_open(path.toUtf8().constData(), &m_db);
        run("PRAGMA journal_mode=WAL");
        run("PRAGMA synchronous=NORMAL");
        run("PRAGMA cache_size=-4000");
    }
    ~Bare()
    {
        for (sqlite3_stmt *statement : m_statements)
            sqlite3_finalize(statement);
        sqlite3_close(m_db);
    }
    void run(const char *sql) { sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr); }
    sqlite3_stmt *prepare(const char *sql)
    {
        sqlite3_stmt *statement = nullptr;
        if (sqlite3_prepare_v2(m_db, sql, -1, &statement, nullptr) != SQLITE_OK)
            std::printf("cannot prepare %s: %s\n", sql, sqlite3_errmsg(m_db));
        m_statements.push_back(statement);
        return statement;
    }

private:
    sqlite3 *m_db = nullptr;
    std::vector<sqlite3_stmt *> m_statements;
};

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

template<typename Work>
double medianMs(int runs, Work work)
{
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    return median(times);
}

std::vector<Batch> makeBatches(int count)
{
    Corpus corpus(42);
    WordFolder folder;
    std::vector<Batch> batches;
    for (int done = 0; done < count; done += kBatch) {
        QList<QList<Message>> topics(Corpus::kTopics);
        for (int i = 0; i < std::min(kBatch, count - done); ++i) {
            int topic = 0;
            const Message message = corpus.next(topic);
            topics[topic].append(message);
        }
        Batch batch;
        batch.byTopic = topics;
        for (int topic = 0; topic < Corpus::kTopics; ++topic) {
            std::vector<Row> &rows = batch.rows.emplace_back();
            for (const Message &message : std::as_const(topics[topic])) {
                Row row;
                row.id = (qint64(topic + 1) << 40) | message.seq;
                row.sender = message.from.right(6).toInt() + 1;
                row.ts = message.ts.toMSecsSinceEpoch();
                row.text = message.text.toUtf8();
                QString words;
                const QList<FoldedWord> folded = folder.words(message.text);
                for (const FoldedWord &word : folded)
                    words += word.word + u' ';
                row.words = (words + QStringLiteral("\ue000t%1 \ue000f%2").arg(topic + 1).arg(row.sender))
                                .toUtf8();
                rows.push_back(row);
            }
        }
        batches.push_back(std::move(batch));
    }
    return batches;
}

void importRows(Bare &bare, const std::vector<Row> &rows, sqlite3_stmt *insert, sqlite3_stmt *place,
                sqlite3_stmt *word)
{
    bare.run("BEGIN");
    qint64 last = 0;
    for (const Row &row : rows) {
        const qint64 at = std::max(last + 1, ((row.ts / 1000) << 8) | (row.id >> 40));
        last = at;
        sqlite3_bind_int64(insert, 1, row.id);
        sqlite3_bind_int64(insert, 2, row.sender);
        sqlite3_bind_int64(insert, 3, row.ts);
        sqlite3_bind_text(insert, 4, row.text.constData(), int(row.text.size()), SQLITE_STATIC);
        sqlite3_bind_int64(insert, 5, at);
        sqlite3_step(insert);
        sqlite3_reset(insert);
        if (!place)
            continue;
        sqlite3_bind_int64(place, 1, at);
        sqlite3_bind_int64(place, 2, row.id);
        sqlite3_step(place);
        sqlite3_reset(place);
        sqlite3_bind_int64(word, 1, at);
        sqlite3_bind_text(word, 2, row.words.constData(), int(row.words.size()), SQLITE_STATIC);
        sqlite3_step(word);
        sqlite3_reset(word);
    }
    bare.run("COMMIT");
}

/// The same rows by a loop over the C interface. With the index: FTS5 and its row table, and no list of
/// words.
double importBare(const QString &path, const std::vector<Batch> &batches, bool index)
{
    Bare bare(path);
    bare.run("CREATE TABLE messages(id INTEGER PRIMARY KEY, sender INTEGER, ts INTEGER, head BLOB, "
             "content BLOB, text TEXT, edited INTEGER NOT NULL, edit_of INTEGER, cid TEXT, "
             "search_row INTEGER)");
    bare.run("CREATE VIRTUAL TABLE search USING fts5(words, content='', columnsize=0, tokenize='ascii')");
    bare.run("CREATE TABLE search_rows(id INTEGER PRIMARY KEY, message INTEGER NOT NULL)");
    sqlite3_stmt *insert = bare.prepare(
        "INSERT INTO messages(id, sender, ts, content, text, edited, search_row) VALUES(?,?,?,1,?,0,?)");
    sqlite3_stmt *word = bare.prepare("INSERT INTO search(rowid, words) VALUES(?, ?)");
    sqlite3_stmt *place = bare.prepare("INSERT INTO search_rows(id, message) VALUES(?, ?)");
    QElapsedTimer timer;
    timer.start();
    for (const Batch &batch : batches) {
        for (const std::vector<Row> &rows : batch.rows)
            importRows(bare, rows, insert, index ? place : nullptr, word);
    }
    return double(timer.elapsed()) / 1000;
}

double importOurs(const QString &folder, const std::vector<Batch> &batches)
{
    MessageCache cache(folder);
    if (!cache.open())
        return -1;
    for (int topic = 0; topic < Corpus::kTopics; ++topic) {
        TopicInfo info;
        info.name = Corpus::topicName(topic);
        cache.saveTopic(info);
    }
    QElapsedTimer timer;
    timer.start();
    for (const Batch &batch : batches) {
        for (int topic = 0; topic < Corpus::kTopics; ++topic) {
            if (!batch.byTopic.at(topic).isEmpty()
                && !cache.saveMessages(Corpus::topicName(topic), batch.byTopic.at(topic)))
                return -1;
        }
    }
    return double(timer.elapsed()) / 1000;
}

void printPages(const QString &folder, MessageCache &cache)
{
    const double ours = medianMs(kRuns * 5, [&] {
        ArchivePage page;
        page.topic = Corpus::topicName(0);
        cache.loadPage(page, 50);
    });
    Bare bare(folder + QStringLiteral("/archive.db"));
    sqlite3_stmt *statement = bare.prepare(
        "SELECT id, sender, ts, head, content, text, edited FROM messages "
        "WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 50");
    const double floor = medianMs(kRuns * 5, [&] {
        sqlite3_bind_int64(statement, 1, qint64(1) << 40);
        sqlite3_bind_int64(statement, 2, qint64(2) << 40);
        while (sqlite3_step(statement) == SQLITE_ROW)
            sqlite3_column_text(statement, 5);
        sqlite3_reset(statement);
    });
    std::printf("last 50 of a topic     %8.3f ms  bare prepared statement %8.3f ms  ratio %.2f (at most 2)\n",
                ours, floor, ours / floor);
}

struct Ask {
    const char *name;
    QString typed;
    QByteArray match; ///< what the floor reads
    QByteArray like;
};

QList<Ask> asks()
{
    const QByteArray common = Corpus::commonWord().toUtf8();
    const QByteArray partner = Corpus::partnerWord().toUtf8();
    const QByteArray rare = Corpus::rareWord().toUtf8();
    const QByteArray pair = Corpus::chinesePair().toUtf8();
    const QString common16 = Corpus::commonWord();
    return {
        {"rare word", Corpus::rareWord(), '"' + rare + '"', rare},
        {"two words", common16 + u' ' + Corpus::partnerWord(), '"' + common + "\" AND \"" + partner + '"',
         common + "%' AND text LIKE '%" + partner},
        {"phrase", u'"' + common16 + u' ' + Corpus::partnerWord() + u'"', '"' + common + ' ' + partner + '"',
         common + ' ' + partner},
        {"beginning", common16.left(4), '"' + common + '"', common.left(4)},
        {"two characters", Corpus::chinesePair(), '"' + pair + '"', pair},
        {"word of 10 %", common16, '"' + common + '"', common},
        {"part of a word", common16.mid(2, 4), '"' + common + '"', common.mid(2, 4)},
    };
}

void printSearches(const QString &folder, MessageCache &cache, bool withLike)
{
    Bare bare(folder + QStringLiteral("/archive.db"));
    sqlite3_stmt *postings = bare.prepare(
        "SELECT rowid FROM search WHERE words MATCH ? ORDER BY rowid DESC LIMIT 50");
    TopicList topics;
    std::printf("%-16s %10s %12s %8s %12s %8s\n", "first 50 hits", "ours ms", "postings ms", "ratio",
                "LIKE ms", "faster");
    for (const Ask &ask : asks()) {
        int hits = 0;
        const double ours = medianMs(kRuns, [&] {
            SearchPage page;
            page.query = parseSearch(ask.typed, topics);
            cache.find(page, 50, [] { return false; });
            hits = int(page.hits.size());
        });
        const double floor = medianMs(kRuns, [&] {
            sqlite3_bind_text(postings, 1, ask.match.constData(), int(ask.match.size()), SQLITE_STATIC);
            while (sqlite3_step(postings) == SQLITE_ROW)
                sqlite3_column_int64(postings, 0);
            sqlite3_reset(postings);
        });
        double like = 0;
        if (withLike) {
            const QByteArray sql
                = "SELECT id FROM messages WHERE text LIKE '%" + ask.like + "%' ORDER BY ts DESC LIMIT 50";
            sqlite3_stmt *scan = bare.prepare(sql.constData());
            like = medianMs(3, [&] {
                while (sqlite3_step(scan) == SQLITE_ROW)
                    sqlite3_column_int64(scan, 0);
                sqlite3_reset(scan);
            });
        }
        std::printf("%-16s %10.3f %12.3f %8.2f %12.1f %8.0f   (%d hits)\n", ask.name, ours, floor,
                    ours / floor, like, like / ours, hits);
    }
}

void runSize(int count, bool floors)
{
    const std::vector<Batch> batches = makeBatches(count);
    QTemporaryDir directory;
    std::printf("%d messages\n", count);
    const double ours = importOurs(directory.path(), batches);
    std::printf("import ours            %8.0f rows/s\n", count / ours);
    if (floors) {
        const double index = importBare(directory.filePath(QStringLiteral("index.db")), batches, true);
        const double plain = importBare(directory.filePath(QStringLiteral("plain.db")), batches, false);
        std::printf("bare loop with index   %8.0f rows/s  ours %.0f %% (at least 60)\n", count / index,
                    100 * index / ours);
        std::printf("bare loop without      %8.0f rows/s\n", count / plain);
    }
    const QFileInfo file(directory.filePath(QStringLiteral("archive.db")));
    std::printf("file                   %8.1f bytes a message (at most 300)\n",
                double(file.size()) / count);
    MessageCache cache(directory.path());
    if (!cache.open())
        return;
    printPages(directory.path(), cache);
    printSearches(directory.path(), cache, floors);
}

}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const int count = argc > 1 ? QByteArray(argv[1]).toInt() : 1'000'000;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    runSize(count / 10, false);
    runSize(count, true);
    return 0;
}
