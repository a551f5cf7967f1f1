#include "app/confabctl/commands.h"

#include "app/confabctl/exportcommand.h"
#include "app/confabctl/findcommand.h"
#include "app/confabctl/historycommand.h"
#include "app/confabctl/listcommand.h"
#include "app/confabctl/logincommand.h"
#include "app/confabctl/logoutcommand.h"
#include "app/confabctl/outboxcommand.h"
#include "app/confabctl/searchcommand.h"
#include "app/confabctl/sendcommand.h"
#include "app/confabctl/synccommand.h"
#include "app/confabctl/tailcommand.h"
#include "app/confabctl/whoamicommand.h"

namespace confab {

std::unique_ptr<AbstractCommand> makeCommand(const CommandContext &context)
{
    switch (context.options.command) {
    case Options::Command::Login:
        return std::make_unique<LoginCommand>(context);
    case Options::Command::List:
        return std::make_unique<ListCommand>(context);
    case Options::Command::Send:
        return std::make_unique<SendCommand>(context);
    case Options::Command::History:
        return std::make_unique<HistoryCommand>(context);
    case Options::Command::Tail:
        return std::make_unique<TailCommand>(context);
    case Options::Command::Find:
        return std::make_unique<FindCommand>(context);
    case Options::Command::Search:
        return std::make_unique<SearchCommand>(context);
    case Options::Command::Export:
        return std::make_unique<ExportCommand>(context);
    case Options::Command::WhoAmI:
        return std::make_unique<WhoAmICommand>(context);
    case Options::Command::Outbox:
        return std::make_unique<OutboxCommand>(context);
    case Options::Command::Sync:
        return std::make_unique<SyncCommand>(context);
    case Options::Command::Logout:
        return std::make_unique<LogoutCommand>(context);
    }
    return nullptr;
}

}
