#pragma once

#include "store/topiclist.h"
#include "widgets/composer/completer.h"

namespace confab {

/// Whom a message in this chat can mention: its members but oneself, and the peer of a direct chat,
/// by name. Empty without a topic.
QList<MentionCandidate> mentionCandidates(const TopicList *topics, const Topic *topic);

}
