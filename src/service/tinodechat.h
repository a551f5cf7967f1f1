#pragma once

#include "service/abstractchat.h"
#include "service/attachments.h"
#include "service/codecs.h"
#include "service/deletions.h"
#include "service/filler.h"
#include "service/handshake.h"
#include "service/historyloader.h"
#include "service/messagerequests.h"
#include "service/outbox.h"
#include "service/previews.h"
#include "service/receipts.h"
#include "service/requesttable.h"
#include "service/roster.h"
#include "service/router.h"
#include "service/topicactions.h"

namespace confab {

/// The Tinode protocol: composes the parts that each do one thing with it. GUI thread.
class TinodeChat final : public AbstractChat
{
    Q_OBJECT

public:
    TinodeChat(const AccountConfig &config, StoreWriter *writer, Transfers *transfers,
        const ServiceTiming &timing, QObject *parent = nullptr);

    void restore(const ArchiveSnapshot &snapshot) override;
    void setConfig(const AccountConfig &config) override;
    LinkPtr makeLink(SessionFactory sessions, QThread *thread, const Intent &intent,
        const QString &host) override;
    void dropLink(bool lost) override;

    void readAhead(const TopicName &topic) override { m_history.readAhead(topic); }
    void openTopic(const TopicName &topic) override;
    void closeTopic(const TopicName &topic) override;
    void loadHistory(const TopicName &topic, HistorySide side, Seq seq) override;
    void send(const TopicName &topic, const OutgoingMessage &message) override;
    void retry(const TopicName &topic, const QString &cid) override;
    void discard(const TopicName &topic, const QString &cid) override;
    void deleteMessages(const TopicName &topic, const QList<Seq> &rows, bool forAll) override;
    void deleteParts(const TopicName &topic, const QList<Seq> &parts) override;
    void undoDelete(const TopicName &topic) override;
    void finishDeletions() override;
    void setPins(const TopicName &topic, const QList<Seq> &pins) override;
    void noteTyping(const TopicName &topic) override;
    void markRead(const TopicName &topic, Seq seq) override;
    void find(const QString &query) override;
    void startChat(const UserId &user) override;
    void createGroup(const QString &name, const QList<UserId> &members) override;
    void leaveTopic(const TopicName &topic) override;
    void requestWriting(const TopicName &topic) override;
    void setDisplayName(const QString &name) override;
    QList<PendingMessage> outbox() const override;
    void fillHistory(const QList<TopicName> &chats) override;
    void rebuildHistory() override;
    bool canRebuildHistory() const override { return true; }

private:
    using TinodeLink = Link<wire::ClientMessage, wire::ServerMessage>;

    void connectHandshake();
    void connectTopics();
    void connectPeople();
    void connectDeletions();
    void forwardOutbox();
    void enterSession(const Handshake::Session &session);
    void goOnline(const QList<wire::Subscription> &chats);
    void takeEpoch(const QString &epoch);
    void replaceHistory(Topic *topic, Seq seq);
    void takeRemoval(const TopicName &topic);
    void takeRefusal(const TopicName &topic, Reasons reasons, const wire::Ctrl &ctrl);
    bool requireTopic(const TopicName &topic);

    AccountConfig m_config;
    StoreWriter *m_writer;
    Transfers *m_transfers;
    RequestTable m_requests;
    HistoryLoader m_history;
    Attachments m_attachments;
    Previews m_previews;
    Filler m_filler;
    Roster m_roster;
    Receipts m_receipts;
    Outbox m_outbox;
    Router m_router;
    Handshake m_handshake;
    Finder m_finder;
    TopicActions m_actions;
    Deletions m_deletions;
    MessageRequests m_messageRequests;
    TinodeLink *m_link = nullptr; ///< owned by the service
    QByteArray m_token; ///< that the link was signed in with
    QString m_epoch; ///< of the server's history; empty if the server tells none
    bool m_greeted = false; ///< the peer speaks Tinode
    bool m_replacementTold = false; ///< on this connection
};

}
