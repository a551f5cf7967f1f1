#pragma once

#include "app/confabctl/abstractcommand.h"

#include <QSet>

namespace confab {

/// `send TOPIC`: ends when the server has numbered all that was read. A line counts from the moment
/// that its row of the outbox is on disk: if this run dies, the next one sends it.
class SendCommand final : public AbstractCommand
{
    Q_OBJECT

public:
    using AbstractCommand::AbstractCommand;

    QString consolation() const override;
    void start() override;

private:
    void open(const TopicName &topic);
    void sendLine(const TopicName &topic, const QString &line);
    void noteSent(const QString &cid);
    void endIfAllAreThere();

    bool m_started = false;
    bool m_allRead = false; ///< standard input is at its end
    int m_toQueue = 0; ///< lines whose row is not on disk yet
    QSet<QString> m_unanswered; ///< cids
};

}
