#pragma once

#include <QByteArray>

#include <optional>

namespace confab::server {

/// A stretch of a file: so many bytes from an offset.
struct ByteRange {
    qint64 offset = 0;
    qint64 length = 0;

    bool operator==(const ByteRange &) const = default;
};

/// What a Range header asks of a file of this size (RFC 9110 §14).
struct RangeAnswer {
    enum class Kind {
        Whole, ///< no range that is served: none, several, or one of another unit
        Part,
        Unsatisfiable ///< the file has no such bytes: 416
    };
    Kind kind = Kind::Whole;
    ByteRange range; ///< of what is to be sent, unless unsatisfiable
};

/// One range of bytes is served; players ask for nothing else. Several would be answered by a body
/// in parts that costs more than it saves, so they get the whole file, which RFC 9110 allows.
RangeAnswer answerRange(const std::optional<QByteArray> &header, qint64 size);

}
