#pragma once

#include "service/serverclock.h"
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
    /// From the server, for the archive alone: between them and what is loaded lies more that is not.
    Backfill,
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
    /// What the server's clock says; ours may be years off (reliability.md F16).
    ServerClock &clock() { return m_clock; }

    void setSelf(const UserId &user, const wire::Card &card);
    Topic *add(const TopicInfo &info);
    void remove(const TopicName &name);
    void noteUser(const UserId &user, const wire::Card &card);
    /// Applies `change` to the info; writes only if something differs.
    void update(Topic *topic, const std::function<void(TopicInfo &)> &change);
    void setPins(Topic *topic, const QList<Seq> &pins);
    /// How far the person has read or received, as another of their programs told. It may come before
    /// the message that it names: then it counts as soon as that is here.
    void noteMark(Topic *topic, Seq seq, bool isRead);

    void take(Topic *topic, const QList<Message> &messages, Origin origin);
    /// The server has numbered a message of ours.
    void acknowledge(Topic *topic, const QString &cid, const Message &message);
    void markEmpty(Topic *topic, SeqRange range);
    /// What is on disk leaves the memory; noteLoaded() tells when it is back.
    void unload(Topic *topic, SeqRange range) { topic->timeline().unload(range); }
    /// All that the archive has in this range is in the timeline.
    void noteLoaded(Topic *topic, SeqRange range);
    /// The server counts anew (reliability.md R8): nothing that is known of the topic's messages
    /// holds any more. What waits in the outbox stays.
    void forgetHistory(Topic *topic);
    /// Of all topics, in memory and on disk; numbers and marks stay true. To be fetched again, and then
    /// they are no news.
    void forgetMessages();
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
    void notePreview(const Topic *topic, TopicInfo &info, const Message &message) const;

    TopicList *m_topics;
    Archive *m_archive;
    struct Marks {
        Seq read = 0;
        Seq recv = 0;
    };

    ServerClock m_clock;
    bool m_filling = false; ///< what is being taken is for the archive alone
    QHash<TopicName, Marks> m_ahead; ///< told by the server, maybe beyond what is here
    QHash<TopicName, Seq> m_old;
};

}
