#pragma once

#include "store/message.h"

// One B-tree serves all paging (performance.md §4): the key of a message is its topic's number and its
// seq.
namespace confab {

constexpr int kSeqBits = 40;

constexpr qint64 keyOf(qint64 topic, Seq seq)
{
    return (topic << kSeqBits) | seq;
}

constexpr qint64 topicOf(qint64 key)
{
    return key >> kSeqBits;
}

constexpr Seq seqOf(qint64 key)
{
    return Seq(key & ((qint64(1) << kSeqBits) - 1));
}

}
