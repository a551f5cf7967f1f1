#pragma once

#include "app/confabctl/abstractcommand.h"

namespace confab {

/// `history TOPIC`: fetches as much as was asked for, then prints it, oldest first.
class HistoryCommand final : public AbstractCommand
{
    Q_OBJECT

public:
    using AbstractCommand::AbstractCommand;

    void start() override;

private:
    void open(const TopicName &name);
    void grew(Topic *topic);
    void print(const Topic &topic);
};

}
