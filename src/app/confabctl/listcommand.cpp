#include "app/confabctl/listcommand.h"

namespace confab {

void ListCommand::start()
{
    for (int row = 0; row < topics().count(); ++row)
        printer().topic(*topics().at(row));
    emit finished(exitcode::kDone);
}

}
