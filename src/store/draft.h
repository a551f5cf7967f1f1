#pragma once

#include "store/message.h"
#include "wire/drafty/markup.h"

namespace confab {

/// What was begun in a chat and not sent yet.
struct Draft {
    QString text;
    int caret = -1; ///< in code units of the text; -1: at its end
    Seq replyTo = 0; ///< the message that it answers; 0: none
    Seq edits = 0; ///< the own message whose text it replaces; 0: none
    QList<wire::MarkedText::Fixed> fixed = {}; ///< mentions and links in the text

    /// Nothing worth keeping.
    bool isEmpty() const { return text.isEmpty() && replyTo == 0 && edits == 0; }
    bool operator==(const Draft &) const = default;
};

}

Q_DECLARE_METATYPE(confab::Draft)
