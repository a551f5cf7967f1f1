#pragma once

#include "app/confabctl/abstractcommand.h"

namespace confab {

/// `tail [TOPIC]`: prints messages as they come, until interrupted.
class TailCommand final : public AbstractCommand
{
    Q_OBJECT

public:
    using AbstractCommand::AbstractCommand;

    void start() override;

private:
    void follow(const TopicName &wanted); ///< empty: all chats
};

}
