// Ends a process whose server sends a frame that is no packet of tests/data/schemas. Loaded before
// the program by LD_PRELOAD (confab_watch_frames in CMakeLists.txt), so that the programs that are
// shipped are what is tested.
#include "framewatch/framewatch.h"

#include "support/jsonschema.h"

#include <QtEndian>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <mutex>

namespace {

constexpr int kWrongFrame = 70;

// RFC 6455 §5.2: a whole text frame without a mask, and the lengths that announce a longer length.
constexpr uchar kFinalText = 0x81;
constexpr uchar kLength16 = 126;
constexpr uchar kLength64 = 127;

std::atomic<int> watched{0};

/// The length that these bytes announce if they are the head of a text frame from a server; or -1.
qint64 announcedLength(const char *bytes, qint64 size)
{
    const auto *head = reinterpret_cast<const uchar *>(bytes);
    if (size < 2 || head[0] != kFinalText)
        return -1;
    if (size == 2 && head[1] < kLength16)
        return head[1];
    if (size == 4 && head[1] == kLength16)
        return qFromBigEndian<quint16>(head + 2);
    if (size == 10 && head[1] == kLength64)
        return qFromBigEndian<qint64>(head + 2);
    return -1;
}

/// What is sent back by /echo, or answers a probe, is no packet.
bool isPacket(const QByteArray &text)
{
    constexpr std::array kKinds{"ctrl", "data", "meta", "pres", "info"};
    for (const char *kind : kKinds) {
        if (text.startsWith(QByteArray("{\"") + kind + '"'))
            return true;
    }
    return false;
}

void check(const QByteArray &text)
{
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    static const confab::JsonSchema schema(
        QStringLiteral(CONFAB_TEST_DATA "/schemas/server-packets.json"));
    const QString wrong = schema.checkText(text);
    ++watched;
    if (wrong.isEmpty())
        return;
    std::fprintf(stderr, "The server sent a frame that is no packet: %s in %s\n", qPrintable(wrong),
        text.constData());
    std::_Exit(kWrongFrame);
}

}

extern "C" int confabFramesWatched()
{
    return watched;
}

// QIODevice::write(const char *, qint64), by which the server writes heads and texts of its frames.
extern "C" qint64 watchedWrite(void *device, const char *bytes, qint64 size) asm(
    "_ZN9QIODevice5writeEPKcx");

extern "C" qint64 watchedWrite(void *device, const char *bytes, qint64 size)
{
    using Write = qint64 (*)(void *, const char *, qint64);
    static const auto next = reinterpret_cast<Write>(dlsym(RTLD_NEXT, "_ZN9QIODevice5writeEPKcx"));
    static thread_local const void *announcer = nullptr; // wrote a head just now
    static thread_local qint64 announced = -1;
    if (device == announcer && size == announced) {
        const QByteArray text(bytes, size);
        if (isPacket(text))
            check(text);
    }
    announcer = device;
    announced = announcedLength(bytes, size);
    return next(device, bytes, size);
}
