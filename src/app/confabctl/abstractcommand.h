#pragma once

#include "app/common/account.h"
#include "app/confabctl/options.h"
#include "app/confabctl/printer.h"

#include <QObject>

#include <functional>

namespace confab {

/// What a command works with; all of it outlives the command.
struct CommandContext {
    Account &account;
    const Options &options;
    const Printer &printer;
};

/// One command of confabctl, once its account is open. Ends with exactly one finished() or failed().
class AbstractCommand : public QObject
{
    Q_OBJECT

public:
    explicit AbstractCommand(const CommandContext &context);

    /// Connected: signed in, and the list of chats is there. Otherwise only the archive is open.
    virtual bool needsConnection() const { return true; }
    virtual void start() = 0;
    /// Why the work of this command is not lost when it ends early; empty when there is nothing to say.
    virtual QString consolation() const { return {}; }

signals:
    void finished(int exitCode);
    void failed(const confab::ServiceError &error);
    /// Something is asked of the server, or it has just answered: the time it may take starts anew.
    void waiting();
    /// Nothing is asked of the server any more, for now.
    void idle();

protected:
    Account &account() const { return m_context.account; }
    ChatService &service() const { return m_context.account.service(); }
    const TopicList &topics() const { return m_context.account.topics(); }
    const Options &options() const { return m_context.options; }
    const Printer &printer() const { return m_context.printer; }

    /// Calls `then` with the id of the chat that the person named, or ends.
    void resolve(const QString &named, std::function<void(const TopicName &)> then);
    /// Says why to standard error and ends.
    void giveUp(const QString &sentence, int exitCode);

private:
    CommandContext m_context;
};

}
