#include "server/db/messageappender.h"

#include <utility>

namespace confab::server {

namespace {

constexpr auto kWriteFailed = "database-write-failed";

}

WriteOutcome MessageAppender::append(const StoreMessage &operation)
{
    Counters *counters = countersOf(operation.topicId);
    if (!counters)
        return {WriteStatus::Failed, 0, {}};
    const wire::Seq seq = counters->seq + 1;
    Statement insert(m_connection.prepared(
        QStringLiteral("INSERT INTO messages(topic, seq, sender, ts, head, content, cid)"
                       " VALUES(?, ?, ?, ?, ?, ?, ?)"
                       " ON CONFLICT(topic, sender, cid) WHERE cid <> '' DO NOTHING")));
    if (!ran(insert,
            insert.run(operation.topicId, seq, operation.from, operation.ts, operation.head,
                operation.content, operation.cid),
            kWriteFailed))
        return {WriteStatus::Failed, 0, {}};
    if (insert.changedRows() == 0)
        return known(operation);
    counters->seq = seq;
    counters->touched = operation.ts;
    counters->authors[operation.from] = seq;
    return {WriteStatus::Committed, seq, {}};
}

MessageAppender::Counters *MessageAppender::countersOf(qint64 topicId)
{
    const auto found = m_topics.find(topicId);
    if (found != m_topics.end())
        return &*found;
    Statement stored(m_connection.prepared(QStringLiteral("SELECT seq FROM topics WHERE id = ?")));
    if (!ran(stored, stored.run(topicId), kWriteFailed) || !stored.next())
        return nullptr;
    Counters counters;
    counters.seq = stored.number(0);
    return &*m_topics.insert(topicId, counters);
}

WriteOutcome MessageAppender::known(const StoreMessage &operation)
{
    Statement first(m_connection.prepared(QStringLiteral(
        "SELECT seq, ts FROM messages WHERE topic = ? AND sender = ? AND cid = ? AND cid <> ''")));
    if (!ran(first, first.run(operation.topicId, operation.from, operation.cid), kWriteFailed)
        || !first.next())
        return {WriteStatus::Failed, 0, {}};
    return {WriteStatus::Duplicate, first.number(0), first.time(1)};
}

bool MessageAppender::settle()
{
    const QHash<qint64, Counters> topics = std::exchange(m_topics, {});
    for (auto it = topics.cbegin(); it != topics.cend(); ++it) {
        if (!it->authors.isEmpty() && !write(it.key(), *it))
            return false;
    }
    return true;
}

bool MessageAppender::write(qint64 topicId, const Counters &counters)
{
    Statement topic(m_connection.prepared(
        QStringLiteral("UPDATE topics SET seq = ?, touched = ? WHERE id = ?")));
    if (!ran(topic, topic.run(counters.seq, counters.touched, topicId), kWriteFailed))
        return false;
    for (auto it = counters.authors.cbegin(); it != counters.authors.cend(); ++it) {
        Statement marks(m_connection.prepared(
            QStringLiteral("UPDATE subs SET read = ?, recv = ? WHERE topic = ? AND user = ?")));
        if (!ran(marks, marks.run(*it, *it, topicId, it.key()), kWriteFailed))
            return false;
    }
    return true;
}

}
