#pragma once

#include "wire/drafty/drafty.h"

#include <QString>

#include <optional>

// Messages made short, for lists, quotes and notifications. Lengths are in grapheme clusters.
namespace confab::wire {

/// What stands before the name in the first line of a forwarded message (protocol.md §4).
inline constexpr QChar kForwardMark(0x27A6);

/// One line for a chat list or notification.
struct PreviewLine {
    QString text; ///< words, or those that stand for the media
    std::optional<SpanKind> medium; ///< the first one, for an icon
    bool isForwarded = false;
    bool isReply = false;
    bool operator==(const PreviewLine &) const = default;
};
PreviewLine previewLine(const Drafty &drafty, qsizetype maxLength = 120);

/// As the official library's preview: one line, a quote is one blank, a forwarded message begins
/// with its mark alone, files stand at the end, bytes of any size are left out.
Drafty preview(const Drafty &drafty, qsizetype maxLength);

/// The first part of it, ending in "…" if something was cut.
Drafty shortened(const Drafty &drafty, qsizetype maxLength);

Drafty withoutQuotes(const Drafty &drafty);

/// Of the first line that names who wrote a forwarded message: code units with the line break, 0 if
/// there is none.
qsizetype forwardHeaderLength(const Drafty &drafty);

/// In one line, with files at the end and without bytes above this number of base64 characters.
Drafty condensed(const Drafty &drafty, qsizetype maxBase64);

}
