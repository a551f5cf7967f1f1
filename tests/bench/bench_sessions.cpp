// What thousands of idle clients cost, and how fast they sign in by token, beside a bare
// QWebSocketServer that accepts as many: bench_sessions [SESSIONS] [SECONDS-IDLE]. Prints figures;
// asserts none.
#include "benchpeople.h"
#include "benchserver.h"
#include "figures.h"
#include "loadloop.h"
#include "population.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <cstdio>
#include <sys/resource.h>

using namespace confab;
using namespace std::chrono_literals;

namespace {

constexpr int kAtOnce = 64; ///< clients that are on their way in
constexpr auto kPatience = 600s;

struct Figures {
    double perSecond = 0; ///< 0: it broke off
    double cpuEach = 0; ///< microseconds of the server for one of them to come in
    double kibEach = 0;
    double idleCpu = 0; ///< part of a core
};

void raiseFileLimit()
{
    rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

/// Brings them in, each by enter(client, number, ready), then lets them idle.
template <typename Enter>
Figures crowd(const BenchServer &server, LoadLoop &loop, int sessions, std::chrono::seconds idle,
    std::string_view path, Enter enter)
{
    const double empty = server.anonymousKiB();
    int opened = 0;
    int ready = 0;
    const double cpuBefore = server.cpuSeconds();
    const auto began = std::chrono::steady_clock::now();
    const bool in = loop.runUntil(
        [&] {
            while (opened < sessions && opened - ready < kAtOnce) {
                LoadClient &client = loop.open(server.port(), path);
                enter(client, opened++, [&ready] { ++ready; });
            }
            return ready == sessions;
        },
        kPatience);
    Figures figures;
    figures.perSecond = in ? sessions / secondsSince(began) : 0;
    figures.cpuEach = (server.cpuSeconds() - cpuBefore) * 1e6 / sessions;
    figures.kibEach = (server.anonymousKiB() - empty) / sessions;
    const double before = server.cpuSeconds();
    const auto rest = std::chrono::steady_clock::now();
    loop.runUntil([] { return false; }, idle);
    figures.idleCpu = (server.cpuSeconds() - before) / secondsSince(rest);
    return figures;
}

void print(const char *name, const Figures &figures)
{
    std::printf("%-22s %7.0f sign-ins/s  server %4.0f us each  %6.1f KiB each  idle %5.2f %% of a "
                "core\n",
        name, figures.perSecond, figures.cpuEach, figures.kibEach, 100 * figures.idleCpu);
}

}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const int sessions = argc > 1 ? QByteArray(argv[1]).toInt() : 5'000;
    const std::chrono::seconds idle(argc > 2 ? QByteArray(argv[2]).toInt() : 65);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    raiseFileLimit();
    const QTemporaryDir folder;
    QList<Population::User> users;
    {
        Population population(folder.path());
        for (int i = 0; i < sessions; ++i)
            users.append(population.addUser());
    }
    BenchServer server;
    LoadLoop loop;
    if (!server.startFloor())
        return EXIT_FAILURE;
    const Figures bare = crowd(server, loop, sessions, 1s, "/",
        [](LoadClient &client, int, const auto &ready) { client.onOpen(ready); });
    print("bare QWebSocketServer", bare);
    loop.clear();
    if (!server.startConfabd(folder.path()))
        return EXIT_FAILURE;
    const Figures ours = crowd(server, loop, sessions, idle, kChatPath,
        [&users](LoadClient &client, int number, const auto &ready) {
            signIn(client, users.at(number).token, {}, ready, {});
        });
    print("confabd", ours);
    std::printf("%d sessions: %.0f %% of the bare rate (at least 40), %.1f KiB each (at most 20), "
                "idle %.2f %% (under 3)\n",
        sessions, 100 * ours.perSecond / bare.perSecond, ours.kibEach, 100 * ours.idleCpu);
    return EXIT_SUCCESS;
}
