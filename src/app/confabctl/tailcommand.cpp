#include "app/confabctl/tailcommand.h"

namespace confab {

void TailCommand::start()
{
    if (options().topic.isEmpty())
        follow({});
    else
        resolve(options().topic, [this](const TopicName &topic) { follow(topic); });
}

void TailCommand::follow(const TopicName &wanted)
{
    connect(&service(), &ChatService::messagesReceived, this,
        [this, wanted](const TopicName &topic, const QList<Message> &messages) {
            if (!wanted.isEmpty() && topic != wanted)
                return;
            for (const Message &message : messages)
                printer().message(topics(), topic, message);
        });
    if (!wanted.isEmpty())
        service().openTopic(wanted);
}

}
