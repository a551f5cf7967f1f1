#pragma once

#include "server/db/connection.h"
#include "server/db/operations.h"

#include <QHash>

namespace confab::server {

/// Stores messages and numbers them. What follows from them, the counters of their topics and the
/// marks of their authors, is written once for all messages of a transaction, by settle(). Belongs
/// to one connection, whose transactions the caller opens and ends.
class MessageAppender
{
public:
    explicit MessageAppender(Connection &connection)
        : m_connection(connection)
    {
    }

    /// Duplicate has written nothing; after Failed the caller must roll back.
    WriteOutcome append(const StoreMessage &operation);
    /// To be called before anything else is written and before the commit. If it fails, the caller
    /// must roll back.
    bool settle();
    /// After a rollback.
    void forget() { m_topics.clear(); }

private:
    struct Counters {
        wire::Seq seq = 0;
        QDateTime touched;
        QHash<wire::UserId, wire::Seq> authors;
    };

    /// Null if there is no such topic.
    Counters *countersOf(qint64 topicId);
    WriteOutcome known(const StoreMessage &operation);
    bool write(qint64 topicId, const Counters &counters);

    Connection &m_connection;
    QHash<qint64, Counters> m_topics; ///< with messages since the last settle()
};

}
