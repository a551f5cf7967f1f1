#pragma once

#include "app/confabctl/abstractcommand.h"

namespace confab {

/// `whoami`: the account in use.
class WhoAmICommand final : public AbstractCommand
{
    Q_OBJECT

public:
    using AbstractCommand::AbstractCommand;

    void start() override;
};

}
