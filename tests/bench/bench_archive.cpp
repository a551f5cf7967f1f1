// How fast the archive takes messages in and finds them, beside bare SQLite doing the same to the same
// rows in the same run: bench_archive [MESSAGES]. Prints figures; asserts none. Times are of the CPU, for
// what else runs on a machine shall not count; those of imports, which wait for the disk, are told by the
// clock as well.
#include "corpus.h"

#include "store/archive/archive.h"
#include "store/archive/indexwords.h"
#include "store/archive/messagecache.h"
#include "store/search/wordfolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QThread>

#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace confab;

namespace {

constexpr int kBatch = 20'000; ///< a transaction: a hundred messages of each chat, as pages of history bring
constexpr int kRuns = 21;
constexpr int kSearches = 201; ///< of each kind
constexpr int kHits = 50;

/// A row as the archive stores it.
struct Row {
    qint64 id = 0;
    qint64 sender = 0;
    qint64 ts = 0;
    qint64 place = 0; ///< in the index: by time
    QByteArray text;
    QByteArray words;
};

/// What goes into one transaction.
struct Batch {
    QList<QList<Message>> byTopic;
    QList<std::pair<int, Message>> byTime; ///< the same, with the topic
    std::vector<Row> rows; ///< the same, by key
    std::vector<std::pair<QByteArray, QList<QByteArray>>>
        newWords; ///< that no batch before had, with their parts
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
    qint64 lastRow() const { return sqlite3_last_insert_rowid(m_db); }
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

double cpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// Of the thread that asks.
double threadMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// Seconds since it was made.
class Watch
{
public:
    Watch() { m_wall.start(); }
    double wall() const { return double(m_wall.nsecsElapsed()) / 1e9; }
    double cpu() const { return (cpuMs() - m_cpu) / 1e3; }

private:
    QElapsedTimer m_wall;
    double m_cpu = cpuMs();
};

struct Taken {
    double wall = 0;
    double cpu = 0;
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
        const double before = cpuMs();
        work();
        times.push_back(cpuMs() - before);
    }
    return median(times);
}

Row makeRow(int topic, const Message &message, WordFolder &folder)
{
    Row row;
    row.id = (qint64(topic + 1) << 40) | message.seq;
    row.sender = message.from.right(6).toInt() + 1;
    row.ts = message.ts.toMSecsSinceEpoch();
    row.text = message.text.toUtf8();
    QString words;
    const QList<FoldedWord> folded = folder.words(message.text);
    for (const FoldedWord &word : folded)
        words += word.word + u' ';
    row.words
        = (words + QStringLiteral("\ue000t%1 \ue000f%2").arg(topic + 1).arg(row.sender)).toUtf8();
    return row;
}

std::vector<Batch> makeBatches(int count)
{
    Corpus corpus(42);
    WordFolder folder;
    std::vector<Batch> batches;
    QSet<QString> known;
    qint64 place = 0;
    for (int done = 0; done < count; done += kBatch) {
        Batch batch;
        batch.byTopic.resize(Corpus::kTopics);
        for (int i = 0; i < std::min(kBatch, count - done); ++i) {
            int topic = 0;
            const Message message = corpus.next(topic);
            batch.byTopic[topic].append(message);
            batch.byTime.append({topic, message});
            Row row = makeRow(topic, message, folder);
            for (const FoldedWord &word : folder.words(message.text)) {
                if (!WordFolder::isUnspaced(word.word) && !known.contains(word.word)) {
                    known.insert(word.word);
                    QList<QByteArray> parts;
                    for (const QString &part : indexwords::partsOf(word.word))
                        parts.append(part.toUtf8());
                    batch.newWords.emplace_back(word.word.toUtf8(), parts);
                }
            }
            place = std::max(place + 1, (row.ts / 1000) << 8);
            row.place = place;
            batch.rows.push_back(row);
        }
        std::sort(batch.rows.begin(), batch.rows.end(),
                  [](const Row &a, const Row &b) { return a.id < b.id; });
        batches.push_back(std::move(batch));
    }
    return batches;
}

void step(sqlite3_stmt *statement)
{
    sqlite3_step(statement);
    sqlite3_reset(statement);
}

/// In the order that costs SQLite least: messages by key, the index by place.
void importRows(
    std::vector<Row> rows, sqlite3_stmt *insert, sqlite3_stmt *place, sqlite3_stmt *word)
{
    for (const Row &row : rows) {
        sqlite3_bind_int64(insert, 1, row.id);
        sqlite3_bind_int64(insert, 2, row.sender);
        sqlite3_bind_int64(insert, 3, row.ts);
        sqlite3_bind_text(insert, 4, row.text.constData(), int(row.text.size()), SQLITE_STATIC);
        step(insert);
    }
    std::sort(rows.begin(), rows.end(), [](const Row &a, const Row &b) { return a.place < b.place; });
    for (const Row &row : rows) {
        if (!place)
            break;
        sqlite3_bind_int64(place, 1, row.place);
        sqlite3_bind_int64(place, 2, row.id);
        step(place);
        sqlite3_bind_int64(word, 1, row.place);
        sqlite3_bind_text(word, 2, row.words.constData(), int(row.words.size()), SQLITE_STATIC);
        step(word);
    }
}

/// The same rows by a loop over the C interface, into the tables and indexes of an empty archive. With the
/// index: FTS5, its row table and the list of words, all of them made before the clock starts.
Taken importBare(const QString &folder, const std::vector<Batch> &batches, bool index)
{
    QDir().mkpath(folder);
    MessageCache(folder).open();
    Bare bare(folder + QStringLiteral("/archive.db"));
    bare.run("PRAGMA foreign_keys=ON");
    sqlite3_stmt *person = bare.prepare("INSERT INTO people(id, user) VALUES(?, ?)");
    for (int sender = 0; sender < Corpus::kSenders; ++sender) {
        const QByteArray user = Corpus::senderName(sender).toUtf8();
        sqlite3_bind_int64(person, 1, sender + 1);
        sqlite3_bind_text(person, 2, user.constData(), int(user.size()), SQLITE_STATIC);
        step(person);
    }
    sqlite3_stmt *insert = bare.prepare(
        "INSERT INTO messages(id, sender, ts, head, content, text, edited, edit_of, part_of, cid) "
        "VALUES(?, ?, ?, NULL, 1, ?, 0, NULL, NULL, NULL)");
    sqlite3_stmt *word = bare.prepare("INSERT INTO search(rowid, words) VALUES(?, ?)");
    sqlite3_stmt *place = bare.prepare("INSERT INTO search_rows(id, message) VALUES(?, ?)");
    sqlite3_stmt *list = bare.prepare("INSERT INTO words(word) VALUES(?)");
    sqlite3_stmt *part
        = bare.prepare("INSERT INTO word_parts(part, word) VALUES(?, ?)");
    const Watch watch;
    for (const Batch &batch : batches) {
        bare.run("BEGIN");
        importRows(batch.rows, insert, index ? place : nullptr, word);
        const auto put = [](sqlite3_stmt *statement, const QByteArray &one) {
            sqlite3_bind_text(statement, 1, one.constData(), int(one.size()), SQLITE_STATIC);
            step(statement);
        };
        for (const auto &[one, parts] : batch.newWords) {
            if (!index)
                break;
            put(list, one);
            const qint64 id = bare.lastRow();
            for (const QByteArray &each : parts) {
                sqlite3_bind_int64(part, 2, id);
                put(part, each);
            }
        }
        bare.run("COMMIT");
    }
    return {watch.wall(), watch.cpu()};
}

struct Imported {
    Taken saved;
    Taken found; ///< until all words are in the index, too
};

Imported importOurs(const QString &folder, const std::vector<Batch> &batches)
{
    MessageCache cache(folder);
    if (!cache.open())
        return {};
    for (int topic = 0; topic < Corpus::kTopics; ++topic) {
        TopicInfo info;
        info.name = Corpus::topicName(topic);
        cache.saveTopic(info);
    }
    const Watch watch;
    for (const Batch &batch : batches) {
        const bool done = cache.together([&] {
            for (int topic = 0; topic < Corpus::kTopics; ++topic) {
                if (!batch.byTopic.at(topic).isEmpty()
                    && !cache.saveMessages(Corpus::topicName(topic), batch.byTopic.at(topic)))
                    return false;
            }
            return true;
        });
        if (!done)
            return {};
    }
    const Taken saved{watch.wall(), watch.cpu()};
    while (!cache.isIndexed()) {
        if (!cache.indexSome([] { return false; }))
            return {};
    }
    return {saved, {watch.wall(), watch.cpu()}};
}

/// The same rows one by one as they are received live, through the queue of the database thread.
void printBurst(const std::vector<Batch> &batches, int count)
{
    const QTemporaryDir imported;
    const Taken import = importOurs(imported.path(), batches).saved;
    const QTemporaryDir directory;
    QThread thread;
    thread.start();
    QStringList names; // made once, as by an import
    for (int topic = 0; topic < Corpus::kTopics; ++topic)
        names.append(Corpus::topicName(topic));
    double longest = 0;
    Taken durable;
    {
        Archive archive(directory.path(), &thread);
        QEventLoop loop;
        QObject::connect(&archive, &Archive::opened, &loop, &QEventLoop::quit);
        archive.open();
        loop.exec();
        const Watch watch;
        for (const Batch &batch : batches) {
            for (const auto &[topic, message] : batch.byTime) {
                const double before = threadMs();
                archive.saveMessages(names.at(topic), {message});
                longest = std::max(longest, threadMs() - before);
            }
        }
        archive.afterWrites([&loop] { loop.quit(); });
        loop.exec();
        durable = {watch.wall(), watch.cpu()};
    }
    thread.quit();
    thread.wait();
    std::printf("burst of %d one by one: durable after %.2f s (cpu %.2f), import %.2f s (cpu %.2f)  "
                "ratio %.2f (at most 1.3), cpu %.2f; longest call %.2f ms\n",
                count, durable.wall, durable.cpu, import.wall, import.cpu, durable.wall / import.wall,
                durable.cpu / import.cpu, longest);
}

/// The values that a page is made of, and nothing around them.
Message bareMessage(sqlite3_stmt *statement, const QHash<qint64, UserId> &names)
{
    Message message;
    message.seq = Seq(sqlite3_column_int64(statement, 0) & 0xffffffffff);
    message.from = names.value(sqlite3_column_int64(statement, 1));
    message.ts = QDateTime::fromMSecsSinceEpoch(sqlite3_column_int64(statement, 2), Qt::UTC);
    message.text = QString::fromUtf8(
        reinterpret_cast<const char *>(sqlite3_column_text(statement, 5)),
        sqlite3_column_bytes(statement, 5));
    message.content = wire::JsonBlob::fromString(message.text);
    return message;
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
    QHash<qint64, UserId> names;
    for (int sender = 0; sender < Corpus::kSenders; ++sender)
        names.insert(sender + 1, Corpus::senderName(sender));
    const auto read = [statement](auto take) {
        sqlite3_bind_int64(statement, 1, qint64(1) << 40);
        sqlite3_bind_int64(statement, 2, qint64(2) << 40);
        while (sqlite3_step(statement) == SQLITE_ROW)
            take();
        sqlite3_reset(statement);
    };
    const double floor = medianMs(kRuns * 5, [&] {
        QList<Message> messages;
        read([&] { messages.append(bareMessage(statement, names)); });
    });
    const double columns = medianMs(kRuns * 5, [&] {
        read([&] { sqlite3_column_text(statement, 5); });
    });
    std::printf("last 50 of a topic     %8.3f ms  bare statement, same values %8.3f ms  ratio %.2f "
                "(at most 2)  no values %8.3f ms\n",
                ours, floor, ours / floor, columns);
}

struct Ask {
    const char *name;
    QString typed;
    QByteArray match; ///< what the floor reads; empty: all words with what is typed in them
    QByteArray like;
};

/// What a search took of an archive.
struct Searched {
    double ms = 0;
    int hits = 0;
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
        {"two words", common16 + u' ' + Corpus::partnerWord(),
            '"' + common + "\" AND \"" + partner + '"', common + "%' AND text LIKE '%" + partner},
        {"phrase", u'"' + common16 + u' ' + Corpus::partnerWord() + u'"',
            '"' + common + ' ' + partner + '"', common + ' ' + partner},
        {"beginning", common16.left(4), {}, common.left(4)},
        {"two characters", Corpus::chinesePair(), '"' + pair + '"', pair},
        {"word of 10 %", common16, '"' + common + '"', common},
        {"part of a word", common16.mid(2, 4), {}, common.mid(2, 4)},
    };
}

