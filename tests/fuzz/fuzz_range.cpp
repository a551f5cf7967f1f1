#include "server/net/byterange.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

// For libFuzzer: a file size, then any bytes as its Range header. Whatever is asked, only bytes that
// the file has are sent.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace confab::server;
    qint64 fileSize = 0;
    if (size < sizeof fileSize)
        return 0;
    std::memcpy(&fileSize, data, sizeof fileSize);
    fileSize &= (Q_INT64_C(1) << 40) - 1;
    const QByteArray header(reinterpret_cast<const char *>(data) + sizeof fileSize,
        static_cast<qsizetype>(size - sizeof fileSize));
    const RangeAnswer answer = answerRange(header, fileSize);
    const ByteRange &range = answer.range;
    bool holds = range.offset >= 0 && range.length >= 0 && range.length <= fileSize - range.offset;
    if (answer.kind == RangeAnswer::Kind::Part)
        holds = holds && range.length > 0;
    if (answer.kind == RangeAnswer::Kind::Whole)
        holds = holds && range.offset == 0 && range.length == fileSize;
    if (!holds)
        std::abort();
    return 0;
}
