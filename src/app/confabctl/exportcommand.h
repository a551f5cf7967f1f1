#pragma once

#include "app/confabctl/abstractcommand.h"

namespace confab {

/// `export FILE [TOPIC]`: what this computer has of one chat, or of all. Needs no connection.
class ExportCommand final : public AbstractCommand
{
    Q_OBJECT

public:
    using AbstractCommand::AbstractCommand;

    bool needsConnection() const override { return false; }
    void start() override;

private:
    void write(const QList<const Topic *> &chats);
};

}
