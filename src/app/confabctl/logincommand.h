#pragma once

#include "app/confabctl/abstractcommand.h"

namespace confab {

/// `login`: what remains to be done after the sign-in.
class LoginCommand final : public AbstractCommand
{
    Q_OBJECT

public:
    using AbstractCommand::AbstractCommand;

    void start() override;

private:
    void tell();

    bool m_told = false;
};

}
