#include "app/confabctl/abstractcommand.h"

namespace confab {

AbstractCommand::AbstractCommand(const CommandContext &context)
    : m_context(context)
{
}

void AbstractCommand::resolve(const QString &named, std::function<void(const TopicName &)> then)
{
    if (topics().find(named)) {
        then(named);
        return;
    }
    QList<TopicName> titled;
    for (int row = 0; row < topics().count(); ++row) {
        if (topics().at(row)->title().compare(named, Qt::CaseInsensitive) == 0)
            titled << topics().at(row)->name();
    }
    if (titled.size() == 1) {
        then(titled.first());
        return;
    }
    if (titled.isEmpty() && needsConnection() && wire::isUserId(named)) {
        connect(&service(), &ChatService::topicReady, this, std::move(then));
        emit waiting();
        service().startChat(named);
        return;
    }
    giveUp(titled.isEmpty()
            ? tr("there is no chat \"%1\". See: confabctl list").arg(named)
            : tr("several chats are called \"%1\". Use an id; see: confabctl list").arg(named),
        exitcode::kFailed);
}

void AbstractCommand::giveUp(const QString &sentence, int exitCode)
{
    complain(sentence);
    emit finished(exitCode);
}

}
