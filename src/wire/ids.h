#pragma once

#include <QString>
#include <QStringView>

namespace confab::wire {

/// A user id as the server writes it: "usr" and 11 URL-safe base64 characters (protocol.md §11).
using UserId = QString;
/// A topic as this account sees it: "me", "fnd", "slf", "sys", "usrX" (the peer), "grpX", "chnX".
using TopicName = QString;
/// Message number in a topic, from 1. 0 means none.
using Seq = int;

/// Numbers from here on are local to official clients and never come from a server (reliability.md T3).
inline constexpr Seq kMaxSeq = (1 << 28) - 2;

enum class TopicKind { Me, Find, Self, System, Direct, Group, Channel, NewGroup, NewChannel, Unknown };

TopicKind topicKind(QStringView topic);
bool isUserId(QStringView id);

/// Half-open run of message numbers [low, hi), as `delseq` and `ranges` write it.
struct SeqRange {
    Seq low = 0;
    Seq hi = 0; ///< exclusive; on the wire an absent hi means low + 1
    bool operator==(const SeqRange &) const = default;
};

}
