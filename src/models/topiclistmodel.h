#pragma once

#include "store/topiclist.h"

#include <QAbstractListModel>

namespace confab {

/// The chat list of one account, unsorted; TopicFilterModel sorts and filters it. One row a topic.
class TopicListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        NameRole = Qt::UserRole, ///< topic id
        KindRole, ///< wire::TopicKind
        TitleRole,
        PreviewRole, ///< text of the newest message, on one line; of the failed one where there is one
        PreviewPrefixRole, ///< "You", a member's name in groups, or empty
        TimeRole, ///< QDateTime of the last activity, invalid if none
        UnreadRole, ///< int
        OnlineRole, ///< bool; false where presence has no meaning
        TypingRole, ///< bool
        DraftRole, ///< text, empty if none
        DeliveryRole, ///< Delivery of the newest message when it is ours
        FailedRole, ///< bool: an own message needs the person
        MutedRole,
        PinnedRole,
    };

    explicit TopicListModel(TopicList &topics, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole is the title, AccessibleTextRole one sentence.
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    void changePrefixes(const UserId &user);
    QString prefixOf(const Topic &topic) const;
    Delivery deliveryOf(const Topic &topic) const;
    QString sentenceOf(const Topic &topic) const;

    TopicList &m_topics;
};

}
