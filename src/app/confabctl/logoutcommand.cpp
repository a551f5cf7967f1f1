#include "app/confabctl/logoutcommand.h"

namespace confab {

void LogoutCommand::start()
{
    account().signOut();
    emit finished(exitcode::kDone);
}

}
