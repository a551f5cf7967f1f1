#pragma once

#include "wire/drafty/drafty.h"

#include <optional>

namespace confab::wire {

/// One thing below another, as a message is laid out.
struct Block {
    enum class Kind {
        Text, ///< a paragraph or more: a range of the text
        CodeBlock, ///< code over whole lines
        Quote, ///< a range of the text; its blocks are those of mid(begin, length)
        Medium, ///< a picture, video, voice message, file, contact or call
        Buttons, ///< a row of them
    };
    Kind kind = Kind::Text;
    qsizetype begin = 0; ///< in the text
    qsizetype length = 0; ///< 0 for attachments
    std::optional<Entity> medium; ///< of Medium
    QList<Span> buttons; ///< of Buttons, left to right; the title is the text they cover

    bool operator==(const Block &) const = default;
};

/// The blocks of a document from top to bottom; attachments come last, replies to forms are none.
/// Blanks and line breaks between blocks belong to none. Pass what Drafty::visible() gives.
QList<Block> blocks(const Drafty &drafty);

}
