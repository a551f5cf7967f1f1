#pragma once

#include "app/confabctl/abstractcommand.h"

namespace confab {

/// `list`: the chats, as the list of the window shows them.
class ListCommand final : public AbstractCommand
{
    Q_OBJECT

public:
    using AbstractCommand::AbstractCommand;

    void start() override;
};

}
