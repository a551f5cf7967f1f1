#include "service/filler.h"

#include <algorithm>

namespace confab {

Filler::Filler(StoreWriter *writer, Attachments *attachments, QObject *parent)
    : QObject(parent)
    , m_writer(writer)
    , m_attachments(attachments)
{
    connect(attachments, &Attachments::ready, this, &Filler::finish);
    connect(attachments, &Attachments::refused, this, &Filler::finish);
    connect(&writer->topics(), &TopicList::removed, this, [this] {
        const auto isGone
            = [this](const TopicName &name) { return !m_writer->topics().find(name); };
        m_queue.removeIf(isGone);
        const auto running = m_running;
        for (const TopicName &name : running) {
            if (isGone(name))
                finish(name);
        }
    });
}

void Filler::start(const QList<TopicName> &chats)
{
    QList<Topic *> topics;
    for (int row = 0; row < m_writer->topics().count(); ++row) {
        Topic *topic = m_writer->topics().at(row);
        if (chats.isEmpty() || chats.contains(topic->name()))
            topics.append(topic);
    }
    std::stable_sort(topics.begin(), topics.end(), [](const Topic *a, const Topic *b) {
        return a->info().touched > b->info().touched;
    });
    for (const Topic *topic : std::as_const(topics)) {
        if (!m_queue.contains(topic->name()) && !m_running.contains(topic->name()))
            m_queue.append(topic->name());
    }
    m_active = true;
    resume();
}

void Filler::resume()
{
    m_online = true;
    // A chat may be caught up with before want() returns, and whoever asked is to hear of the end
    // after the question.
    QMetaObject::invokeMethod(this, &Filler::startNext, Qt::QueuedConnection);
}

void Filler::reset()
{
    m_online = false;
    for (const TopicName &topic : std::as_const(m_running)) {
        m_queue.prepend(topic);
        m_attachments->unwant(topic, Reason::Filling);
    }
    m_running.clear();
}

void Filler::startNext()
{
    while (m_online && m_running.size() < kAtOnce && !m_queue.isEmpty()) {
        const TopicName topic = m_queue.takeFirst();
        m_running.insert(topic);
        m_attachments->want(topic, Reason::Filling);
    }
    if (m_online && m_running.isEmpty() && m_queue.isEmpty() && std::exchange(m_active, false))
        emit finished();
}

void Filler::finish(const TopicName &topic)
{
    if (!m_running.remove(topic))
        return;
    m_attachments->unwant(topic, Reason::Filling);
    startNext();
}

}
