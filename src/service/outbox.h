#pragma once

#include "service/attachments.h"
#include "service/outboxrows.h"
#include "service/requesttable.h"
#include "service/transfers/messagefiles.h"
#include "store/outgoing.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

namespace confab {

/// Sends what is in the outbox: in order per topic, at most kWindow unanswered, each until the server
/// has numbered it or said that it never will (reliability.md §4, R1-R6 and the table of reply codes).
/// A message leaves the outbox by its 202 with a number, or by turning up in the topic (F4, F7).
/// GUI thread.
class Outbox : public QObject
{
    Q_OBJECT

public:
    Outbox(StoreWriter *writer, RequestTable *requests, Attachments *attachments,
        Transfers *transfers, const ServiceTiming &timing, QObject *parent = nullptr);

    /// Rows of a former run. They may have been sent then.
    void restore(const QList<PendingMessage> &rows);
    /// Queued by the person just now.
    void add(const TopicName &topic, const OutgoingMessage &message);
    void retry(const TopicName &topic, const QString &cid);
    void discard(const TopicName &topic, const QString &cid);
    /// Nothing of the topic can be sent. What waits there stays until the person decides.
    void failAll(const TopicName &topic, const ServiceError &error);
    void dropAll(const TopicName &topic); ///< the person has left it
    /// The topic counts anew and stands at `seq` (reliability.md R8).
    void restart(const TopicName &topic, Seq seq);
    /// What is in the outbox, in no particular order of topics.
    QList<PendingMessage> rows() const { return m_rows.messages(); }

    void setMaxMessageSize(int bytes); ///< 0: not known
    /// The link is gone, `lost` or given up by us: nothing unanswered counts as sent.
    void reset(bool lost);

    static constexpr int kWindow = 8;
    static constexpr int kMaxFaults = 5; ///< 500s before a message is given up
    static constexpr int kMaxLosses = 2; ///< links lost or answers missed right after it (F22)

signals:
    void queued(const TopicName &topic, const QString &cid);
    void sent(const TopicName &topic, const QString &cid, Seq seq);
    void failed(const TopicName &topic, const QString &cid, const confab::ServiceError &error);
    /// The server no longer knows who we are; the message waits.
    void needsLogin();

private:
    using Row = OutboxRows::Row;
    struct Pause {
        int count = 0; ///< in a row
        bool isOn = false;
    };

    void connectFiles();
    void pump(const TopicName &topic);
    void sendRow(Topic *topic, Row &row);
    void takeReply(const TopicName &topic, const QString &cid, int round, const Reply &reply);
    void takeRefusal(Topic *topic, Row &row, const wire::Ctrl &ctrl);
    void noteUncertain(const Row &row);
    void acknowledge(Topic *topic, const QString &cid, const Message &message);
    void matchOwn(Topic *topic, const Message &message);
    /// Sends later, at least after `hintMs`; doubles while it goes on.
    void pause(const TopicName &topic, int hintMs);
    void attachAgain(const TopicName &topic);
    /// False if the row was given up.
    bool survivesLoss(Row &row);
    void fail(Row &row, StuckReason reason, const ServiceError &error);
    void noteNeed(const TopicName &topic);

    StoreWriter *m_writer;
    RequestTable *m_requests;
    Attachments *m_attachments;
    MessageFiles m_files;
    ServiceTiming m_timing;
    OutboxRows m_rows;
    QHash<TopicName, Pause> m_pauses;
    int m_maxMessageSize = 0;
    int m_lastRound = 0;
    int m_connection = 0;
};

}
