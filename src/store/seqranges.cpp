#include "store/seqranges.h"

#include <algorithm>

namespace confab {

namespace {

/// The first range that ends at `seq` or after it.
template <typename Iterator>
Iterator firstEndingFrom(Iterator begin, Iterator end, Seq seq)
{
    return std::lower_bound(begin, end, seq,
                            [](const SeqRange &range, Seq value) { return range.hi < value; });
}

}

void SeqRanges::add(SeqRange range)
{
    if (range.hi <= range.low)
        return;
    const auto first = firstEndingFrom(m_ranges.begin(), m_ranges.end(), range.low);
    auto last = first;
    for (; last != m_ranges.end() && last->low <= range.hi; ++last) {
        range.low = std::min(range.low, last->low);
        range.hi = std::max(range.hi, last->hi);
    }
    if (first == last) {
        m_ranges.insert(first, range);
        return;
    }
    *first = range;
    m_ranges.erase(first + 1, last);
}

void SeqRanges::remove(SeqRange range)
{
    if (range.hi <= range.low)
        return;
    // A range that ends where this one begins is only a neighbour, hence the + 1.
    auto it = firstEndingFrom(m_ranges.begin(), m_ranges.end(), range.low + 1);
    if (it != m_ranges.end() && it->low < range.low && it->hi > range.hi) {
        const SeqRange above{range.hi, it->hi};
        it->hi = range.low;
        m_ranges.insert(it + 1, above);
        return;
    }
    if (it != m_ranges.end() && it->low < range.low)
        (it++)->hi = range.low;
    auto last = it;
    while (last != m_ranges.end() && last->hi <= range.hi)
        ++last;
    if (last != m_ranges.end() && last->low < range.hi)
        last->low = range.hi;
    m_ranges.erase(it, last);
}

bool SeqRanges::contains(Seq seq) const
{
    return rangeAt(seq).hi > seq;
}

SeqRange SeqRanges::rangeAt(Seq seq) const
{
    const auto it = firstEndingFrom(m_ranges.begin(), m_ranges.end(), seq + 1);
    return it != m_ranges.end() && it->low <= seq ? *it : SeqRange{seq, seq};
}

QList<SeqRange> SeqRanges::holes(SeqRange within) const
{
    QList<SeqRange> result;
    Seq low = within.low;
    for (auto it = firstEndingFrom(m_ranges.begin(), m_ranges.end(), low);
         it != m_ranges.end() && it->low < within.hi; ++it) {
        if (it->low > low)
            result.append({low, it->low});
        low = std::max(low, it->hi);
    }
    if (low < within.hi)
        result.append({low, within.hi});
    std::reverse(result.begin(), result.end());
    return result;
}

}
