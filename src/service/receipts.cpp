#include "service/receipts.h"

#include <algorithm>

namespace confab {

Receipts::Receipts(StoreWriter *writer, RequestTable *requests, Attachments *attachments,
    const ServiceTiming &timing, QObject *parent)
    : QObject(parent)
    , m_writer(writer)
    , m_requests(requests)
    , m_attachments(attachments)
    , m_timing(timing)
{
    m_receivedTimer.setSingleShot(true);
    m_readTimer.setSingleShot(true);
    m_typingTimer.setInterval(timing.typingShown / 8);
    connect(&m_receivedTimer, &QTimer::timeout, this, &Receipts::sendReceived);
    connect(&m_readTimer, &QTimer::timeout, this, &Receipts::sendRead);
    connect(&m_typingTimer, &QTimer::timeout, this, &Receipts::expireTyping);
    // What was read while the topic was not attached could not be told (409).
    connect(attachments, &Attachments::attached, this, [this](const TopicName &topic) {
        if (m_read.contains(topic) && !m_readTimer.isActive())
            m_readTimer.start(m_timing.readBatch);
    });
}

void Receipts::noteReceived(const TopicName &topic, Seq seq)
{
    Topic *known = m_writer->topics().find(topic);
    if (!known)
        return;
    // An edit or a reaction on what was read is no news.
    if (known->unread() == 0)
        markRead(known, known->info().seq);
    if (seq <= known->info().recv)
        return;
    m_received[topic] = std::max(m_received.value(topic), seq);
    if (!m_receivedTimer.isActive())
        m_receivedTimer.start(m_timing.receivedBatch);
}

void Receipts::markRead(Topic *topic, Seq seq)
{
    const Seq until = std::min(topic->timeline().seenWith(seq), topic->info().seq);
    if (until <= topic->info().read)
        return;
    m_writer->update(topic, [until](TopicInfo &info) { info.read = until; });
    m_read[topic->name()] = until;
    if (!m_readTimer.isActive())
        m_readTimer.start(m_timing.readBatch);
}

void Receipts::noteTyping(Topic *topic)
{
    const auto found = m_typed.constFind(topic->name());
    const bool tooSoon = found != m_typed.constEnd() && !found->hasExpired();
    if (tooSoon || !m_attachments->isAttached(topic->name()) || !topic->canWrite())
        return;
    m_typed[topic->name()] = QDeadlineTimer(m_timing.typingEvery);
    send(topic->name(), wire::NoteKind::Typing, 0);
}

void Receipts::sendReceived()
{
    const auto received = std::exchange(m_received, {});
    for (auto it = received.begin(); it != received.end(); ++it) {
        Topic *topic = m_writer->topics().find(it.key());
        if (!topic || it.value() <= topic->info().recv)
            continue; // read meanwhile, which says as much
        m_writer->update(topic, [seq = it.value()](TopicInfo &info) { info.recv = seq; });
        send(it.key(), wire::NoteKind::Received, it.value());
    }
}

void Receipts::sendRead()
{
    for (auto it = m_read.begin(); it != m_read.end();) {
        if (!m_attachments->isAttached(it.key())) {
            ++it;
            continue;
        }
        send(it.key(), wire::NoteKind::Read, it.value());
        it = m_read.erase(it);
    }
}

void Receipts::send(const TopicName &topic, wire::NoteKind what, Seq seq)
{
    wire::Note note;
    note.topic = topic;
    note.what = what;
    note.seq = seq;
    m_requests->tell(note);
}

void Receipts::take(Topic *topic, const wire::Info &info)
{
    if (!wire::isUserId(info.from))
        return;
    const bool isMark = info.what == wire::NoteKind::Read || info.what == wire::NoteKind::Received;
    const bool isRead = info.what == wire::NoteKind::Read;
    if (info.from == m_writer->self()) {
        if (isMark)
            m_writer->noteMark(topic, info.seq, isRead);
        return;
    }
    if (isMark) {
        const Member *known = topic->member(info.from);
        Member member = known ? *known : Member();
        member.user = info.from;
        member.recv = std::max(member.recv, info.seq); // read implies received
        if (isRead)
            member.read = std::max(member.read, info.seq);
        topic->setMember(member);
    } else if (info.what == wire::NoteKind::Typing) {
        m_typing[{topic->name(), info.from}] = QDeadlineTimer(m_timing.typingShown);
        topic->setTyping(info.from, true);
        if (!m_typingTimer.isActive())
            m_typingTimer.start();
    }
}

void Receipts::stopTyping(Topic *topic, const UserId &user)
{
    if (m_typing.remove({topic->name(), user}))
        topic->setTyping(user, false);
}

void Receipts::expireTyping()
{
    for (auto it = m_typing.begin(); it != m_typing.end();) {
        if (!it.value().hasExpired()) {
            ++it;
            continue;
        }
        if (Topic *topic = m_writer->topics().find(it.key().first))
            topic->setTyping(it.key().second, false);
        it = m_typing.erase(it);
    }
    if (m_typing.isEmpty())
        m_typingTimer.stop();
}

void Receipts::reset()
{
    m_received.clear(); // told anew when the topics are attached again
    m_typed.clear();
    for (QDeadlineTimer &until : m_typing)
        until = QDeadlineTimer(0);
    expireTyping();
}

}
