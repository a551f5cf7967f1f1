#pragma once

#include "service/attachments.h"
#include "service/previews.h"
#include "service/requesttable.h"
#include "service/storewriter.h"

#include <QObject>

namespace confab {

/// Keeps the list of chats equal to the server's: the lists that `me` sends, and what presence tells
/// about each chat (protocol.md §3.2). GUI thread.
class Roster : public QObject
{
    Q_OBJECT

public:
    Roster(StoreWriter *writer, RequestTable *requests, Attachments *attachments,
        Previews *previews, QObject *parent = nullptr);

    /// A link is being made: what is known now is what the server's lists are compared with (R8).
    void noteConnecting();
    /// The next full list is the first of a new history: nothing in it is news.
    void startOver();
    /// The whole list has arrived: what is not in it is gone.
    void takeFullList(const QList<wire::Subscription> &chats);
    void takeMeta(const wire::Meta &meta); ///< on `me`
    void takePresence(const wire::Pres &pres); ///< on `me`
    void takeDesc(Topic *topic, const wire::TopicDesc &desc);
    /// The server has detached us from a chat. Subscribing again at once would undo a block of our own,
    /// so its access is asked for first.
    void noteEvicted(const TopicName &name);
    void remove(const TopicName &name);
    /// Saved messages belong to everybody, but are made at first use only.
    void ensureSavedMessages();
    void reset();

signals:
    /// The server, or another program of ours, has taken it away.
    void removed(const TopicName &topic);
    /// It stood further before: its history is not the one that we know (reliability.md R8). `seq` is
    /// where it stands now.
    void historyWentBack(confab::Topic *topic, Seq seq);
    /// `me` is detached: the cluster has moved it.
    void meLost();
    /// Old deletions of a topic may be missing.
    void deletionsDue(const TopicName &topic);

private:
    void takeChat(const wire::Subscription &chat);
    void checkHistory(Topic *topic, const std::optional<wire::Acs> &acs, Seq seq);
    void takeChatPresence(Topic *topic, const wire::Pres &pres);
    void noteNewMessage(Topic *topic, const wire::Pres &pres);
    void noteAccess(Topic *topic, const wire::Pres &pres);
    void fetchChat(const TopicName &name);
    void fetchSelf();

    StoreWriter *m_writer;
    RequestTable *m_requests;
    Attachments *m_attachments;
    Previews *m_previews;
    QHash<TopicName, Seq> m_seqBefore; ///< where topics stood before this connection
    bool m_synced = false; ///< once in this run: what comes later is news
    bool m_askedForSaved = false;
};

}
