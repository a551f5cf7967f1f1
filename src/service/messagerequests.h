#pragma once

#include "service/attachments.h"
#include "service/requesttable.h"
#include "service/serviceerror.h"
#include "service/storewriter.h"

#include <QList>
#include <QObject>

namespace confab {

/// What is asked of the server about messages that it has: to delete them and to pin them.
/// Deletions wait for a connection as long as the program runs. GUI thread.
class MessageRequests : public QObject
{
    Q_OBJECT

public:
    MessageRequests(StoreWriter *writer, RequestTable *requests, Attachments *attachments,
        HistoryLoader *history, QObject *parent = nullptr);

    /// What the server refuses is shown again.
    void remove(const TopicName &topic, const QList<SeqRange> &ranges, bool forAll);
    /// The messages that everybody finds above the chat, the newest pin last.
    void setPins(const TopicName &topic, const QList<Seq> &pins);

signals:
    void failed(const confab::ServiceError &error);

private:
    struct Removal {
        TopicName topic;
        SeqRange range;
        bool forAll = false;
        bool asked = false;
        bool is(const Removal &other) const { return topic == other.topic && range == other.range; }
    };

    void pump(const TopicName &topic);
    void takeReply(const Removal &removal, const Reply &reply);

    StoreWriter *m_writer;
    RequestTable *m_requests;
    Attachments *m_attachments;
    HistoryLoader *m_history;
    QList<Removal> m_removals; ///< not answered yet
};

}
