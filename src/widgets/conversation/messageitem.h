#pragma once

#include "store/message.h"
#include "widgets/conversation/messageaction.h"
#include "widgets/conversation/pollcard.h"
#include "widgets/conversation/reactionchips.h"

#include <QDate>
#include <QHash>

namespace confab {

/// What a row is known by, whatever its place in the list: the number, or the cid until there is
/// one.
struct RowKey {
    Seq seq = 0;
    QString cid; ///< only where seq is 0
    bool isNull() const { return seq == 0 && cid.isEmpty(); }
    bool operator==(const RowKey &) const = default;
};

inline size_t qHash(const RowKey &key, size_t seed = 0)
{
    return qHashMulti(seed, key.seq, key.cid);
}

/// Everything that decides how one row looks. Equal items have equal layouts.
struct MessageItem {
    RowKey key;
    UserId from;
    QString sender;
    QByteArray photo; ///< of the sender, where the avatar is shown
    QString text; ///< its words
    wire::JsonBlob content; ///< as sent; absent where there are only words
    Seq replyTo = 0; ///< the message answered, 0 if none
    QString time; ///< as shown
    QString error; ///< sentence, when Failed
    Delivery delivery = Delivery::None;
    MessageActions actions; ///< what the person may do with it
    QList<ReactionChip> reactions;
    PollState poll; ///< with its rows if it is one
    bool own = false;
    bool edited = false;
    bool manySenders = false; ///< room for avatars, names
    bool startsGroup = true;
    bool endsGroup = true;
    bool expanded = false; ///< a long message shown whole
    bool startsUnread = false; ///< the divider stands above it
    QString newDay; ///< text of the date pill above it, or empty
    bool operator==(const MessageItem &) const = default;
};

}
