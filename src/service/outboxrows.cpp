#include "service/outboxrows.h"

#include <algorithm>

namespace confab {

OutboxRows::Row &OutboxRows::add(PendingMessage message)
{
    if (message.state == Delivery::Sending)
        message.state = Delivery::Queued;
    if (Topic *topic = m_writer->topics().find(message.topic))
        topic->timeline().addPending(message);
    QList<Row> &rows = m_rows[message.topic];
    rows.append(Row{std::move(message)});
    return rows.last();
}

void OutboxRows::showIn(Topic *topic)
{
    const QList<Row> rows = m_rows.value(topic->name());
    for (const Row &row : rows)
        topic->timeline().addPending(row.message);
}

OutboxRows::Row *OutboxRows::find(const TopicName &topic, const QString &cid)
{
    const auto rows = m_rows.find(topic);
    if (rows == m_rows.end())
        return nullptr;
    const auto row = std::find_if(rows->begin(), rows->end(),
        [&cid](const Row &candidate) { return candidate.message.cid == cid; });
    return row == rows->end() ? nullptr : &*row;
}

OutboxRows::Row *OutboxRows::findUpload(const QString &id)
{
    const auto carries = [&id](const Row &row) {
        return std::any_of(row.message.uploads.begin(), row.message.uploads.end(),
            [&id](const Upload &upload) { return upload.id == id; });
    };
    for (QList<Row> &rows : m_rows) {
        const auto row = std::find_if(rows.begin(), rows.end(), carries);
        if (row != rows.end())
            return &*row;
    }
    return nullptr;
}

bool OutboxRows::isAnyWaiting(const TopicName &topic) const
{
    const auto rows = m_rows.constFind(topic);
    return rows != m_rows.constEnd()
        && std::any_of(rows->begin(), rows->end(), [](const Row &row) { return row.isWaiting(); });
}

int OutboxRows::inFlightCount(const TopicName &topic) const
{
    const auto rows = m_rows.constFind(topic);
    return rows == m_rows.constEnd() ? 0
                                     : int(std::count_if(rows->begin(), rows->end(),
                                         [](const Row &row) { return row.isInFlight(); }));
}

QList<PendingMessage> OutboxRows::messages() const
{
    QList<PendingMessage> messages;
    for (const QList<Row> &rows : m_rows) {
        for (const Row &row : rows)
            messages.append(row.message);
    }
    return messages;
}

void OutboxRows::setSending(Row &row)
{
    ++row.message.tries;
    row.message.state = Delivery::Sending;
    showState(row.message);
}

void OutboxRows::requeue(Row &row)
{
    row.message.state = Delivery::Queued;
    row.message.reason = StuckReason::None;
    row.message.error.clear();
    showState(row.message);
}

void OutboxRows::fail(Row &row, StuckReason reason, const ServiceError &error)
{
    row.message.state = Delivery::Failed;
    row.message.reason = reason;
    row.message.error = error.sentences();
    showState(row.message);
    save(row);
}

void OutboxRows::showState(const PendingMessage &message)
{
    if (Topic *topic = m_writer->topics().find(message.topic))
        topic->timeline().setPendingState(
            message.cid, message.state, message.reason, message.error);
}

void OutboxRows::forget(const TopicName &topic, const QString &cid)
{
    const auto rows = m_rows.find(topic);
    if (rows != m_rows.end())
        rows->removeIf([&cid](const Row &row) { return row.message.cid == cid; });
}

void OutboxRows::remove(const TopicName &topic, const QString &cid)
{
    forget(topic, cid);
    if (Topic *known = m_writer->topics().find(topic))
        known->timeline().removePending(cid);
    m_writer->archive().dropPending(cid);
}

void OutboxRows::removeAll(const TopicName &topic)
{
    const QList<Row> rows = m_rows.take(topic);
    for (const Row &row : rows)
        m_writer->archive().dropPending(row.message.cid);
}

void OutboxRows::acknowledge(Topic *topic, const QString &cid, const Message &message)
{
    forget(topic->name(), cid);
    m_writer->acknowledge(topic, cid, message);
}

}
