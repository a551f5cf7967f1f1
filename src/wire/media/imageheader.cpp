#include "wire/media/imageheader.h"

namespace confab::wire {

namespace {

constexpr int kMaxSide = 16'384;
constexpr qint64 kMaxBytes = 64'000'000; // of pixels while a picture is decoded
/// A baseline JPEG is scaled down while it is read.
constexpr qint64 kMaxBaseline = 40'000'000;
/// A progressive one holds up to six bytes for each of its pixels.
constexpr qint64 kMaxProgressive = 10'000'000;

/// Reads numbers at places that may be outside; those are 0.
class Bytes
{
public:
    explicit Bytes(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }
    qsizetype size() const { return m_bytes.size(); }
    int at(qsizetype place) const
    {
        return place >= 0 && place < m_bytes.size() ? uchar(m_bytes[place]) : 0;
    }
    int big16(qsizetype place) const { return at(place) << 8 | at(place + 1); }
    qint64 big32(qsizetype place) const { return qint64(big16(place)) << 16 | big16(place + 2); }
    int little16(qsizetype place) const { return at(place + 1) << 8 | at(place); }
    int little24(qsizetype place) const { return at(place + 2) << 16 | little16(place); }
    bool hasAt(qsizetype place, QByteArrayView word) const
    {
        return m_bytes.size() >= place + word.size() && m_bytes.sliced(place, word.size()) == word;
    }

private:
    QByteArrayView m_bytes;
};

ImageHeader make(ImageFormat format, qint64 width, qint64 height)
{
    ImageHeader header;
    constexpr qint64 kMost = 1'000'000;
    if (width <= 0 || height <= 0 || width > kMost || height > kMost)
        return header;
    header.format = format;
    header.width = int(width);
    header.height = int(height);
    return header;
}

ImageHeader readPng(const Bytes &bytes)
{
    constexpr qsizetype kEnd = 29; // of the sizes and what stands behind them
    if (!bytes.hasAt(12, "IHDR") || bytes.size() < kEnd)
        return {};
    ImageHeader header = make(ImageFormat::Png, bytes.big32(16), bytes.big32(20));
    const int depth = bytes.at(24);
    const int type = bytes.at(25);
    const bool isInterlaced = bytes.at(28) != 0;
    // Only colours of 8 bits, line by line, are made small while they are read (measured by
    // tst_picturebombs).
    if (depth > 8)
        header.cost = 16;
    else if (isInterlaced || (type != 2 && type != 6))
        header.cost = 8;
    return header;
}

/// Markers with no length behind them.
bool standsAlone(int marker)
{
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

bool isFrame(int marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

ImageHeader readJpeg(const Bytes &bytes)
{
    qsizetype place = 2;
    while (place + 4 <= bytes.size()) {
        if (bytes.at(place) != 0xff)
            return {};
        const int marker = bytes.at(place + 1);
        if (marker == 0xff) { // padding
            ++place;
            continue;
        }
        place += 2;
        if (standsAlone(marker))
            continue;
        if (isFrame(marker)) {
            ImageHeader header
                = make(ImageFormat::Jpeg, bytes.big16(place + 5), bytes.big16(place + 3));
            header.isProgressive
                = marker == 0xc2 || marker == 0xc6 || marker == 0xca || marker == 0xce;
            return header;
        }
        const int length = bytes.big16(place);
        if (length < 2 || marker == 0xd9 || marker == 0xda)
            return {};
        place += length;
    }
    return {};
}

ImageHeader readGif(const Bytes &bytes)
{
    ImageHeader header = make(ImageFormat::Gif, bytes.little16(6), bytes.little16(8));
    header.mayMove = header.format != ImageFormat::None;
    header.cost = 8; // what a frame has covered may have to come back
    return header;
}

ImageHeader readWebp(const Bytes &bytes)
{
    if (bytes.hasAt(12, "VP8X")) {
        ImageHeader header
            = make(ImageFormat::Webp, bytes.little24(24) + 1, bytes.little24(27) + 1);
        constexpr int kAnimation = 0x02;
        header.mayMove = bytes.at(20) & kAnimation;
        return header;
    }
    if (bytes.hasAt(12, "VP8L") && bytes.at(20) == 0x2f) {
        const int low = bytes.little16(21);
        const int high = bytes.little16(23);
        const int width = (low & 0x3fff) + 1;
        const int height = ((low >> 14) | ((high & 0x0fff) << 2)) + 1;
        return make(ImageFormat::Webp, width, height);
    }
    if (bytes.hasAt(12, "VP8 ") && bytes.hasAt(23, "\x9d\x01\x2a"))
        return make(ImageFormat::Webp, bytes.little16(26) & 0x3fff, bytes.little16(28) & 0x3fff);
    return {};
}

}

ImageHeader readImageHeader(QByteArrayView head)
{
    const Bytes bytes(head);
    if (bytes.hasAt(0, QByteArrayView("\x89PNG\r\n\x1a\n", 8)))
        return readPng(bytes);
    if (bytes.hasAt(0, QByteArrayView("\xff\xd8\xff", 3)))
        return readJpeg(bytes);
    if (bytes.hasAt(0, "GIF87a") || bytes.hasAt(0, "GIF89a"))
        return readGif(bytes);
    if (bytes.hasAt(0, "RIFF") && bytes.hasAt(8, "WEBP"))
        return readWebp(bytes);
    return {};
}

bool isDecodable(const ImageHeader &header)
{
    if (header.format == ImageFormat::None || header.width > kMaxSide || header.height > kMaxSide)
        return false;
    const qint64 pixels = qint64(header.width) * header.height;
    if (header.format == ImageFormat::Jpeg)
        return pixels <= (header.isProgressive ? kMaxProgressive : kMaxBaseline);
    return pixels * header.cost <= kMaxBytes;
}

}
