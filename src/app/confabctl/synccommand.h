#pragma once

#include "app/confabctl/abstractcommand.h"

namespace confab {

/// `sync [--wait]`: fetches what is missing of all chats and sends what waits. With --wait it goes on,
/// also over lost links, until nothing waits and nothing is missing; what is stuck waits for the person
/// and holds up nothing.
class SyncCommand final : public AbstractCommand
{
    Q_OBJECT

public:
    using AbstractCommand::AbstractCommand;

    void start() override;

private:
    void note();

    bool m_filled = false;
};

}
