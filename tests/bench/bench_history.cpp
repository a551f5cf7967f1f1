// That cost does not grow with history: how long a topic with a million messages takes to open
// beside one with a thousand, and a server with a large database to start beside one with an empty
// one: bench_history [GIGABYTES]. Prints figures; asserts none.
#include "benchpeople.h"
#include "benchserver.h"
#include "figures.h"
#include "loadloop.h"
#include "population.h"
#include "server/db/connection.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

using namespace confab;
using namespace std::chrono_literals;

namespace {

constexpr int kFew = 1'000;
constexpr int kMany = 1'000'000;
constexpr int kOpenings = 2'001;
constexpr int kStarts = 11;
constexpr qint64 kGigabyte = 1'000'000'000;
constexpr int kFillerBytes = 100'000; ///< of one message that makes the file large
constexpr auto kPatience = 60s;

QString databaseIn(const QString &folder)
{
    return folder + QStringLiteral("/confab.db");
}

void writeMessages(server::Connection &connection, qint64 topic, int count, int bytes)
{
    connection.run(
        QStringLiteral("INSERT INTO messages(topic, seq, sender, ts, head, content, cid)"
                       " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                       " WHERE i < %2) SELECT %1, i, 'usrAAAAAAAAAAA', 1760000000000 + i, '',"
                       " '\"' || hex(zeroblob(%3)) || '\"', 'cid' || i FROM n")
            .arg(topic)
            .arg(count)
            .arg(bytes / 2));
}

void dropFromCache(const QString &path)
{
    const int file = ::open(path.toUtf8().constData(), O_RDONLY | O_CLOEXEC);
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    ::close(file);
}

/// Milliseconds from starting the process until it listens.
double startingTime(const QString &folder, bool cold)
{
    std::vector<double> times;
    for (int i = 0; i < kStarts; ++i) {
        if (cold)
            dropFromCache(databaseIn(folder));
        BenchServer server;
        const auto began = std::chrono::steady_clock::now();
        if (!server.startConfabd(folder))
            return 0;
        times.push_back(secondsSince(began) * 1000);
    }
    return quantile(times, 0.5);
}

/// Opens and leaves the topics by turns. Each answer to a `sub` ends with the one to its data.
class Opener
{
public:
    Opener(LoadClient &client, QStringList topics)
        : m_client(client)
        , m_topics(std::move(topics))
        , m_times(size_t(m_topics.size()))
    {
    }

    void openNext()
    {
        m_began = std::chrono::steady_clock::now();
        m_client.sendText(R"({"sub":{"id":"s","topic":")" + topic()
            + R"(","get":{"what":"desc sub data del","data":{"limit":24}}}})");
    }

    void receive(std::string_view frame)
    {
        const bool isCtrl = frame.starts_with("{\"ctrl\"");
        if (isCtrl && frame.find(R"("what":"data")") != std::string_view::npos) {
            m_times[size_t(m_turn % m_topics.size())].push_back(secondsSince(m_began) * 1e6);
            m_client.sendText(R"({"leave":{"id":"l","topic":")" + topic() + "\"}}");
        } else if (isCtrl && frame.find(R"("id":"l")") != std::string_view::npos) {
            ++m_turn;
            openNext();
        }
    }

    bool isDone() const { return m_turn >= m_topics.size() * kOpenings; }
    double median(size_t topic) const { return quantile(m_times.at(topic), 0.5); }

private:
    std::string topic() const { return m_topics.at(m_turn % m_topics.size()).toStdString(); }

    LoadClient &m_client;
    QStringList m_topics;
    std::vector<std::vector<double>> m_times; ///< microseconds
    std::chrono::steady_clock::time_point m_began;
    qsizetype m_turn = 0;
};

void printOpenings(const QString &folder, const Population::User &user, const QStringList &topics)
{
    BenchServer server;
    LoadLoop loop;
    if (!server.startConfabd(folder))
        return;
    LoadClient &client = loop.open(server.port(), kChatPath);
    Opener opener(client, topics);
    signIn(
        client, user.token, {QStringLiteral("me")}, [&opener] { opener.openNext(); },
        [&opener](std::string_view frame) { opener.receive(frame); });
    if (!loop.runUntil([&] { return opener.isDone(); }, kPatience)) {
        std::printf("opening topics broke off\n");
        return;
    }
    std::printf("open a topic of %d: %.0f us, of %d: %.0f us, ratio %.2f (at most 1.1)\n", kFew,
        opener.median(0), kMany, opener.median(1), opener.median(1) / opener.median(0));
}

}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const qint64 gigabytes = argc > 1 ? QByteArray(argv[1]).toInt() : 5;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const QTemporaryDir empty;
    const QTemporaryDir folder;
    Population::User user;
    QStringList topics;
    {
        const Population nobody(empty.path());
        Population population(folder.path());
        user = population.addUser();
        const int fillers = int(gigabytes * kGigabyte / kFillerBytes);
        for (const int count : {kFew, kMany, fillers})
            topics.append(population.addGroup({user}, count).name);
    }
    {
        server::Connection connection;
        connection.open(databaseIn(folder.path()));
        connection.run(QStringLiteral("PRAGMA synchronous=OFF"));
        writeMessages(connection, 1, kFew, 200);
        writeMessages(connection, 2, kMany, 200);
        writeMessages(connection, 3, int(gigabytes * kGigabyte / kFillerBytes), kFillerBytes);
    }
    printOpenings(folder.path(), user, topics.mid(0, 2));
    std::printf("start with an empty database: %.0f ms\n", startingTime(empty.path(), false));
    const double size = double(QFileInfo(databaseIn(folder.path())).size()) / double(kGigabyte);
    std::printf("start with %.1f GB: %.0f ms, dropped from the cache: %.0f ms (under 1000)\n", size,
        startingTime(folder.path(), false), startingTime(folder.path(), true));
    return EXIT_SUCCESS;
}
