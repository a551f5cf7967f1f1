#include "widgets/conversation/messagerights.h"

#include "wire/drafty/attachments.h"

namespace confab {

namespace {

bool has(const Topic &topic, wire::Access right)
{
    return topic.info().acs && topic.info().acs->has(right);
}

MessageActions actionsOfPending(const PendingMessage &message)
{
    MessageActions actions = MessageAction::Copy;
    if (message.state == Delivery::Failed)
        actions |= MessageAction::Retry | MessageAction::Edit | MessageAction::Delete;
    else if (message.state == Delivery::Queued)
        actions |= MessageAction::Delete;
    return actions;
}

}

bool isRich(const Topic &topic)
{
    return topic.kind() != wire::TopicKind::Unknown;
}

bool mayPin(const Topic &topic)
{
    return isRich(topic) && (has(topic, wire::Access::Approve) || has(topic, wire::Access::Owner));
}

bool mayEdit(const TopicList &topics, const Topic &topic, const Message &message)
{
    return isRich(topic) && topic.canWrite() && !message.from.isEmpty()
        && message.from == topics.self() && message.head.poll() == wire::PollRole::None
        && message.head.forwarded().isEmpty() && wire::isEditable(message.content);
}

bool mayDeleteForAll(const TopicList &topics, const Topic &topic, const Message &message)
{
    if (!isRich(topic) || !has(topic, wire::Access::Delete))
        return false;
    const int age = topics.deletionAge();
    return age <= 0 || message.ts.secsTo(QDateTime::currentDateTimeUtc()) < age;
}

MessageActions allowedActions(const TopicList &topics, const Topic &topic, int row)
{
    const Timeline &timeline = topic.timeline();
    if (timeline.isPending(row))
        return actionsOfPending(timeline.pending(row));
    const Message &message = timeline.message(row);
    MessageActions actions = MessageAction::Copy | MessageAction::Select;
    if (topic.kind() != wire::TopicKind::Channel) // its readers have no copy of their own
        actions |= MessageAction::Delete;
    if (!isRich(topic))
        return actions;
    actions |= MessageAction::CopyLink | MessageAction::Forward;
    if (topic.canWrite())
        actions |= MessageAction::Reply | MessageAction::React;
    if (mayEdit(topics, topic, message))
        actions |= MessageAction::Edit;
    const wire::PollRole poll = message.head.poll();
    const bool isOpenPoll = poll == wire::PollRole::Single || poll == wire::PollRole::Multiple;
    if (isOpenPoll && message.from == topics.self() && topic.canWrite())
        actions |= MessageAction::EndPoll;
    if (message.edited && poll != wire::PollRole::Closed)
        actions |= MessageAction::History;
    if (mayPin(topic))
        actions |= topic.info().pins.contains(message.seq) ? MessageAction::Unpin : MessageAction::Pin;
    return actions;
}

const Message *loadedMessage(const Topic *topic, Seq seq)
{
    const int row = topic ? topic->timeline().rowOfSeq(seq) : -1;
    return row < 0 ? nullptr : &topic->timeline().message(row);
}

}
