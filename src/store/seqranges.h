#pragma once

#include "wire/ids.h"

#include <QList>

namespace confab {

using wire::Seq;
using wire::SeqRange;

/// A set of message numbers as sorted, disjoint, non-adjacent half-open ranges. What a topic knows
/// about its history: messages held, numbers confirmed empty, numbers deleted (reliability.md R7).
class SeqRanges
{
public:
    void add(SeqRange range); ///< an empty or inverted range changes nothing
    void add(Seq seq) { add({seq, seq + 1}); }
    void remove(SeqRange range);
    bool contains(Seq seq) const;
    SeqRange rangeAt(Seq seq) const; ///< the one that holds it; {seq, seq} if none does
    /// What is missing from `within`, highest first.
    QList<SeqRange> holes(SeqRange within) const;
    const QList<SeqRange> &ranges() const { return m_ranges; }
    bool isEmpty() const { return m_ranges.isEmpty(); }
    bool operator==(const SeqRanges &) const = default;

private:
    QList<SeqRange> m_ranges;
};

}
