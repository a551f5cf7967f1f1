#pragma once

#include <QByteArrayView>

// What the first bytes of a file from a stranger promise, so that nothing is decoded that would
// cost too much or that no picture needs (reliability.md T12). Pure functions, bounded and linear.
namespace confab::wire {

/// The only formats that are ever decoded: no SVG, no ICO, nothing that can point elsewhere.
enum class ImageFormat { None, Png, Jpeg, Gif, Webp };

struct ImageHeader {
    ImageFormat format = ImageFormat::None;
    int width = 0;
    int height = 0;
    bool isProgressive = false; ///< of a JPEG: all of it is held while it is decoded
    bool mayMove = false; ///< GIF, or WebP with an animation
    int cost = 4; ///< bytes that a pixel takes at most while it is decoded and made small
    bool operator==(const ImageHeader &) const = default;
};

/// `head`: as much of the file as there is; the sizes of a JPEG may stand a megabyte into it. None
/// if it is no picture, or if its size is not told.
ImageHeader readImageHeader(QByteArrayView head);

/// Whether decoding it stays within 64 MiB.
bool isDecodable(const ImageHeader &header);

}
