#include "app/confabctl/outboxcommand.h"

#include <algorithm>

namespace confab {

/// Those that the person named; without a name all of them, or for retry all that are stuck.
QList<PendingMessage> OutboxCommand::chosen() const
{
    QList<PendingMessage> rows = service().outbox();
    std::stable_sort(rows.begin(), rows.end(),
        [](const PendingMessage &a, const PendingMessage &b) { return a.topic < b.topic; });
    rows.removeIf([this](const PendingMessage &row) {
        if (!options().cid.isEmpty())
            return row.cid != options().cid;
        return options().outbox == Options::Outbox::Retry && row.state != Delivery::Failed;
    });
    return rows;
}

void OutboxCommand::start()
{
    const QList<PendingMessage> rows = chosen();
    if (!options().cid.isEmpty() && rows.isEmpty()) {
        giveUp(tr("the outbox holds no message \"%1\". See: confabctl outbox").arg(options().cid),
            exitcode::kFailed);
        return;
    }
    for (const PendingMessage &row : rows) {
        switch (options().outbox) {
        case Options::Outbox::List:
            printer().pending(row);
            break;
        case Options::Outbox::Retry:
            service().retry(row.topic, row.cid);
            break;
        case Options::Outbox::Drop:
            service().discard(row.topic, row.cid);
            break;
        }
    }
    service().afterWrites(this, [this] { emit finished(exitcode::kDone); });
}

}