QByteArray anyWith(Bare &bare, const QByteArray &part)
{
    sqlite3_stmt *words
        = bare.prepare("SELECT group_concat('\"' || word || '\"', ' OR ') FROM words "
                       "WHERE instr(word, ?) > 0");
    sqlite3_bind_text(words, 1, part.constData(), int(part.size()), SQLITE_STATIC);
    sqlite3_step(words);
    const QByteArray all(reinterpret_cast<const char *>(sqlite3_column_text(words, 0)));
    sqlite3_reset(words);
    return all;
}

Searched search(MessageCache &cache, const QString &typed, int limit)
{
    const TopicList topics;
    Searched result;
    result.ms = medianMs(kSearches, [&] {
        SearchPage page;
        page.query = parseSearch(typed, topics);
        cache.find(page, limit, [] { return false; });
        result.hits = int(page.hits.size());
    });
    return result;
}

double likeMs(Bare &bare, const QByteArray &like)
{
    const QByteArray sql = "SELECT id FROM messages WHERE text LIKE '%" + like
        + "%' ORDER BY ts DESC LIMIT " + QByteArray::number(kHits);
    sqlite3_stmt *scan = bare.prepare(sql.constData());
    return medianMs(3, [&] {
        while (sqlite3_step(scan) == SQLITE_ROW)
            sqlite3_column_int64(scan, 0);
        sqlite3_reset(scan);
    });
}

