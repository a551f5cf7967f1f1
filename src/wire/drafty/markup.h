#pragma once

#include "wire/drafty/drafty.h"

namespace confab::wire {

/// A text as people type it, with marks in it (linemarks.h). What marks can't say is in fixed: a
/// mention of somebody by a completed name, a link behind other words, words whose marks are meant
/// as they are, media.
struct MarkedText {
    /// A part of the text that reads as content.text(), and what it stands for. No marks act in it.
    struct Fixed {
        qsizetype begin = 0;
        Drafty content;
        qsizetype end() const { return begin + content.text().size(); }
        bool operator==(const Fixed &) const = default;
    };
    QString text;
    QList<Fixed> fixed; ///< from left to right, none over another
    QList<Entity> attachments;
    bool operator==(const MarkedText &) const = default;
};

/// What is meant by a typed text: marks become styles, addresses, @names and #words become links,
/// mentions and hashtags, and lines between fences a block of code. A fixed part whose words the
/// text does not have in this place has no effect.
Drafty parseMarkup(const MarkedText &typed);
Drafty parseMarkup(const QString &typed);

/// How to type a document: parseMarkup(formatMarkup(x)) == x for every x. Uses marks where they say
/// the same.
MarkedText formatMarkup(const Drafty &drafty);

/// The fixed parts of a text as a value for a file or the clipboard, absent if there are none; and
/// back, without what makes no sense.
JsonBlob toBlob(const QList<MarkedText::Fixed> &fixed);
QList<MarkedText::Fixed> fixedFromBlob(const JsonBlob &blob);

}
