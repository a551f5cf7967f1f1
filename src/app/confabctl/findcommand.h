#pragma once

#include "app/confabctl/abstractcommand.h"

namespace confab {

/// `find QUERY`: people and groups of the server.
class FindCommand final : public AbstractCommand
{
    Q_OBJECT

public:
    using AbstractCommand::AbstractCommand;

    void start() override;
};

}
