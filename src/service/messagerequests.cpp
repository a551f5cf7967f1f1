#include "service/messagerequests.h"

#include "wire/pins.h"

#include <algorithm>

namespace confab {

MessageRequests::MessageRequests(StoreWriter *writer, RequestTable *requests,
    Attachments *attachments, HistoryLoader *history, QObject *parent)
    : QObject(parent)
    , m_writer(writer)
    , m_requests(requests)
    , m_attachments(attachments)
    , m_history(history)
{
    connect(attachments, &Attachments::attached, this, &MessageRequests::pump);
}

void MessageRequests::remove(const TopicName &topic, const QList<SeqRange> &ranges, bool forAll)
{
    for (const SeqRange &range : ranges)
        m_removals.append({topic, range, forAll, false});
    m_attachments->want(topic, Reason::Deleting);
    pump(topic);
}

void MessageRequests::pump(const TopicName &topic)
{
    if (!m_attachments->isAttached(topic))
        return;
    for (Removal &removal : m_removals) {
        if (removal.topic != topic || removal.asked)
            continue;
        removal.asked = true;
        wire::Del del;
        del.topic = topic;
        del.what = wire::Del::Kind::Messages;
        del.delseq = {removal.range};
        del.hard = removal.forAll;
        m_requests->ask(
            this, del, [this, removal](const Reply &reply) { takeReply(removal, reply); });
    }
}

void MessageRequests::takeReply(const Removal &removal, const Reply &reply)
{
    const auto found = std::find_if(m_removals.begin(), m_removals.end(),
        [&removal](const Removal &one) { return one.is(removal); });
    if (found == m_removals.end())
        return;
    if (reply.end == Reply::End::Cancelled) {
        found->asked = false; // again on the next link
        return;
    }
    m_removals.erase(found);
    const bool isLast = std::none_of(m_removals.begin(), m_removals.end(),
        [&removal](const Removal &one) { return one.topic == removal.topic; });
    if (isLast)
        m_attachments->unwant(removal.topic, Reason::Deleting);
    Topic *topic = m_writer->topics().find(removal.topic);
    if (!topic)
        return;
    if (reply.ok()) {
        const int clear = reply.ctrl.params ? reply.ctrl.params->del : 0;
        m_writer->removeDeleted(topic, {clear, {removal.range}});
        m_history->noteDeleted(removal.topic, {removal.range});
        return;
    }
    QList<Seq> rows;
    for (Seq seq = removal.range.low; seq < removal.range.hi; ++seq)
        rows.append(seq);
    topic->timeline().show(rows);
    emit failed(reply.error());
}

void MessageRequests::setPins(const TopicName &topic, const QList<Seq> &pins)
{
    wire::Set set;
    set.topic = topic;
    set.query.aux = wire::auxOfPins(pins);
    m_requests->ask(this, set, [this, topic, pins](const Reply &reply) {
        Topic *known = m_writer->topics().find(topic);
        if (!reply.ok())
            emit failed(reply.error());
        else if (known)
            m_writer->setPins(known, pins);
    });
}

}
