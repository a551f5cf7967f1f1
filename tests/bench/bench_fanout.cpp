// How fast one publisher's messages reach 100 others, durably: confabd beside a bare
// QWebSocketServer that hands on the same bytes and stores nothing, and beside Node's `ws` doing
// that: bench_fanout [RUNS]. Prints figures; asserts none.
#include "benchpeople.h"
#include "benchserver.h"
#include "figures.h"
#include "loadloop.h"
#include "population.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cstdio>

using namespace confab;
using namespace std::chrono_literals;

namespace {

constexpr int kSubscribers = 100;
constexpr int kWarmUp = 500;
constexpr int kMessages = 10'000;
constexpr int kWindow = 256; ///< unanswered messages of the publisher: more than a commit takes
constexpr auto kPacedTime = 4s;
constexpr auto kPatience = 120s;

enum class Kind { Ours, Bare, Node };

/// One server with the publisher and the subscribers connected to it.
class Room
{
public:
    Room()
    {
        Population population(m_folder.path());
        for (int i = 0; i <= kSubscribers; ++i)
            m_users.append(population.addUser());
        m_group = population.addGroup(m_users).name;
    }

    bool open(Kind kind)
    {
        m_loop.clear();
        m_kind = kind;
        if (!startServer())
            return false;
        int ready = 0;
        for (int i = 0; i <= kSubscribers; ++i) {
            LoadClient &client = m_loop.open(m_server.port(), kind == Kind::Ours ? kChatPath : "/");
            const auto onReady = [&ready] { ++ready; };
            const auto onFrame = i == 0
                ? LoadClient::FrameHandler([this](auto frame) { answered(frame); })
                : [this](auto frame) { delivered(frame); };
            if (i == 0)
                m_publisher = &client;
            if (kind == Kind::Ours) {
                signIn(
                    client, m_users.at(i).token, {QStringLiteral("me"), m_group}, onReady, onFrame);
            } else {
                client.onOpen(onReady);
                client.onFrame(onFrame);
            }
        }
        return m_loop.runUntil([&] { return ready == kSubscribers + 1; }, kPatience);
    }

    /// Deliveries a second of so many messages, as fast as they go; 0 if they didn't.
    double flood(int messages)
    {
        startCounting();
        const auto began = std::chrono::steady_clock::now();
        const bool done = m_loop.runUntil(
            [&] {
                while (m_sent < messages && m_sent - m_answered < kWindow)
                    publish();
                return m_delivered == qint64(messages) * kSubscribers && m_answered == messages;
            },
            kPatience);
        return done ? messages * kSubscribers / secondsSince(began) : 0;
    }

    /// Microseconds from sending to each delivery at so many messages a second.
    std::vector<quint32> pace(double messagesPerSecond)
    {
        startCounting();
        m_latencies.reserve(size_t(messagesPerSecond * 4) * kSubscribers);
        m_measuring = true;
        const auto began = std::chrono::steady_clock::now();
        const int messages
            = int(messagesPerSecond * std::chrono::duration<double>(kPacedTime).count());
        m_loop.runUntil(
            [&] {
                while (m_sent < messages && m_sent < secondsSince(began) * messagesPerSecond)
                    publish();
                return m_delivered == qint64(messages) * kSubscribers;
            },
            kPatience);
        m_measuring = false;
        return std::move(m_latencies);
    }

    double serverCpu() const { return m_server.cpuSeconds(); }

private:
    bool startServer()
    {
        switch (m_kind) {
        case Kind::Ours:
            return m_server.startConfabd(m_folder.path());
        case Kind::Bare:
            return m_server.startFloor();
        case Kind::Node:
            return m_server.start(QStandardPaths::findExecutable(QStringLiteral("node")),
                {QStringLiteral(CONFAB_BENCH_DIR "/relay_ws.mjs"),
                    QStringLiteral(CONFAB_NODE_DIR)});
        }
        return false;
    }

    void startCounting()
    {
        m_sent = m_answered = 0;
        m_delivered = 0;
        m_latencies.clear();
    }

