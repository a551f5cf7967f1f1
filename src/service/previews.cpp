#include "service/previews.h"

#include <algorithm>

namespace confab {

Previews::Previews(StoreWriter *writer, Attachments *attachments, QObject *parent)
    : QObject(parent)
    , m_writer(writer)
    , m_attachments(attachments)
{
    connect(attachments, &Attachments::attached, this, &Previews::finish);
    connect(attachments, &Attachments::refused, this, &Previews::finish);
}

void Previews::want(const TopicName &topic)
{
    if (m_attachments->isAttached(topic) || m_queue.contains(topic))
        return;
    if (m_running.contains(topic) && m_attachments->isWanted(topic, Reason::Peek))
        return;
    m_queue.append(topic);
    startNext();
}

void Previews::wantAll()
{
    QList<Topic *> behind;
    for (int row = 0; row < m_writer->topics().count(); ++row) {
        Topic *topic = m_writer->topics().at(row);
        if (topic->info().seq > topic->info().preview.seq)
            behind.append(topic);
    }
    std::sort(behind.begin(), behind.end(), [](const Topic *a, const Topic *b) {
        return a->info().touched > b->info().touched;
    });
    for (const Topic *topic : std::as_const(behind))
        want(topic->name());
}

void Previews::reset()
{
    for (const TopicName &topic : std::as_const(m_running))
        m_attachments->unwant(topic, Reason::Peek);
    m_running.clear();
    m_queue.clear();
}

void Previews::startNext()
{
    while (m_running.size() < kAtOnce && !m_queue.isEmpty()) {
        const TopicName topic = m_queue.takeFirst();
        m_running.insert(topic);
        m_attachments->want(topic, Reason::Peek);
    }
}

void Previews::finish(const TopicName &topic)
{
    if (!m_running.remove(topic))
        return;
    // Nothing came although the server counts further: deleted. Not to be asked for again and again.
    if (Topic *peeked = m_writer->topics().find(topic)) {
        m_writer->update(peeked, [](TopicInfo &info) {
            info.preview.seq = std::max(info.preview.seq, info.seq);
        });
    }
    m_attachments->unwant(topic, Reason::Peek);
    startNext();
}

}
