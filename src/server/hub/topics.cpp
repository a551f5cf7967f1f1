#include "server/hub/topics.h"

#include "server/db/reader.h"

namespace confab::server {

namespace {

void fill(Topic &topic, StoredTopic stored)
{
    topic.record = std::move(stored.topic);
    topic.members.clear();
    for (const MemberRecord &member : std::as_const(stored.members))
        topic.members.insert(member.user, member);
}

} // namespace

TopicPtr Topics::find(const TopicKey &key)
{
    if (key.isEmpty())
        return nullptr;
    if (TopicPtr known = m_topics.value(key).lock())
        return known;
    std::optional<StoredTopic> stored = m_reader.topic(key);
    return stored ? add(std::move(*stored), m_reader.tagsOf(key)) : nullptr;
}

TopicPtr Topics::add(StoredTopic stored, const QStringList &tags)
{
    const auto topic = std::make_shared<Topic>();
    fill(*topic, std::move(stored));
    topic->tags = tags;
    m_topics.insert(topic->record.key, topic);
    return topic;
}

void Topics::reload(Topic &topic) const
{
    if (std::optional<StoredTopic> stored = m_reader.topic(topic.record.key)) {
        fill(topic, std::move(*stored));
        topic.tags = m_reader.tagsOf(topic.record.key);
    }
}

void Topics::remove(const TopicKey &key)
{
    m_topics.remove(key);
    m_resident.remove(key);
}

QList<TopicPtr> Topics::loadedOf(const wire::UserId &user) const
{
    QList<TopicPtr> result;
    for (const std::weak_ptr<Topic> &known : m_topics) {
        TopicPtr topic = known.lock();
        if (topic && topic->members.contains(user))
            result.append(std::move(topic));
    }
    return result;
}

void Topics::attach(const TopicPtr &topic, Session &session)
{
    topic->sessions.append(&session);
    session.attached.insert(topic->record.key, topic);
    m_resident.insert(topic->record.key, topic);
}

void Topics::detach(Topic &topic, Session &session)
{
    topic.sessions.removeOne(&session);
    topic.idleSince = QDateTime::currentDateTimeUtc();
    session.attached.remove(topic.record.key);
}

bool Topics::sweep(std::chrono::milliseconds idle, const std::function<void(Topic &)> &unloading)
{
    const QDateTime before = QDateTime::currentDateTimeUtc().addMSecs(-idle.count());
    bool isAnyIdle = false;
    m_resident.removeIf([&](const auto &entry) {
        Topic &topic = *entry.value();
        if (!topic.sessions.isEmpty())
            return false;
        if (topic.idleSince > before) {
            isAnyIdle = true;
            return false;
        }
        unloading(topic);
        return true;
    });
    m_topics.removeIf([](const auto &entry) { return entry.value().expired(); });
    return isAnyIdle;
}

} // namespace confab::server
