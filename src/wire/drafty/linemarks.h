#pragma once

#include "wire/drafty/span.h"

#include <QList>
#include <QStringView>

namespace confab::wire {

/// Two marks in a line and what they make of the words between them.
struct MarkPair {
    SpanKind kind = SpanKind::Bold;
    qsizetype open = 0; ///< where the first mark is
    qsizetype close = 0; ///< where the second is
    bool operator==(const MarkPair &) const = default;
};

/// The marks of the official clients in one line (protocol.md §8): *bold*, _italic_, ~struck~ and
/// `code`, sorted by where they open; they nest. A mark acts at the edge of a word only: *a*b,
/// a_b_c and "2 * 3" are as typed. In code and in web addresses no other mark acts. Linear in the
/// line.
QList<MarkPair> findMarks(QStringView line);

/// A line that begins or ends a block of code: ``` alone, or to begin it with the language's name.
bool isFence(QStringView line);
bool isClosingFence(QStringView line);

/// The mark of Bold, Italic, Strike and Code; null for all others.
QChar markOf(SpanKind kind);

}
