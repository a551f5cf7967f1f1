#include "server/files/filetype.h"
#include "server/files/multipart.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// For libFuzzer: one byte that says how to cut, then any bytes as a form. However it is cut, the same
// parts come out.

using confab::server::Multipart;

namespace {

class Recorder : public Multipart::Handler
{
public:
    bool partBegan(const Multipart::Part &part) override
    {
        told += "[" + part.name + (part.isFile ? "!" : ":");
        return true;
    }
    bool partData(const QByteArray &bytes) override
    {
        told += bytes;
        return true;
    }
    bool partEnded() override
    {
        told += ']';
        return true;
    }

    QByteArray told;
};

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const qsizetype piece = 1 + data[0] % 64;
    const QByteArray body(reinterpret_cast<const char *>(data) + 1, static_cast<qsizetype>(size - 1));
    Multipart::boundaryOf(body);
    confab::server::sniffFileType(body);

    Recorder atOnce;
    Multipart whole("BB", atOnce);
    whole.feed(body);
    Recorder inPieces;
    Multipart cut("BB", inPieces);
    for (qsizetype at = 0; at < body.size(); at += piece)
        cut.feed(body.mid(at, piece));
    // Data that may begin a boundary is held back until it is known not to.
    const bool same = whole.state() == cut.state()
        && (whole.state() == Multipart::State::Malformed || atOnce.told == inPieces.told);
    if (!same)
        std::abort();
    return 0;
}
