#include "server/net/byterange.h"
#include "server/net/httpcredentials.h"
#include "server/net/httprequest.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// For libFuzzer: any bytes as the head of a request. What is accepted is what RFC 9112 allows.

using namespace confab::server;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

bool isOneLine(const QByteArray &text)
{
    return !text.contains('\r') && !text.contains('\n') && !text.contains('\0');
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray head(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto request = parseHttpRequest(head);
    if (!request) {
        require(request.error() >= 400);
        return 0;
    }
    require(head.size() <= kMaxHead && request->headers.size() <= kMaxHeaders);
    require(request->path.startsWith('/') && isOneLine(request->path) && isOneLine(request->method));
    for (const auto &[name, value] : request->headers)
        require(!name.isEmpty() && name == name.toLower() && isOneLine(name) && isOneLine(value));
    HttpCredentials::ofRequest(*request);
    constexpr qint64 kSize = 1000;
    const RangeAnswer answer = answerRange(request->header("range"), kSize);
    require(answer.range.offset >= 0 && answer.range.length >= 0);
    require(answer.range.offset + answer.range.length <= kSize);
    return 0;
}
