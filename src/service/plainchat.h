#pragma once

#include "service/abstractchat.h"
#include "service/codecs.h"
#include "service/deletions.h"
#include "service/outboxrows.h"
#include "service/plainhistory.h"

#include <QSet>

namespace confab {

/// Plain WebSocket mode (design.md §9): one conversation with whatever answers. Messages get their
/// numbers here, in the order they arrive. An own message is pending until it comes back; nobody else
/// tells that it has arrived. GUI thread.
class PlainChat final : public AbstractChat
{
    Q_OBJECT

public:
    PlainChat(const AccountConfig &config, StoreWriter *writer, const ServiceTiming &timing,
        QObject *parent = nullptr);

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
    void noteTyping(const TopicName &) override {}
    void markRead(const TopicName &topic, Seq seq) override;
    void find(const QString &query) override;
    void startChat(const UserId &user) override;
    void createGroup(const QString &name, const QList<UserId> &members) override;
    void leaveTopic(const TopicName &topic) override;
    void requestWriting(const TopicName &) override { } ///< everybody may
    void setDisplayName(const QString &name) override;
    QList<PendingMessage> outbox() const override { return m_rows.messages(); }
    /// The endpoint has at most one page, fetched as it connects.
    void fillHistory(const QList<TopicName> &) override;
    void rebuildHistory() override {}
    bool canRebuildHistory() const override { return false; }

    static TopicName topicName(); ///< of the one conversation
    static constexpr int kMaxTries = 3; ///< connections on which a message is sent without coming back

private:
    using Row = OutboxRows::Row;
    using PlainLink = Link<wire::PlainMessage, wire::PlainMessage>;

    Topic *topic() const;
    void ensureTopic();
    void flush();
    void sendRow(Row &row);
    void take(const QList<wire::PlainMessage> &messages);
    void takeEcho(Message own);
    static Message numbered(const wire::PlainMessage &message, Seq seq);
    void noteIds(const ArchivePage &page);
    void takeHistory(const QList<wire::PlainMessage> &messages);
    void fail(Row &row);
    Row *row(const QString &cid) { return m_rows.find(topicName(), cid); }
    void notOffered();

    AccountConfig m_config;
    StoreWriter *m_writer;
    RequestTable m_requests; ///< never open: history comes from disk alone
    HistoryLoader m_history;
    Deletions m_deletions;
    PlainLink *m_link = nullptr; ///< owned by the service
    OutboxRows m_rows;
    QSet<QString> m_ids; ///< of messages that came or were read from disk: the peer may repeat them
    bool m_isOpen = false; ///< the link
    PlainHistory m_peerHistory;
};

}
