#pragma once

#include "wire/head.h"
#include "wire/jsonblob.h"

#include <QString>

namespace confab::wire {

/// The words of a message as plain text, whatever its content: a string as it is; Drafty by its `txt`
/// with line breaks for BR (offsets count grapheme clusters, protocol.md §8); an attachment by its
/// name. Control characters are dropped; limited to kMaxText characters (reliability.md T8).
QString plainText(const Head &head, const JsonBlob &content);

inline constexpr int kMaxText = 128 * 1024;

}
