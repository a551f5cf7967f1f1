#include "app/confabctl/synccommand.h"

#include <algorithm>

namespace confab {

void SyncCommand::start()
{
    connect(&service(), &ChatService::historyFilled, this, [this] {
        m_filled = true;
        note();
    });
    connect(&service(), &ChatService::messageSent, this, &SyncCommand::note);
    connect(&service(), &ChatService::messageFailed, this, &SyncCommand::note);
    connect(&service(), &ChatService::phaseChanged, this, [this](const Phase &phase) {
        const auto *lost = std::get_if<Waiting>(&phase);
        if (lost && !options().wait)
            emit failed(lost->why);
    });
    service().fillHistory();
}

void SyncCommand::note()
{
    const QList<PendingMessage> rows = service().outbox();
    const bool somethingWaits = std::any_of(rows.begin(), rows.end(),
        [](const PendingMessage &row) { return row.state != Delivery::Failed; });
    if (m_filled && !somethingWaits)
        service().afterWrites(this, [this] { emit finished(exitcode::kDone); });
}

}
