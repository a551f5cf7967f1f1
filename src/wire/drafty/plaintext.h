#pragma once

#include "wire/drafty/drafty.h"
#include "wire/head.h"
#include "wire/jsonblob.h"

#include <QString>

namespace confab::wire {

/// The words of a message as plain text, whatever its content: a string as it is; Drafty by
/// plainText(Drafty); a call by its name. Control characters are dropped; limited to kMaxText
/// characters (reliability.md T8).
QString plainText(const Head &head, const JsonBlob &content);

/// What is to be shown, without quotes. Where that leaves no words: those that stand for the media,
/// else those of the quote.
QString plainText(const Drafty &drafty);

/// For the search index: the words of plainText() and what else people would look for: the names
/// of files and contacts, and the addresses behind links.
QString searchText(const Drafty &drafty);

inline constexpr qsizetype kMaxText = Drafty::kMaxText;

}
