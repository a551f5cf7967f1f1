#pragma once

#include "store/message.h"
#include "store/upload.h"
#include "wire/drafty/drafty.h"

#include <QList>
#include <QMetaType>

namespace confab {

/// What a person wants sent: a message that has no cid yet. The head says what it is besides words:
/// an answer, an edit, a forwarded one; `mime` and the cid are added on the way out. A cid set before
/// tells whoever sends which message was queued. A value.
struct OutgoingMessage {
    OutgoingMessage() = default;
    /// Words as they are, without marks.
    OutgoingMessage(const QString &words)
        : content(words)
        , overlong(words.size() > wire::Drafty::kMaxText ? words : QString())
    {
    }
    OutgoingMessage(wire::Drafty words, wire::Head about = {})
        : head(std::move(about))
        , content(std::move(words))
    {
    }

    wire::Head head;
    wire::Drafty content;
    /// Words that no Drafty holds: kept whole, so that they are refused and not cut.
    QString overlong;
    QList<Upload> uploads; ///< in the order of their entities
    bool operator==(const OutgoingMessage &) const = default;
};

/// A row of the outbox for it, queued now, with the cid of its head or else a new one.
PendingMessage toPending(const OutgoingMessage &message, const TopicName &topic);

}

Q_DECLARE_METATYPE(confab::OutgoingMessage)
