#pragma once

#include "app/common/exportjob.h"
#include "app/confabctl/abstractcommand.h"

namespace confab {

/// `export FILE [TOPIC] [--files]`: what this computer has of one chat, or of all, without a connection;
/// with files, what the server has of them.
class ExportCommand final : public AbstractCommand
{
    Q_OBJECT

public:
    explicit ExportCommand(const CommandContext &context);

    bool needsConnection() const override { return options().files; }
    void start() override;

private:
    void write(const QList<TopicName> &chats);
    void end(const QString &error, int missing);

    ExportJob m_job;
    bool m_fetching = false; ///< messages
};

}
