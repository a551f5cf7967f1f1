#pragma once

#include "store/archive/archive.h"
#include "store/topiclist.h"
#include "wire/servermessage.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace confab {

/// Where messages come from.
enum class Origin {
    Server,
    Disk,
};

/// The one place that writes the store: what is in memory is put on disk with it (design.md I1), marks
/// keep read <= recv <= seq (I7), and what is new is told once. GUI thread.
class StoreWriter : public QObject
{
    Q_OBJECT

public:
    StoreWriter(TopicList *topics, Archive *archive, QObject *parent = nullptr);

    TopicList &topics() const { return *m_topics; }
    Archive &archive() const { return *m_archive; }
    const UserId &self() const { return m_topics->self(); }

    void setSelf(const UserId &user, const wire::Card &card);
    Topic *add(const TopicInfo &info);
    void remove(const TopicName &name);
    void noteUser(const UserId &user, const wire::Card &card);
    /// Applies `change` to the info; writes only if something differs.
    void update(Topic *topic, const std::function<void(TopicInfo &)> &change);

    void take(Topic *topic, const QList<Message> &messages, Origin origin);
    /// The server has numbered a message of ours.
    void acknowledge(Topic *topic, const QString &cid, const Message &message);
    void markEmpty(Topic *topic, SeqRange range);
    void removeDeleted(Topic *topic, const wire::Deletions &deletions);
    /// Numbers up to here are no news, whenever they arrive: they were there at the first sync, or the
    /// absence was long. Until this is called nothing of a topic is news.
    void setOld(const TopicName &topic, Seq seq) { m_old.insert(topic, seq); }

    static Message fromWire(const wire::Data &data);

signals:
    /// A message of ours with a client id, from whatever source, before it is put into its timeline:
    /// it may be the answer that was lost (reliability.md F4, F7).
    void ownMessageSeen(confab::Topic *topic, const confab::Message &message);
    /// Messages that are news, by seq: live ones, and those missed while the link was lost.
    void messagesArrived(const TopicName &topic, const QList<confab::Message> &messages);

private:
    void notePreview(TopicInfo &info, const Message &message) const;

    TopicList *m_topics;
    Archive *m_archive;
    QHash<TopicName, Seq> m_old;
};

}
