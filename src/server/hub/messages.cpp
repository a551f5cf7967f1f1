#include "server/hub/messages.h"

#include "server/files/fileid.h"
#include "server/hub/limits.h"

#include <algorithm>

namespace confab::server {

using wire::Access;
using wire::SeqRange;

namespace {

/// Only the server says on whose behalf a message was sent (protocol.md §4, `sender`).
wire::JsonBlob withoutSender(const wire::Head &head)
{
    if (head.isEmpty())
        return {};
    static const wire::JsonBlob kPatch = wire::JsonBlob::fromBytes("{\"sender\":\"\xE2\x90\xA1\"}");
    return wire::Head(wire::JsonBlob::merged(head.blob(), kPatch)).blob();
}

/// Readers of a channel do not learn who wrote.
wire::Data toData(const MessageRecord &record, const wire::TopicName &topic)
{
    wire::Data data;
    data.topic = topic;
    if (wire::topicKind(topic) != wire::TopicKind::Channel)
        data.from = record.from;
    data.ts = record.ts;
    data.seq = record.seq;
    data.head = wire::Head(wire::JsonBlob::fromBytes(record.head));
    data.content = wire::JsonBlob::fromBytes(record.content);
    return data;
}

/// The uploaded files that the message says it refers to (protocol.md §4, `extra.attachments`).
QStringList filesOf(const wire::Pub &packet)
{
    QStringList ids;
    for (const QString &url : packet.attachments.mid(0, kMaxAttachments)) {
        if (const QString id = fileIdOfUrl(url); !id.isEmpty())
            ids.append(id);
    }
    return ids;
}

/// What of the ranges exists; nothing if they make no sense (protocol.md §5: hi is exclusive, and
/// merging must not swallow neighbours).
std::optional<QList<SeqRange>> existing(QList<SeqRange> ranges, wire::Seq last)
{
    if (ranges.isEmpty() || ranges.size() > kMaxDeletedIds)
        return std::nullopt;
    QList<SeqRange> result;
    qint64 count = 0;
    for (SeqRange range : ranges) {
        if (range.hi == 0)
            range.hi = range.low + 1;
        if (range.low < 1 || range.hi <= range.low)
            return std::nullopt;
        range.hi = std::min(range.hi, last + 1);
        count += std::max(range.hi - range.low, 0);
        if (range.low < range.hi)
            result.append(range);
    }
    if (ranges.size() > 1 && count > kMaxDeletedIds)
        return std::nullopt;
    std::sort(result.begin(), result.end(),
        [](const SeqRange &a, const SeqRange &b) { return a.low < b.low; });
    QList<SeqRange> merged;
    for (const SeqRange &range : std::as_const(result)) {
        if (!merged.isEmpty() && range.low <= merged.last().hi)
            merged.last().hi = std::max(merged.last().hi, range.hi);
        else
            merged.append(range);
    }
    return merged;
}

} // namespace

void Messages::pub(const RequestPtr &request, const wire::Pub &packet)
{
    const bool toSystem = wire::topicKind(packet.topic) == wire::TopicKind::System;
    const TopicPtr topic = m_hub.attachedTopic(*request);
    if (wire::topicKind(packet.topic) == wire::TopicKind::Unknown)
        return request->reply(kTopicNotFound);
    if (!topic && !toSystem)
        return request->reply(kAttachFirst);
    if (!toSystem && !topic->modeOf(request->userId()).testFlag(Access::Write))
        return request->reply(kDenied);
    if (!packet.head.webrtc().isEmpty()) // calls need servers that this one does not have
        return request->reply(kNotImplemented);
    // Only one's own messages are edited; one that was deleted is not brought back.
    const wire::Seq edited = packet.head.replaces();
    if (edited > 0 && topic && m_hub.reader.senderOf(topic->record.id, edited) != request->userId())
        return request->reply(kDenied);
    const QString cid = packet.head.cid();
    if (cid.size() > kMaxCidLength)
        return request->reply(kMalformed);

    StoreMessage operation;
    operation.from = request->userId();
    operation.ts = request->time();
    operation.head = withoutSender(packet.head).bytes();
    operation.content = packet.content.isAbsent() ? QByteArray("null") : packet.content.bytes();
    operation.cid = cid;
    operation.files = filesOf(packet);
    if (toSystem)
        return report(request, operation);
    operation.topicId = topic->record.id;
    publish(request, topic, operation, packet.noecho);
}

/// Reports to `sys` are kept for whoever runs the server; nobody reads them by the protocol.
void Messages::report(const RequestPtr &request, const StoreMessage &operation)
{
    TopicPtr topic = m_hub.topicFor(*request);
    if (!topic) {
        StoredTopic fresh;
        fresh.topic.id = m_hub.database.takeTopicId();
        fresh.topic.key = topicKey(request->topic(), request->userId());
        fresh.topic.created = fresh.topic.updated = request->time();
        topic = m_hub.topics.add(fresh, {});
        m_hub.database.write(AddTopic{fresh.topic, {}, {}});
    }
    StoreMessage toSystem = operation;
    toSystem.topicId = topic->record.id;
    publish(request, topic, toSystem, true);
}

void Messages::publish(
    const RequestPtr &request, const TopicPtr &topic, const StoreMessage &operation, bool noecho)
{
    const bool revived = revivePartner(*topic, operation.from, operation.ts);
    const auto began = std::chrono::steady_clock::now();
    m_hub.database.write(operation, m_hub.context,
        [this, request, topic, operation, noecho, revived, began](const WriteOutcome &outcome) {
            if (outcome.status == WriteStatus::Failed || outcome.status == WriteStatus::DiskFailed)
                return request->reply(answerTo(outcome.status));
            m_hub.metrics.publishLatency.add(std::chrono::duration_cast<std::chrono::microseconds>(
                std::chrono::steady_clock::now() - began));
            const bool duplicate = outcome.status == WriteStatus::Duplicate;
            if (duplicate)
                request->setTime(outcome.storedAt);
            wire::CtrlParams params;
            params.seq = outcome.number;
            request->reply(kAccepted, params);
            if (revived)
                m_hub.news.directCreated(*topic, operation.from, nullptr);
            if (!duplicate)
                stored(*request, topic, operation, outcome.number, noecho);
        });
}

bool Messages::revivePartner(Topic &topic, const wire::UserId &writer, const QDateTime &now)
{
    const auto partner = topic.members.find(topic.partnerOf(writer));
    const bool left = partner != topic.members.end() && partner->isDeleted();
    if (!left || !partner->want.testFlag(Access::Join) || !m_hub.users.find(partner->user))
        return false;
    partner->deleted = {};
    partner->updated = now;
    m_hub.database.write(PutMembers{topic.record.id, topic.record.owner, {*partner}});
    return true;
}

void Messages::stored(const Request &request, const TopicPtr &topic, const StoreMessage &operation,
    wire::Seq seq, bool noecho)
{
    ++m_hub.metrics.messages;
    topic->record.seq = std::max(topic->record.seq, seq);
    topic->record.touched = operation.ts;
    const auto author = topic->members.find(operation.from);
    if (author != topic->members.end()) {
        author->read = std::max(author->read, seq);
        author->recv = std::max(author->recv, seq);
    }

    QHash<wire::TopicName, QList<Session *>> byName; // two names in a direct chat, one elsewhere
    for (Session *session : topic->sessions) {
        const bool silent = noecho && session == &request.session();
        const MemberRecord *member = silent ? nullptr : topic->member(session->userId());
        if (member && member->has(Access::Read))
            byName[topic->nameFor(*member)].append(session);
    }
    const MessageRecord record{
        seq, operation.from, operation.ts, operation.head, operation.content};
    for (auto it = byName.cbegin(); it != byName.cend(); ++it)
        sendToAll(it.value(), toData(record, it.key()));
    m_hub.news.messageStored(*topic, operation.from, seq);
}

void Messages::answerData(
    const RequestPtr &request, const TopicPtr &topic, const wire::PageOptions &page)
{
    if (!topic->modeOf(request->userId()).testFlag(Access::Read))
        return request->reply(kDenied);
    if (page.ranges.size() > kMaxRanges)
        return request->reply(kMalformed);
    wire::PageOptions cleaned = page;
    for (SeqRange &range : cleaned.ranges) {
        if (range.hi == 0)
            range.hi = range.low + 1;
    }
    const int limit = page.limit > 0 ? std::min(page.limit, kMaxPage) : kMaxPage;
    const QList<MessageRecord> messages
        = m_hub.reader.messages(topic->record.id, request->userId(), cleaned, limit);
    for (const MessageRecord &message : messages)
        request->session().send(toData(message, request->topic()));
    if (messages.isEmpty())
        return request->replyPart(kNoContent, QStringLiteral("data"));
    request->replyPart(kDelivered, QStringLiteral("data"), int(messages.size()));
}

void Messages::answerDeletions(
    const RequestPtr &request, const TopicPtr &topic, const wire::PageOptions &page)
{
    if (!topic->modeOf(request->userId()).testFlag(Access::Read))
        return request->reply(kDenied);
    const int limit = page.limit > 0 ? std::min(page.limit, kMaxList) : kMaxList;
    const DeletionsRecord record = m_hub.reader.deletions(
        topic->record.id, request->userId(), page.since, page.before, limit);
    if (record.ranges.isEmpty())
        return request->replyPart(kNoContent, QStringLiteral("del"));
    wire::Meta meta;
    meta.del = wire::Deletions{record.lastId, record.ranges};
    request->reply(meta);
}

wire::Result<QList<wire::Data>, int> Messages::history(
    const wire::UserId &user, const wire::TopicName &name, wire::Seq before, int limit)
{
    const TopicPtr topic = m_hub.topics.find(topicKey(name, user));
    if (!topic || !topic->member(user))
        return 404;
    if (!topic->modeOf(user).testFlag(Access::Read))
        return 403;
    wire::PageOptions page;
    page.before = before;
    QList<wire::Data> result;
    for (const MessageRecord &record :
        m_hub.reader.messages(topic->record.id, user, page, std::clamp(limit, 1, kMaxPage)))
        result.append(toData(record, name));
    return result;
}

/// What of the ranges may still be deleted for everybody.
QList<SeqRange> Messages::youngEnough(
    qint64 topicId, const QList<SeqRange> &ranges, const QDateTime &now) const
{
    if (m_hub.options.messageDeleteAge.count() == 0)
        return ranges;
    const QDateTime oldest = now.addSecs(-m_hub.options.messageDeleteAge.count());
    QList<SeqRange> result;
    for (SeqRange range : ranges) {
        range.low = m_hub.reader.firstSince(topicId, range, oldest);
        if (range.low < range.hi)
            result.append(range);
    }
    return result;
}

void Messages::remove(const RequestPtr &request, const wire::Del &packet)
{
    const wire::UserId user = request->userId();
    const TopicPtr topic = m_hub.attachedTopic(*request);
    if (!topic)
        return request->reply(kAttachFirst);
    if (topic->isReader(user))
        return request->reply(kNotAllowed);
    if (!topic->modeOf(user).testFlag(Access::Read))
        return request->reply(kDenied);
    std::optional<QList<SeqRange>> ranges = existing(packet.delseq, topic->record.seq);
    if (!ranges)
        return request->reply(kMalformed);
    if (ranges->isEmpty())
        return request->reply(kNoAction);
    // Without the right to delete for everybody it is deleted for oneself (protocol.md §5).
    const bool forAll = packet.hard && topic->modeOf(user).testFlag(Access::Delete);
    if (forAll && !topic->modeOf(user).testFlag(Access::Owner)) {
        ranges = youngEnough(topic->record.id, *ranges, request->time());
        if (ranges->isEmpty())
            return request->reply(kDenied);
    }
    const RemoveMessages operation{topic->record.id, forAll ? wire::UserId() : user, *ranges};
    m_hub.commit(
        request, topic, operation, [this, request, topic, operation](const WriteOutcome &outcome) {
            const int delId = outcome.number;
            topic->record.delId = delId;
            if (operation.onlyFor.isEmpty())
                topic->record.hardDelId = delId;
            else if (const auto member = topic->members.find(operation.onlyFor);
                     member != topic->members.end())
                member->delId = delId;
            wire::CtrlParams params;
            params.del = delId;
            request->reply(kOk, params);
            m_hub.news.deleted(
                *topic, operation.onlyFor, delId, operation.ranges, &request->session());
        });
}

void Messages::note(const std::shared_ptr<Session> &session, const wire::Note &packet)
{
    if (!session->user)
        return;
    const TopicKey key = topicKey(packet.topic, session->userId());
    const TopicPtr topic = m_hub.topics.find(key);
    if (!topic || topic->nameFor(session->userId()) != packet.topic)
        return;
    const bool attached = topic->isAttached(session.get());
    switch (packet.what) {
    case wire::NoteKind::Typing:
    case wire::NoteKind::RecordingAudio:
    case wire::NoteKind::RecordingVideo:
        if (attached && packet.seq == 0) {
            if (topic->modeOf(session->userId()).testFlag(Access::Write))
                m_hub.news.typing(*topic, session->userId(), packet.what, session.get());
        }
        return;
    case wire::NoteKind::Read:
        if (!attached)
            return;
        break;
    case wire::NoteKind::Received:
        break;
    case wire::NoteKind::Call:
    case wire::NoteKind::Data:
        return;
    }
    mark(*session, *topic, packet);
}

void Messages::mark(const Session &session, Topic &topic, const wire::Note &packet)
{
    const auto member = topic.members.find(session.userId());
    if (member == topic.members.end() || !member->has(Access::Read))
        return;
    const bool read = packet.what == wire::NoteKind::Read;
    const wire::Seq before = read ? member->read : member->recv;
    if (packet.seq <= before || packet.seq > topic.record.seq)
        return;
    member->recv = std::max(member->recv, packet.seq);
    if (read)
        member->read = packet.seq;
    m_hub.database.write(MoveMarks{topic.record.id, member->user, member->read, member->recv});
    m_hub.news.marked(topic, member->user, packet.what, packet.seq, &session);
}

} // namespace confab::server
