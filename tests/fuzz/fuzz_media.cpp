#include "wire/media/filekind.h"
#include "wire/media/imageheader.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// For libFuzzer: the first bytes of a file that somebody sent as a picture, sound or film. Whatever they
// are, a picture that may be decoded has a size that fits into the memory set aside for it.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace confab::wire;
    const QByteArrayView head(data, static_cast<qsizetype>(size));
    const ImageHeader header = readImageHeader(head);
    const bool isPicture = header.format != ImageFormat::None;
    bool holds = isPicture == (header.width > 0 && header.height > 0);
    if (isDecodable(header)) {
        const qint64 pixels = qint64(header.width) * header.height;
        const bool isBaseline = header.format == ImageFormat::Jpeg && !header.isProgressive;
        holds = holds && isPicture && pixels <= (isBaseline ? 40'000'000 : 16'000'000);
    }
    const bool isPlayed = isPlayable(head);
    // Sound, pictures and programs are told apart.
    holds = holds && !(isPicture && isPlayed);
    isExecutable(QString::fromUtf8(head.first(qMin<qsizetype>(head.size(), 64))), head);
    if (!holds)
        std::abort();
    return 0;
}
