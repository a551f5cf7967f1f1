#include "app/confabctl/historycommand.h"

namespace confab {

void HistoryCommand::start()
{
    resolve(options().topic, [this](const TopicName &topic) { open(topic); });
}

void HistoryCommand::open(const TopicName &name)
{
    Topic *topic = topics().find(name);
    connect(topic, &Topic::loadingChanged, this, [this, topic] { grew(topic); });
    emit waiting();
    service().openTopic(name);
}

void HistoryCommand::grew(Topic *topic)
{
    emit waiting();
    if (topic->isLoading())
        return;
    const Timeline &timeline = topic->timeline();
    const Seq end = topic->info().seq + 1;
    if (timeline.firstSeq() > 0 && !timeline.known().holes({timeline.firstSeq(), end}).isEmpty())
        return; // from the disk so far; the service is fetching what came since
    const int wanted = options().limit;
    if (!topic->isAtStart() && (wanted == 0 || timeline.messageCount() < wanted)) {
        service().loadOlder(topic->name());
        return;
    }
    topic->disconnect(this);
    print(*topic);
}

void HistoryCommand::print(const Topic &topic)
{
    const int count = topic.timeline().messageCount();
    const int first = options().limit > 0 ? qMax(0, count - options().limit) : 0;
    for (int row = first; row < count; ++row)
        printer().message(topics(), topic.name(), topic.timeline().message(row));
    emit finished(exitcode::kDone);
}

}
