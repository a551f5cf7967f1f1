#pragma once

#include "server/hub/hubstate.h"
#include "wire/result.h"

namespace confab::server {

/// What is in a topic: pub, get data, get del, del msg, note (protocol.md §2 to §5).
class Messages
{
public:
    explicit Messages(HubState &hub)
        : m_hub(hub)
    {
    }

    void pub(const RequestPtr &request, const wire::Pub &packet);
    void note(const std::shared_ptr<Session> &session, const wire::Note &packet);
    void remove(const RequestPtr &request, const wire::Del &packet);
    void answerData(
        const RequestPtr &request, const TopicPtr &topic, const wire::PageOptions &page);
    void answerDeletions(
        const RequestPtr &request, const TopicPtr &topic, const wire::PageOptions &page);

    wire::Result<QList<wire::Data>, int> history(
        const wire::UserId &user, const wire::TopicName &name, wire::Seq before, int limit);

private:
    void report(const RequestPtr &request, const StoreMessage &operation);
    void publish(const RequestPtr &request, const TopicPtr &topic, const StoreMessage &operation,
        bool noecho);
    void stored(const Request &request, const TopicPtr &topic, const StoreMessage &operation,
        wire::Seq seq, bool noecho);
    QList<wire::SeqRange> youngEnough(
        qint64 topicId, const QList<wire::SeqRange> &ranges, const QDateTime &now) const;
    /// Who had deleted a direct chat gets it back, because there is news. Whether that was so.
    bool revivePartner(Topic &topic, const wire::UserId &writer, const QDateTime &now);
    void mark(const Session &session, Topic &topic, const wire::Note &packet);

    HubState &m_hub;
};

} // namespace confab::server
