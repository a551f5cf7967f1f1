#pragma once

#include "store/upload.h"
#include "wire/head.h"
#include "wire/ids.h"
#include "wire/jsonblob.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>

namespace confab {

using wire::Seq;
using wire::TopicName;
using wire::UserId;

/// How far a message has come. Others' messages have None.
enum class Delivery {
    None,
    Queued, ///< in the outbox, not on its way
    Sending, ///< on its way, no answer yet
    Failed, ///< needs the person: see PendingMessage::error
    Sent, ///< the server has stored it
    Received, ///< by at least one other member
    Read,
};

/// Why the outbox has given up on a message (reliability.md §4, the table of reply codes). What helps
/// differs: a shorter text, other rights, another chat, or only another try.
enum class StuckReason {
    None,
    TooLarge,
    NotAllowed,
    ChatGone,
    Refused, ///< the server does not take this content
    ServerFault,
    Unanswered, ///< the link broke or no answer came, twice, right after it
    Damaged, ///< its row on disk was altered
};

/// A message that the server has numbered. A value; a new version replaces the old one.
struct Message {
    Seq seq = 0;
    UserId from; ///< empty in channels
    QDateTime ts; ///< when the server received it, UTC; an edited message keeps the original's
    wire::Head head;
    wire::JsonBlob content;
    QString text; ///< wire::plainText() of the newest version
    bool edited = false;
    bool operator==(const Message &) const = default;
};

/// A message that the server has not numbered yet: an outbox row. Known by its cid.
struct PendingMessage {
    QString cid; ///< UUID without braces; travels as head.x-confab-cid
    TopicName topic;
    wire::Head head;
    wire::JsonBlob content;
    QString text;
    QDateTime created; ///< local clock, UTC
    Delivery state = Delivery::Queued; ///< Queued, Sending or Failed
    StuckReason reason = StuckReason::None; ///< when Failed
    QString error; ///< a sentence, when Failed
    int tries = 0;
    /// Where the topic stood when it was written: if the server has it, then with a higher number.
    Seq after = 0;
    QList<Upload> uploads; ///< its parents: it goes when the server holds all of them
    bool operator==(const PendingMessage &) const = default;
};

}

// A list of a hundred thousand of them that grows moves them as bytes, in one go.
Q_DECLARE_TYPEINFO(confab::Message, Q_RELOCATABLE_TYPE);
Q_DECLARE_METATYPE(confab::Message)
Q_DECLARE_METATYPE(confab::PendingMessage)
