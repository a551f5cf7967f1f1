#pragma once

#include "store/topiclist.h"

#include <QAbstractListModel>
#include <QPointer>

namespace confab {

/// The loaded messages of one topic, oldest first, pending ones last. Follows the timeline's signals
/// row by row; resets only when the topic is changed.
class MessageListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        SeqRole = Qt::UserRole, ///< 0 for a pending message
        CidRole, ///< of pending and own messages
        FromRole, ///< user id; own messages: TopicList::self()
        SenderRole, ///< name to show
        TextRole,
        TimeRole, ///< QDateTime UTC
        OwnRole, ///< bool
        DeliveryRole, ///< Delivery
        ErrorRole, ///< sentence, when Failed
        EditedRole,
    };

    explicit MessageListModel(TopicList &topics, QObject *parent = nullptr);

    void setTopic(Topic *topic); ///< nullptr: empty
    Topic *topic() const { return m_topic; }
    const TopicList &topics() const { return m_topics; }

    int rowCount(const QModelIndex &parent = {}) const override;
    /// AccessibleTextRole is one sentence: sender, time, text, state.
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    QString senderOf(const Message &message) const; ///< name to show; of any message of the topic

private:
    void follow(Timeline &timeline);
    void changeSender(const UserId &user);
    void changeRowsFrom(const UserId &user, Seq seq, const QList<int> &roles);
    void changeTicks();
    Seq readByOthers() const;
    QVariant messageData(const Message &message, int role) const;
    QVariant pendingData(const PendingMessage &message, int role) const;
    Delivery deliveryOf(const Message &message) const;

    TopicList &m_topics;
    QPointer<Topic> m_topic;
    Seq m_readByOthers = 0; ///< highest read mark of the others when last looked at
};

}
