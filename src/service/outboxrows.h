#pragma once

#include "service/serviceerror.h"
#include "service/storewriter.h"

#include <QHash>
#include <QList>

namespace confab {

/// Messages that wait to be sent, are on their way, or are stuck: in order per chat. Each is in
/// three places, here, in the archive and in the timeline of its chat, and this keeps them equal.
/// GUI thread.
class OutboxRows
{
public:
    struct Row {
        PendingMessage message;
        wire::JsonBlob sent{}; ///< its content as it went out
        int round = 0; ///< of sending, so that a late reply of an earlier one does nothing
        int faults = 0;
        int losses = 0;

        /// Waits for its turn or for its answer, so that those behind it wait, too.
        bool isWaiting() const { return message.state != Delivery::Failed; }
        bool isInFlight() const { return message.state == Delivery::Sending; }
    };

    explicit OutboxRows(StoreWriter *writer)
        : m_writer(writer)
    {
    }

    /// One that is on disk. What a former run was sending waits again.
    Row &add(PendingMessage message);
    void showIn(Topic *topic); ///< a chat that has come after its rows
    Row *find(const TopicName &topic, const QString &cid); ///< nullptr if there is none
    Row *findUpload(const QString &id); ///< that carries this file
    QList<TopicName> topics() const { return m_rows.keys(); }
    QList<Row> &of(const TopicName &topic) { return m_rows[topic]; }
    bool isAnyWaiting(const TopicName &topic) const;
    int inFlightCount(const TopicName &topic) const;
    QList<PendingMessage> messages() const; ///< in no particular order of chats

    /// On disk it stays as it was: whether it has been sent is found out, not remembered.
    void setSending(Row &row);
    void requeue(Row &row);
    void fail(Row &row, StuckReason reason, const ServiceError &error);
    void save(const Row &row) { m_writer->archive().updatePending(row.message); }
    void remove(const TopicName &topic, const QString &cid); ///< not wanted any more
    void removeAll(const TopicName &topic); ///< the chat is gone
    /// It is through: from here on it is one of the messages.
    void acknowledge(Topic *topic, const QString &cid, const Message &message);

private:
    void showState(const PendingMessage &message);
    void forget(const TopicName &topic, const QString &cid);

    StoreWriter *m_writer;
    QHash<TopicName, QList<Row>> m_rows;
};

}