/// `fewer`: what the same took of a tenth of the messages, by name; empty: this is it.
QHash<QString, Searched> printSearches(
    const QString &folder, MessageCache &cache, const QHash<QString, Searched> &fewer)
{
    Bare bare(folder + QStringLiteral("/archive.db"));
    sqlite3_stmt *postings
        = bare.prepare("SELECT rowid FROM search WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?");
    std::printf("%-16s %10s %12s %8s\n", "first 50 hits", "ours ms", "postings ms", "ratio");
    QHash<QString, Searched> all;
    for (const Ask &ask : asks()) {
        const QByteArray match
            = ask.match.isEmpty() ? anyWith(bare, ask.typed.toUtf8()) : ask.match;
        const Searched ours = search(cache, ask.typed, kHits);
        const double floor = medianMs(kSearches, [&] {
            sqlite3_bind_text(postings, 1, match.constData(), int(match.size()), SQLITE_STATIC);
            sqlite3_bind_int(postings, 2, kHits);
            while (sqlite3_step(postings) == SQLITE_ROW)
                sqlite3_column_int64(postings, 0);
            sqlite3_reset(postings);
        });
        std::printf("%-16s %10.4f %12.4f %8.2f   (%d hits)", ask.name, ours.ms, floor,
            ours.ms / floor, ours.hits);
        const QString name = QString::fromLatin1(ask.name);
        const Searched before = fewer.value(name);
        if (before.hits > 0) {
            const double as = search(cache, ask.typed, before.hits).ms;
            const double like = likeMs(bare, ask.like);
            std::printf("   / a tenth %.2f, with its %d hits %.2f; LIKE %.0f ms, %.0f times",
                ours.ms / before.ms, before.hits, as / before.ms, like, like / ours.ms);
        }
        std::printf("\n");
        all.insert(name, ours);
    }
    return all;
}