    void publish()
    {
        ++m_sent;
        if (m_kind == Kind::Ours) {
            m_publisher->sendText(publication(m_group.toStdString(), ++m_number, stampedText()));
            return;
        }
        std::string frame = m_frame; // what confabd delivered, with another time in it
        const std::string text = stampedText();
        frame.replace(frame.find('@'), text.size(), text);
        m_publisher->sendText(frame);
    }

    void answered(std::string_view frame) { m_answered += frame.starts_with("{\"ctrl\"") ? 1 : 0; }

    void delivered(std::string_view frame)
    {
        if (!frame.starts_with("{\"data\""))
            return;
        if (m_frame.empty())
            m_frame = frame;
        ++m_delivered;
        if (m_measuring)
            m_latencies.push_back(quint32(microsecondsSince(frame)));
    }

    QTemporaryDir m_folder;
    QList<Population::User> m_users;
    QString m_group;
    BenchServer m_server;
    LoadLoop m_loop;
    Kind m_kind = Kind::Ours;
    LoadClient *m_publisher = nullptr;
    std::string m_frame;
    int m_number = 0;
    int m_sent = 0;
    int m_answered = 0;
    qint64 m_delivered = 0;
    bool m_measuring = false;
    std::vector<quint32> m_latencies;
};

struct Series {
    std::vector<double> rates;
    std::vector<double> cpu; ///< of the server, microseconds for each delivery
    std::vector<quint32> p99;
};

bool measure(Room &room, Kind kind, double pacedRate, Series &series)
{
    if (!room.open(kind) || room.flood(kWarmUp) == 0)
        return false;
    const double before = room.serverCpu();
    const double rate = room.flood(kMessages);
    series.rates.push_back(rate);
    series.cpu.push_back((room.serverCpu() - before) * 1e6 / (kMessages * kSubscribers));
    if (kind != Kind::Node)
        series.p99.push_back(quantile(room.pace(pacedRate), 0.99));
    return rate > 0;
}

bool hasNode()
{
    return !QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty()
        && QFileInfo::exists(QStringLiteral(CONFAB_NODE_DIR "/node_modules/ws"));
}

void print(const char *name, const Series &series)
{
    std::printf("%-24s %9.0f deliveries/s (%.0f to %.0f)  server %5.2f us each  p99 %6.2f ms\n",
        name, quantile(series.rates, 0.5), quantile(series.rates, 0), quantile(series.rates, 1),
        quantile(series.cpu, 0.5), quantile(series.p99, 0.5) / 1000.0);
}

}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const int runs = argc > 1 ? QByteArray(argv[1]).toInt() : 5;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const bool node = hasNode();
    Room room;
    Series ours;
    Series bare;
    Series peer;
    double paced = 0;
    for (int run = 0; run < runs; ++run) {
        if (paced == 0) { // half of what we can, for both
            if (!room.open(Kind::Ours) || (paced = room.flood(kMessages) / kSubscribers / 2) == 0) {
                std::printf("confabd does not deliver\n");
                return EXIT_FAILURE;
            }
        }
        if (!measure(room, Kind::Ours, paced, ours) || !measure(room, Kind::Bare, paced, bare)
            || (node && !measure(room, Kind::Node, paced, peer))) {
            std::printf("run %d broke off\n", run + 1);
            return EXIT_FAILURE;
        }
    }
    std::printf(
        "1 to %d, 200 characters, %d runs; p99 at %.0f messages/s\n", kSubscribers, runs, paced);
    print("confabd, durable", ours);
    print("bare QWebSocketServer", bare);
    const double rate = quantile(ours.rates, 0.5);
    std::printf("of the bare server: %.0f %% (at least 60), p99 %.1f times (at most 3)\n",
        100 * rate / quantile(bare.rates, 0.5),
        quantile(ours.p99, 0.5) / double(quantile(bare.p99, 0.5)));
    if (node) {
        print("Node ws relay", peer);
        std::printf("of Node ws: %.1f times (at least 5)\n", rate / quantile(peer.rates, 0.5));
    } else {
        std::printf("Node ws relay: skipped, node or its package ws is missing\n");
    }
    return EXIT_SUCCESS;
}
