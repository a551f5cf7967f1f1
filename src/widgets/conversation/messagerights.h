#pragma once

#include "store/topiclist.h"
#include "widgets/conversation/messageaction.h"

// What a person may do with messages: by their rights in the chat, by who wrote one and when, and
// by what it carries (protocol.md §5, §12).
namespace confab {

MessageActions allowedActions(const TopicList &topics, const Topic &topic, int row);
/// Deleting it takes it from everybody; else only from the person's own sight.
bool mayDeleteForAll(const TopicList &topics, const Topic &topic, const Message &message);
bool mayPin(const Topic &topic);
/// Words with styles, and nothing that would be lost with them.
bool mayEdit(const TopicList &topics, const Topic &topic, const Message &message);
/// A chat whose messages other people's programs understand, unlike a plain endpoint.
bool isRich(const Topic &topic);

const Message *loadedMessage(const Topic *topic, Seq seq); ///< newest version; nullptr if there is none

}
