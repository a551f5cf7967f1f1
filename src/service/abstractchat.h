#pragma once

#include "service/accountconfig.h"
#include "service/finder.h"
#include "service/handshake.h"
#include "service/historyloader.h"
#include "service/link.h"
#include "service/servicetiming.h"
#include "service/storewriter.h"
#include "store/outgoing.h"

#include <QObject>

namespace confab {

/// One protocol of an account: what is said on a link, and what becomes of the person's commands.
/// ChatService makes and loses the links. GUI thread.
class AbstractChat : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// What the archive held; the store has the chats already.
    virtual void restore(const ArchiveSnapshot &snapshot) = 0;
    virtual void setConfig(const AccountConfig &config) = 0;
    /// A link for the next attempt, not opened yet. `intent` is who to be there.
    virtual LinkPtr makeLink(
        SessionFactory sessions, QThread *thread, const Intent &intent, const QString &host)
        = 0;
    /// The link is gone, or is given up by us: `lost` tells which. It may still be on the stack.
    virtual void dropLink(bool lost) = 0;

    virtual void readAhead(const TopicName &topic) = 0; ///< HistoryLoader::readAhead()
    virtual void openTopic(const TopicName &topic) = 0;
    virtual void closeTopic(const TopicName &topic) = 0;
    /// As ChatService::loadOlder(), loadAround() and loadNewer().
    virtual void loadHistory(const TopicName &topic, HistorySide side, Seq seq) = 0;
    virtual void send(const TopicName &topic, const OutgoingMessage &message) = 0;
    virtual void retry(const TopicName &topic, const QString &cid) = 0;
    virtual void discard(const TopicName &topic, const QString &cid) = 0;
    /// As ChatService::deleteMessages() and so on.
    virtual void deleteMessages(const TopicName &topic, const QList<Seq> &rows, bool forAll) = 0;
    virtual void deleteParts(const TopicName &topic, const QList<Seq> &parts) = 0;
    virtual void undoDelete(const TopicName &topic) = 0;
    virtual void finishDeletions() = 0; ///< the program ends
    virtual void setPins(const TopicName &topic, const QList<Seq> &pins) = 0;
    virtual void noteTyping(const TopicName &topic) = 0;
    virtual void markRead(const TopicName &topic, Seq seq) = 0;
    virtual void find(const QString &query) = 0;
    virtual void startChat(const UserId &user) = 0;
    virtual void createGroup(const QString &name, const QList<UserId> &members) = 0;
    virtual void leaveTopic(const TopicName &topic) = 0;
    virtual void requestWriting(const TopicName &topic) = 0;
    virtual void setDisplayName(const QString &name) = 0;
    /// Everything that waits or is stuck.
    virtual QList<PendingMessage> outbox() const = 0;
    /// Brings the whole history of these chats, or of all, to disk; historyFilled() follows.
    virtual void fillHistory(const QList<TopicName> &chats) = 0;
    /// Between two links: throws all messages away and does the same as fillHistory() for all chats.
    virtual void rebuildHistory() = 0;
    /// Whether the server could give us again what we have.
    virtual bool canRebuildHistory() const = 0;

signals:
    void greeting();
    void authenticating();
    void signedIn(const confab::Handshake::Session &session);
    /// Signed in, and the chats are there.
    void online();
    /// Trying again as it is would not help.
    void refused(const confab::ServiceError &error);
    /// This link is of no use any more; another one may be, not before `retryAfter`.
    void linkUseless(const confab::ServiceError &error, std::chrono::milliseconds retryAfter);

    void messageQueued(const TopicName &topic, const QString &cid);
    void messageSent(const TopicName &topic, const QString &cid, Seq seq);
    void messageFailed(
        const TopicName &topic, const QString &cid, const confab::ServiceError &error);
    void deletionWaiting(const TopicName &topic, int count, bool forAll);
    void deletionSettled(const TopicName &topic);
    void messagesReceived(const TopicName &topic, const QList<confab::Message> &messages);
    void found(const QString &query, const QList<confab::FoundTopic> &topics);
    void topicReady(const TopicName &topic);
    void actionFailed(const confab::ServiceError &error);
    /// Something that nobody asked for, and that the person should know.
    void noticed(const confab::ServiceError &notice);
    void historyFilled();
};

}
