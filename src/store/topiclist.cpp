#include "store/topiclist.h"

namespace confab {

TopicList::TopicList(QObject *parent)
    : QObject(parent)
{
}

Topic *TopicList::find(const TopicName &name) const
{
    return m_byName.value(name);
}

QString TopicList::nameOf(const UserId &user) const
{
    if (user == m_self && !m_selfCard.name.isEmpty())
        return m_selfCard.name;
    const Topic *direct = find(user);
    if (direct && !direct->info().card.name.isEmpty())
        return direct->info().card.name;
    const auto known = m_users.constFind(user);
    if (known != m_users.constEnd() && !known->name.isEmpty())
        return known->name;
    for (const Topic *topic : m_topics) {
        const Member *member = topic->member(user);
        if (member && !member->card.name.isEmpty())
            return member->card.name;
    }
    return user;
}

QSet<UserId> TopicList::people() const
{
    QSet<UserId> result(m_users.keyBegin(), m_users.keyEnd());
    if (!m_self.isEmpty())
        result.insert(m_self);
    for (const Topic *topic : m_topics) {
        if (topic->kind() == wire::TopicKind::Direct)
            result.insert(topic->name());
        for (const Member &member : topic->members())
            result.insert(member.user);
    }
    return result;
}

void TopicList::setSelf(const UserId &user, const wire::Card &card)
{
    if (m_self == user && m_selfCard == card)
        return;
    m_self = user;
    m_selfCard = card;
    emit selfChanged();
}

Topic *TopicList::add(const TopicInfo &info)
{
    if (Topic *existing = find(info.name)) {
        existing->setInfo(info);
        return existing;
    }
    emit aboutToAdd(count());
    auto *topic = new Topic(info, this);
    m_topics.append(topic);
    m_byName.insert(info.name, topic);
    follow(topic);
    emit added(topic);
    return topic;
}

void TopicList::follow(Topic *topic)
{
    const auto tell = [this, topic] { emit topicChanged(rowOf(topic)); };
    connect(topic, &Topic::changed, this, tell);
    connect(topic, &Topic::marksChanged, this, tell);
}

void TopicList::remove(const TopicName &name)
{
    Topic *topic = find(name);
    if (!topic)
        return;
    const int row = rowOf(topic);
    emit aboutToRemove(row);
    m_topics.removeAt(row);
    m_byName.remove(name);
    topic->disconnect(this);
    emit removed();
    topic->deleteLater(); // the call may come from one of its own signals
}

void TopicList::rename(const TopicName &from, const TopicName &to)
{
    Topic *topic = find(from);
    if (!topic || from == to)
        return;
    topic->timeline().readdressPending(to);
    if (Topic *existing = find(to)) {
        const Timeline &old = topic->timeline();
        for (int row = old.messageCount(); row < old.count(); ++row)
            existing->timeline().addPending(old.pending(row));
        remove(from);
        return;
    }
    m_byName.remove(from);
    m_byName.insert(to, topic);
    TopicInfo info = topic->info();
    info.name = to;
    topic->setInfo(info);
}

void TopicList::noteUser(const UserId &user, const wire::Card &card)
{
    wire::Card &known = m_users[user];
    if (known == card)
        return;
    known = card;
    emit userChanged(user);
}

void TopicList::setMaxMessageSize(int bytes)
{
    if (m_maxMessageSize == bytes)
        return;
    m_maxMessageSize = bytes;
    emit limitsChanged();
}

void TopicList::setAllOffline()
{
    for (Topic *topic : std::as_const(m_topics))
        topic->forgetPresence();
}

}
