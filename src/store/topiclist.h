#pragma once

#include "store/topic.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

namespace confab {

/// All conversations of one account, and what is known of people. The root of the store: one for each
/// account, owned by it. GUI thread; only the service writes. Unsorted: order is the model's matter.
class TopicList : public QObject
{
    Q_OBJECT

public:
    explicit TopicList(QObject *parent = nullptr);

    const UserId &self() const { return m_self; }
    const wire::Card &selfCard() const { return m_selfCard; }
    /// Seconds after which the server deletes a message for nobody but oneself; 0: never, or not known.
    int deletionAge() const { return m_deletionAge; }
    /// Bytes that a message may have on its way to the server; 0: not known.
    int maxMessageSize() const { return m_maxMessageSize; }
    int count() const { return int(m_topics.size()); }
    Topic *at(int row) const { return m_topics.at(row); }
    Topic *find(const TopicName &name) const; ///< nullptr if there is none
    /// The best known name of a user: own card, peer, member; the id where there is nothing better.
    QString nameOf(const UserId &user) const;
    /// Everybody with a name: self, peers, members of groups, and who else has been heard of.
    QSet<UserId> people() const;

    void setSelf(const UserId &user, const wire::Card &card);
    Topic *add(const TopicInfo &info); ///< or the existing one, with its info replaced
    void remove(const TopicName &name); ///< deletes the topic after the signals
    /// New group: "newX" became "grpX". Where both are here, `from` goes and its pending messages join
    /// those of `to`.
    void rename(const TopicName &from, const TopicName &to);
    void noteUser(const UserId &user, const wire::Card &card);
    void setDeletionAge(int seconds) { m_deletionAge = seconds; }
    void setMaxMessageSize(int bytes);
    void setAllOffline(); ///< the connection is gone: nobody's presence is known

signals:
    void aboutToAdd(int row);
    void added(confab::Topic *topic);
    void aboutToRemove(int row);
    void removed();
    void topicChanged(int row); ///< Topic::changed or Topic::marksChanged
    void selfChanged();
    void limitsChanged(); ///< maxMessageSize()
    void userChanged(const confab::UserId &user); ///< nameOf(user) may differ

private:
    int rowOf(const Topic *topic) const { return int(m_topics.indexOf(topic)); }
    void follow(Topic *topic);

    UserId m_self;
    wire::Card m_selfCard;
    QList<Topic *> m_topics;
    QHash<TopicName, Topic *> m_byName;
    QHash<UserId, wire::Card> m_users;
    int m_deletionAge = 0;
    int m_maxMessageSize = 0;
};

}
