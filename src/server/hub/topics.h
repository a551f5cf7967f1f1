#pragma once

#include "server/hub/topic.h"

#include <QHash>

#include <chrono>
#include <functional>

namespace confab::server {

class Reader;

/// The topics in memory. One that nobody is attached to goes a few seconds after the last detach;
/// only one object exists for each.
class Topics
{
public:
    explicit Topics(const Reader &reader)
        : m_reader(reader)
    {
    }

    /// Null if there is no such topic. A topic that is only looked at is let go by its last holder.
    TopicPtr find(const TopicKey &key);
    /// A topic that is not in the database yet; the caller writes it.
    TopicPtr add(StoredTopic stored, const QStringList &tags);
    /// After a failed write: what the database says.
    void reload(Topic &topic) const;
    void remove(const TopicKey &key);
    /// Topics in memory that the user is or was subscribed to.
    QList<TopicPtr> loadedOf(const wire::UserId &user) const;
    /// Those in memory.
    qsizetype count() const { return m_topics.size(); }

    void attach(const TopicPtr &topic, Session &session);
    void detach(Topic &topic, Session &session);

    /// Lets go of topics that were idle for longer than this; unloading is told each of them
    /// before. Whether others are idle that have to go later.
    bool sweep(std::chrono::milliseconds idle, const std::function<void(Topic &)> &unloading);

private:
    const Reader &m_reader;
    QHash<TopicKey, std::weak_ptr<Topic>> m_topics;
    QHash<TopicKey, TopicPtr> m_resident; ///< attached, or idle for a short time
};

} // namespace confab::server
