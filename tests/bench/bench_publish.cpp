// How many messages a second are stored for good: eight topics in parallel with eight unanswered
// messages each, and one topic alone, beside a loop over the C interface of SQLite that appends the
// same rows and commits as many at once as can be unanswered: bench_publish [RUNS]. Prints figures;
// asserts none.
#include "benchpeople.h"
#include "benchserver.h"
#include "figures.h"
#include "loadloop.h"
#include "population.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <cstdio>
#include <sqlite3.h>

using namespace confab;
using namespace std::chrono_literals;

namespace {

struct Load {
    int topics;
    int window; ///< unanswered messages of each topic

    int atOnce() const { return topics * window; }
    int messages() const { return topics * kMessagesPerTopic; }

    static constexpr int kMessagesPerTopic = 4'000;
};

constexpr Load kManyTopics{8, 8};
constexpr Load kOneTopic{1, 8};
constexpr Load kOneMessage{1, 1};
constexpr auto kPatience = 120s;

using Clock = std::chrono::steady_clock;

struct Writer {
    LoadClient *client = nullptr;
    std::string topic;
    std::vector<Clock::time_point> sentAt;
    int answered = 0;
};

struct Outcome {
    double rate = 0; ///< messages a second; 0: it broke off
    double cpu = 0; ///< of the server, microseconds for each message
    std::vector<qint64> latencies; ///< microseconds
};

/// Answers keep the order of the messages.
void noteAnswer(Writer &writer, std::string_view frame, Outcome &outcome)
{
    if (!frame.starts_with("{\"ctrl\""))
        return;
    const auto waited = Clock::now() - writer.sentAt.at(size_t(writer.answered++));
    outcome.latencies.push_back(
        std::chrono::duration_cast<std::chrono::microseconds>(waited).count());
}

Outcome publishAll(const Load &load)
{
    const QTemporaryDir folder;
    QList<Population::User> users;
    std::vector<Writer> writers(size_t(load.topics));
    {
        Population population(folder.path());
        for (Writer &writer : writers) {
            users.append(population.addUser());
            writer.topic = population.addGroup({users.last()}).name.toStdString();
        }
    }
    BenchServer server;
    if (!server.startConfabd(folder.path()))
        return {};
    LoadLoop loop;
    Outcome outcome;
    int ready = 0;
    for (int i = 0; i < load.topics; ++i) {
        Writer &writer = writers[size_t(i)];
        writer.client = &loop.open(server.port(), kChatPath);
        signIn(
            *writer.client, users.at(i).token,
            {QStringLiteral("me"), QString::fromStdString(writer.topic)}, [&ready] { ++ready; },
            [&writer, &outcome](std::string_view frame) { noteAnswer(writer, frame, outcome); });
    }
    if (!loop.runUntil([&] { return ready == load.topics; }, kPatience))
        return {};
    const std::string text(200, 'x');
    const double cpuBefore = server.cpuSeconds();
    const auto began = Clock::now();
    const bool done = loop.runUntil(
        [&] {
            bool all = true;
            for (Writer &writer : writers) {
                int sent = int(writer.sentAt.size());
                for (; sent < Load::kMessagesPerTopic && sent - writer.answered < load.window;
                     ++sent) {
                    writer.sentAt.push_back(Clock::now());
                    writer.client->sendText(publication(writer.topic, sent, text));
                }
                all = all && writer.answered == Load::kMessagesPerTopic;
            }
            return all;
        },
        kPatience);
    outcome.rate = done ? load.messages() / secondsSince(began) : 0;
    outcome.cpu = (server.cpuSeconds() - cpuBefore) * 1e6 / load.messages();
    return outcome;
}

void bindText(sqlite3_stmt *statement, int index, const std::string &text)
{
    sqlite3_bind_text(statement, index, text.data(), int(text.size()), SQLITE_TRANSIENT);
}

void appendRow(sqlite3_stmt *insert, int number, int topics)
{
    const int topic = number % topics + 1;
    const std::string cid = "0f4c5a1e-77aa-4b0e-9d7c-AAAAAAAAAA" + std::to_string(number);
    sqlite3_bind_int(insert, 1, topic);
    sqlite3_bind_int(insert, 2, number / topics + 1);
    bindText(insert, 3, "usrAAAAAAAAAA" + std::to_string(topic));
    sqlite3_bind_int64(insert, 4, 1'760'000'000'000 + number);
    bindText(insert, 5, "{\"x-confab-cid\":\"" + cid + "\"}");
    bindText(insert, 6, '"' + std::string(200, 'x') + '"');
    bindText(insert, 7, cid);
    sqlite3_step(insert);
    sqlite3_reset(insert);
}

/// Rows a second of the bare loop, in the tables of an empty server.
double appendAll(const Load &load)
{
    const QTemporaryDir folder;
    {
        const Population empty(folder.path());
    }
    sqlite3 *db = nullptr;
    sqlite3_open(folder.filePath(QStringLiteral("confab.db")).toUtf8().constData(), &db);
    const auto run = [db](const char *sql) { sqlite3_exec(db, sql, nullptr, nullptr, nullptr); };
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL");
    sqlite3_stmt *insert = nullptr;
    sqlite3_prepare_v2(db,
        "INSERT INTO messages(topic, seq, sender, ts, head, content, cid) VALUES(?, ?, ?, ?, ?, ?, "
        "?)",
        -1, &insert, nullptr);
    const auto began = Clock::now();
    for (int number = 0; number < load.messages();) {
        run("BEGIN IMMEDIATE");
        for (int i = 0; i < load.atOnce(); ++i)
            appendRow(insert, number++, load.topics);
        run("COMMIT");
    }
    const double rate = load.messages() / secondsSince(began);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return rate;
}

/// False if it broke off.
bool measure(const Load &load, int runs)
{
    std::vector<double> ours;
    std::vector<double> cpu;
    std::vector<double> bare;
    std::vector<qint64> latencies;
    for (int run = 0; run < runs; ++run) {
        bare.push_back(appendAll(load));
        const Outcome outcome = publishAll(load);
        if (outcome.rate == 0)
            return false;
        ours.push_back(outcome.rate);
        cpu.push_back(outcome.cpu);
        latencies.insert(latencies.end(), outcome.latencies.begin(), outcome.latencies.end());
    }
    std::printf("topics: %d, unanswered of each: %d, 200 characters, %d runs\n", load.topics,
        load.window, runs);
    std::printf("confabd                  %8.0f publishes/s (%.0f to %.0f), answer p50 %.2f ms p99 "
                "%.2f ms, server %.1f us each\n",
        quantile(ours, 0.5), quantile(ours, 0), quantile(ours, 1),
        double(quantile(latencies, 0.5)) / 1000, double(quantile(latencies, 0.99)) / 1000,
        quantile(cpu, 0.5));
    std::printf("bare SQLite, %2d at once  %8.0f rows/s (%.0f to %.0f)\n", load.atOnce(),
        quantile(bare, 0.5), quantile(bare, 0), quantile(bare, 1));
    std::printf("of the bare loop: %.0f %%%s\n", 100 * quantile(ours, 0.5) / quantile(bare, 0.5),
        load.topics > 1 ? " (at least 50)" : "");
    return true;
}

}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const int runs = argc > 1 ? QByteArray(argv[1]).toInt() : 5;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    for (const Load &load : {kManyTopics, kOneTopic, kOneMessage}) {
        if (!measure(load, runs)) {
            std::printf("a run broke off\n");
            return EXIT_FAILURE;
        }
    }
    return EXIT_SUCCESS;
}