/// Gives what searches took. `fewer`: as for printSearches(); with it, floors are measured as well.
QHash<QString, Searched> runSize(int count, const QHash<QString, Searched> &fewer = {})
{
    const bool floors = !fewer.isEmpty();
    const std::vector<Batch> batches = makeBatches(count);
    QTemporaryDir directory;
    std::printf("%d messages\n", count);
    const Imported ours = importOurs(directory.path(), batches);
    const auto print = [count](const char *name, const Taken &taken) {
        std::printf(
            "%-22s %8.0f rows/s  cpu %8.0f rows/s\n", name, count / taken.wall, count / taken.cpu);
    };
    const auto printFloor = [&](const char *name, const Taken &floor, const Taken &taken) {
        print(name, floor);
        std::printf("  ours of it %.0f %%, cpu %.0f %% (at least 60)\n",
            100 * floor.wall / taken.wall, 100 * floor.cpu / taken.cpu);
    };
    print("import, saved", ours.saved);
    print("import, with index", ours.found);
    if (floors) {
        printFloor("bare loop",
            importBare(directory.filePath(QStringLiteral("plain")), batches, false), ours.saved);
        printFloor("bare loop with index",
            importBare(directory.filePath(QStringLiteral("index")), batches, true), ours.found);
        printBurst(batches, count);
    }
    const QFileInfo file(directory.filePath(QStringLiteral("archive.db")));
    std::printf("file                   %8.1f bytes a message (at most 300)\n",
                double(file.size()) / count);
    MessageCache cache(directory.path());
    if (!cache.open())
        return {};
    printPages(directory.path(), cache);
    return printSearches(directory.path(), cache, fewer);
}

}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const int count = argc > 1 ? QByteArray(argv[1]).toInt() : 1'000'000;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    runSize(count, runSize(count / 10));
    return 0;
}
