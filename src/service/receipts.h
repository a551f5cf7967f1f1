#pragma once

#include "service/attachments.h"
#include "service/requesttable.h"
#include "service/storewriter.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

namespace confab {

/// Notes that nobody answers: received, read, typing; ours in batches, others' as they come
/// (protocol.md §3.1). GUI thread.
class Receipts : public QObject
{
    Q_OBJECT

public:
    Receipts(StoreWriter *writer, RequestTable *requests, Attachments *attachments,
        const ServiceTiming &timing, QObject *parent = nullptr);

    void noteReceived(const TopicName &topic, Seq seq);
    void markRead(Topic *topic, Seq seq);
    void noteTyping(Topic *topic);

    /// What others tell, on the topic or by way of `me`.
    void take(Topic *topic, const wire::Info &info);
    /// They have sent it, so they type no more.
    void stopTyping(Topic *topic, const UserId &user);
    void reset();

private:
    void sendReceived();
    void sendRead();
    void send(const TopicName &topic, wire::NoteKind what, Seq seq);
    void expireTyping();

    StoreWriter *m_writer;
    RequestTable *m_requests;
    Attachments *m_attachments;
    ServiceTiming m_timing;
    QHash<TopicName, Seq> m_received; ///< to be told
    QHash<TopicName, Seq> m_read; ///< to be told, once attached
    QHash<TopicName, QDeadlineTimer> m_typed; ///< when typing may be told again
    QHash<QPair<TopicName, UserId>, QDeadlineTimer> m_typing; ///< of others, until when it is shown
    QTimer m_receivedTimer;
    QTimer m_readTimer;
    QTimer m_typingTimer;
};

}
