#include "wire/accessmode.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// For libFuzzer: any text as an access mode and as a change of one. What is read is written so that it
// is read as the same again, and a change leads from one mode to the other.

using namespace confab::wire;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const AccessMode base(data[0]);
    const QString text = QString::fromUtf8(
        reinterpret_cast<const char *>(data) + 1, static_cast<qsizetype>(size - 1));
    if (const auto mode = parseAccess(text))
        require(parseAccess(formatAccess(*mode)) == mode);
    if (const auto changed = applyAccessDelta(base, text)) {
        const QString delta = accessDelta(base, *changed);
        require(delta.isEmpty() ? *changed == base : applyAccessDelta(base, delta) == changed);
    }
    return 0;
}
