#include "server/files/filetype.h"

#include <algorithm>
#include <iterator>

namespace confab::server {

namespace {

struct Known {
    const char *mime;
    const char *suffix;
    bool isShown;
};

constexpr Known kUnknown{"application/octet-stream", "", false};

constexpr Known kTypes[] = {
    {"image/png", ".png", true},
    {"image/jpeg", ".jpg", true},
    {"image/gif", ".gif", true},
    {"image/webp", ".webp", true},
    {"audio/mpeg", ".mp3", true},
    {"audio/ogg", ".ogg", true},
    {"audio/wav", ".wav", true},
    {"audio/flac", ".flac", true},
    {"audio/mp4", ".m4a", true},
    {"audio/aac", ".aac", true},
    {"audio/amr", ".amr", true},
    {"video/mp4", ".mp4", true},
    {"video/quicktime", ".mov", true},
    {"video/webm", ".webm", true},
    {"video/x-matroska", ".mkv", true},
    {"application/pdf", ".pdf", false},
    {"application/zip", ".zip", false},
    {"application/gzip", ".gz", false},
};

/// Bytes that stand at an offset; where a type has two places to look at, both must match.
struct Magic {
    const char *mime;
    QByteArrayView first;
    qsizetype offset = 0;
    QByteArrayView second = {};
};

constexpr qsizetype kSecondOffset = 8; // of RIFF files

const Magic kMagic[] = {
    {"image/png", QByteArrayView("\x89PNG\r\n\x1a\n", 8)},
    {"image/jpeg", QByteArrayView("\xff\xd8\xff", 3)},
    {"image/gif", QByteArrayView("GIF87a", 6)},
    {"image/gif", QByteArrayView("GIF89a", 6)},
    {"image/webp", QByteArrayView("RIFF", 4), 0, QByteArrayView("WEBP", 4)},
    {"audio/wav", QByteArrayView("RIFF", 4), 0, QByteArrayView("WAVE", 4)},
    {"audio/mpeg", QByteArrayView("ID3", 3)},
    {"audio/aac", QByteArrayView("\xff\xf1", 2)},
    {"audio/aac", QByteArrayView("\xff\xf9", 2)},
    {"audio/mpeg", QByteArrayView("\xff\xfb", 2)},
    {"audio/mpeg", QByteArrayView("\xff\xf3", 2)},
    {"audio/mpeg", QByteArrayView("\xff\xf2", 2)},
    {"audio/ogg", QByteArrayView("OggS\0", 5)},
    {"audio/flac", QByteArrayView("fLaC", 4)},
    {"audio/amr", QByteArrayView("#!AMR", 5)},
    {"audio/mp4", QByteArrayView("ftypM4A", 7), 4},
    {"video/quicktime", QByteArrayView("ftypqt  ", 8), 4},
    {"application/pdf", QByteArrayView("%PDF-", 5)},
    {"application/zip", QByteArrayView("PK\x03\x04", 4)},
    {"application/gzip", QByteArrayView("\x1f\x8b\x08", 3)},
};

FileType toType(const Known &known)
{
    return {known.mime, QString::fromLatin1(known.suffix), known.isShown};
}

bool standsAt(const QByteArray &head, qsizetype offset, QByteArrayView bytes)
{
    return head.size() >= offset + bytes.size()
        && QByteArrayView(head).sliced(offset, bytes.size()) == bytes;
}

/// MP4 in all its brands: film, recorder and phone write different ones.
bool isMp4(const QByteArray &head)
{
    if (!standsAt(head, 4, "ftyp") || head.size() < 12)
        return false;
    constexpr QByteArrayView kBrands[] = {"isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42",
        "avc1", "dash", "MSNV", "3gp4", "3gp5", "M4V "};
    return std::find(std::begin(kBrands), std::end(kBrands), QByteArrayView(head).sliced(8, 4))
        != std::end(kBrands);
}

const char *sniff(const QByteArray &head)
{
    for (const Magic &magic : kMagic) {
        if (standsAt(head, magic.offset, magic.first)
            && (magic.second.isEmpty() || standsAt(head, kSecondOffset, magic.second)))
            return magic.mime;
    }
    if (isMp4(head))
        return "video/mp4";
    // EBML, of which Matroska is one kind and WebM a kind of that; the name of it comes early.
    if (standsAt(head, 0, QByteArrayView("\x1a\x45\xdf\xa3", 4))) {
        const QByteArray start = head.left(64);
        if (start.contains("webm"))
            return "video/webm";
        if (start.contains("matroska"))
            return "video/x-matroska";
    }
    return kUnknown.mime;
}

}

FileType sniffFileType(const QByteArray &head)
{
    return fileTypeNamed(sniff(head));
}

FileType fileTypeNamed(const QByteArray &mime)
{
    const auto *known = std::find_if(std::begin(kTypes), std::end(kTypes),
        [&mime](const Known &one) { return mime == one.mime; });
    return toType(known == std::end(kTypes) ? kUnknown : *known);
}

}
