#pragma once

#include "app/confabctl/abstractcommand.h"

namespace confab {

/// `logout`: forgets the session; chats and waiting messages stay on disk.
class LogoutCommand final : public AbstractCommand
{
    Q_OBJECT

public:
    using AbstractCommand::AbstractCommand;

    void start() override;
};

}
