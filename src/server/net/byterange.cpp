#include "server/net/byterange.h"

#include <algorithm>
#include <limits>

namespace confab::server {

namespace {

/// Digits only: toLongLong() would also take a sign or blanks. More digits than fit are a very
/// large number, which is past the end of any file.
std::optional<qint64> number(const QByteArray &digits)
{
    constexpr qsizetype kSafeDigits = 18;
    if (digits.isEmpty()
        || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    return digits.size() > kSafeDigits ? std::numeric_limits<qint64>::max() : digits.toLongLong();
}

}

RangeAnswer answerRange(const std::optional<QByteArray> &header, qint64 size)
{
    const RangeAnswer whole{RangeAnswer::Kind::Whole, {0, size}};
    constexpr QByteArrayView kUnit("bytes=");
    if (!header || !header->toLower().startsWith(kUnit) || header->contains(','))
        return whole;
    const QByteArray text = header->mid(kUnit.size()).trimmed();
    const qsizetype dash = text.indexOf('-');
    if (dash < 0)
        return whole;
    const RangeAnswer none{RangeAnswer::Kind::Unsatisfiable, {}};
    const std::optional<qint64> last = number(text.mid(dash + 1));
    if (dash == 0) { // the last so many bytes
        if (!last)
            return whole;
        const qint64 length = std::min(*last, size);
        return length == 0 ? none : RangeAnswer{RangeAnswer::Kind::Part, {size - length, length}};
    }
    const std::optional<qint64> first = number(text.left(dash));
    const bool open = dash + 1 == text.size();
    if (!first || (!open && (!last || *last < *first)))
        return whole;
    if (*first >= size)
        return none;
    const qint64 end = open ? size : std::min(*last, size - 1) + 1;
    return {RangeAnswer::Kind::Part, {*first, end - *first}};
}

}
