#include "app/confabctl/whoamicommand.h"

namespace confab {

void WhoAmICommand::start()
{
    const AccountConfig &config = account().config();
    printer().whoAmI(config.user, account().title(), config.login, account().serverName());
    emit finished(exitcode::kDone);
}

}
