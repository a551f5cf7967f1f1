#pragma once

#include "app/confabctl/abstractcommand.h"

namespace confab {

/// `outbox [retry|drop] [CID]`: what waits to be sent or is stuck. Works on the disk alone; what is to
/// be tried again goes out with the next command that connects.
class OutboxCommand final : public AbstractCommand
{
    Q_OBJECT

public:
    using AbstractCommand::AbstractCommand;

    bool needsConnection() const override { return false; }
    void start() override;

private:
    QList<PendingMessage> chosen() const;
};

}
