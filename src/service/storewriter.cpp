#include "service/storewriter.h"

#include "wire/drafty/plaintext.h"
#include "wire/drafty/preview.h"

#include <algorithm>

namespace confab {

namespace {

/// As wire/drafty/preview.h makes it of rich text: one line, without quotes, without who wrote what
/// was forwarded.
QString previewText(const Message &message)
{
    if (message.content.isString() || message.content.isAbsent())
        return message.text;
    const QString line = wire::previewLine(wire::Drafty::fromContent(message.content)).text;
    return line.isEmpty() ? message.text : line;
}

}

StoreWriter::StoreWriter(TopicList *topics, Archive *archive, QObject *parent)
    : QObject(parent)
    , m_topics(topics)
    , m_archive(archive)
{
}

void StoreWriter::setSelf(const UserId &user, const wire::Card &card)
{
    if (user == m_topics->self() && card == m_topics->selfCard())
        return;
    m_topics->setSelf(user, card);
    m_archive->saveSelf(user, card);
}

Topic *StoreWriter::add(const TopicInfo &info)
{
    Topic *topic = m_topics->add(info);
    m_archive->saveTopic(info);
    return topic;
}

void StoreWriter::remove(const TopicName &name)
{
    m_topics->remove(name);
    m_archive->removeTopic(name);
    m_old.remove(name);
    m_ahead.remove(name);
}

void StoreWriter::noteUser(const UserId &user, const wire::Card &card)
{
    if (!wire::isUserId(user) || card.name.isEmpty())
        return;
    m_topics->noteUser(user, card);
    m_archive->saveUser(user, card);
}

void StoreWriter::update(Topic *topic, const std::function<void(TopicInfo &)> &change)
{
    TopicInfo info = topic->info();
    change(info);
    const Marks ahead = m_ahead.value(topic->name());
    info.read = std::max(info.read, ahead.read);
    info.recv = std::max(info.recv, ahead.recv);
    info.recv = std::clamp(info.recv, 0, info.seq);
    info.read = std::clamp(info.read, 0, info.seq);
    info.recv = std::max(info.recv, info.read);
    if (info == topic->info())
        return;
    topic->setInfo(info);
    m_archive->saveTopic(info);
}

void StoreWriter::setPins(Topic *topic, const QList<Seq> &pins)
{
    update(topic, [&pins](TopicInfo &info) { info.pins = pins; });
}

void StoreWriter::noteMark(Topic *topic, Seq seq, bool isRead)
{
    Marks &marks = m_ahead[topic->name()];
    Seq &mark = isRead ? marks.read : marks.recv;
    mark = std::max(mark, seq);
    update(topic, [](TopicInfo &) {});
}

Message StoreWriter::fromWire(const wire::Data &data)
{
    Message message;
    message.seq = data.seq;
    if (wire::isUserId(data.from))
        message.from = data.from;
    message.ts = data.ts;
    message.head = data.head;
    message.content = data.content;
    message.text = wire::plainText(data.head, data.content);
    return message;
}

void StoreWriter::notePreview(
    const Topic *topic, TopicInfo &info, const Message &message) const
{
    if (message.seq < info.preview.seq)
        return;
    const Seq target = message.head.foldsOnto();
    const bool isEditOfIt = message.head.replaces() > 0
        && (target == info.preview.seq || target == topic->timeline().lastSeq());
    // What has a number of its own but no row: the preview keeps its place and may get its words.
    if (target == 0 || info.preview.seq == 0 || isEditOfIt) {
        info.preview.from = message.from;
        info.preview.text = previewText(message);
        if (target == 0)
            info.preview.ts = message.ts;
    }
    info.preview.seq = message.seq;
}

void StoreWriter::take(Topic *topic, const QList<Message> &messages, Origin origin)
{
    QList<Message> sorted = messages;
    std::sort(sorted.begin(), sorted.end(),
        [](const Message &a, const Message &b) { return a.seq < b.seq; });
    const auto isSame = [](const Message &a, const Message &b) { return a.seq == b.seq; };
    sorted.erase(std::unique(sorted.begin(), sorted.end(), isSame), sorted.end());
    const Seq old = m_old.value(topic->name(), wire::kMaxSeq);
    QList<Message> fresh;
    const auto isHere = [topic](const Message &message) {
        const Timeline &timeline = topic->timeline();
        return timeline.rowOfSeq(message.seq) >= 0
            || (message.head.foldsOnto() > 0 && timeline.known().contains(message.seq));
    };
    for (const Message &message : std::as_const(sorted)) {
        if (message.seq > old && !isHere(message))
            fresh.append(message);
        if (!message.head.cid().isEmpty() && message.from == self()) {
            m_filling = origin == Origin::Backfill;
            emit ownMessageSeen(topic, message);
            m_filling = false;
        }
    }
    if (origin != Origin::Backfill)
        topic->timeline().insert(sorted);
    topic->noteUnread();
    if (origin == Origin::Disk)
        return;
    m_archive->saveMessages(topic->name(), sorted);
    update(topic, [&](TopicInfo &info) {
        for (const Message &message : std::as_const(sorted)) {
            info.seq = std::max(info.seq, message.seq);
            notePreview(topic, info, message);
            if (!info.touched.isValid() || message.ts > info.touched)
                info.touched = message.ts;
            // The sender has seen what they wrote; the server counts it so, too (protocol.md §3.1).
            if (message.from == self() && !self().isEmpty())
                info.read = std::max(info.read, message.seq);
        }
    });
    if (!fresh.isEmpty())
        emit messagesArrived(topic->name(), fresh);
}

void StoreWriter::acknowledge(Topic *topic, const QString &cid, const Message &message)
{
    if (m_filling)
        topic->timeline().removePending(cid); // comes back with the page that it belongs to
    else
        topic->timeline().acknowledge(cid, message);
    m_archive->acknowledge(cid, topic->name(), message);
    update(topic, [&](TopicInfo &info) {
        info.seq = std::max(info.seq, message.seq);
        info.read = std::max(info.read, message.seq);
        notePreview(topic, info, message);
        if (!info.touched.isValid() || message.ts > info.touched)
            info.touched = message.ts;
    });
}

void StoreWriter::markEmpty(Topic *topic, SeqRange range)
{
    if (range.low >= range.hi)
        return;
    topic->timeline().markEmpty(range);
    m_archive->saveKnown(topic->name(), range);
}

void StoreWriter::noteLoaded(Topic *topic, SeqRange range)
{
    topic->timeline().markEmpty(range);
}

void StoreWriter::forgetHistory(Topic *topic)
{
    const TopicName name = topic->name();
    topic->timeline().clear();
    topic->setAtStart(false);
    m_archive->removeTopic(name);
    m_old.remove(name);
    m_ahead.remove(name);
    TopicInfo info = topic->info();
    info.seq = info.read = info.recv = info.clear = 0;
    info.preview = {};
    info.pins = {};
    topic->setInfo(info);
    m_archive->saveTopic(info);
}

void StoreWriter::forgetMessages()
{
    for (int row = 0; row < m_topics->count(); ++row) {
        Topic *topic = m_topics->at(row);
        topic->timeline().clear();
        topic->setAtStart(false);
        m_old.insert(topic->name(), topic->info().seq);
    }
    m_archive->forgetMessages();
}

void StoreWriter::removeDeleted(Topic *topic, const wire::Deletions &deletions)
{
    if (!deletions.ranges.isEmpty()) {
        topic->timeline().removeDeleted(deletions.ranges);
        m_archive->removeMessages(topic->name(), deletions.ranges);
        topic->noteUnread();
    }
    const Timeline &timeline = topic->timeline();
    update(topic, [&](TopicInfo &info) {
        info.clear = std::max(info.clear, deletions.clear);
        // What is deleted is not to be read in the list either.
        if (!deletions.ranges.isEmpty() && timeline.messageCount() > 0) {
            const Message &last = timeline.message(timeline.messageCount() - 1);
            info.preview.from = last.from;
            info.preview.text = last.text;
            info.preview.ts = last.ts;
        }
    });
}

}
