#include "app/confabctl/findcommand.h"

namespace confab {

void FindCommand::start()
{
    connect(&service(), &ChatService::found, this,
        [this](const QString &, const QList<FoundTopic> &found) {
            for (const FoundTopic &topic : found)
                printer().found(topic);
            emit finished(exitcode::kDone);
        });
    emit waiting();
    service().find(options().query);
}

}
