#pragma once

#include "service/accountconfig.h"
#include "service/connector.h"
#include "service/finder.h"
#include "service/phase.h"
#include "service/serviceerror.h"
#include "service/servicetiming.h"
#include "service/storewriter.h"
#include "service/transfers/transfers.h"
#include "socket/sessionfactory.h"
#include "store/archive/archive.h"
#include "store/outgoing.h"
#include "store/topiclist.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QThread>

#include <functional>
#include <memory>

namespace confab {

class AbstractChat;

/// What a successful sign-in yields, to be kept by the owner of secrets.
struct SignedIn {
    UserId user;
    QByteArray token; ///< raw; secret
    QDateTime expires;
    QString login;
};

/// The life of one account: connects, signs in, keeps the store equal to the server, sends what is in
/// the outbox, reconnects. Lives on the GUI thread and owns the channel, which runs on the network
/// thread. The only writer of the store (design.md I1). Commands return at once; what comes of them is
/// told by signals and by the store. One instance serves both protocols: Tinode, and plain WebSocket
/// by PlainChat.
class ChatService : public QObject
{
    Q_OBJECT

public:
    /// Collaborators; all outlive the service. networkThread may be nullptr: the channel then stays on
    /// this thread (tests).
    struct Parts {
        SessionFactory sessions;
        QThread *networkThread = nullptr;
        TopicList *topics = nullptr;
        Archive *archive = nullptr;
        QString folder; ///< of the account; files of messages are kept below it
        std::function<double()> random; ///< for backoff; empty: the system's
        ServiceTiming timing;
    };

    ChatService(AccountConfig config, Parts parts, QObject *parent = nullptr);
    ~ChatService() override;

    const AccountConfig &config() const;
    const Phase &phase() const;
    bool isOnline() const;
    Transfers &transfers() { return m_transfers; }
    bool canRebuildHistory() const;
    /// Everything that waits or is stuck, also in chats that are gone.
    QList<PendingMessage> outbox() const;
    /// Calls `done` once all that was asked for so far is on disk, unless `context` is gone by then.
    void afterWrites(QObject *context, std::function<void()> done);

public slots:
    /// Opens the archive, shows what it holds, then connects and signs in with the token if there is
    /// one; without one ends in Stopped{needsSignIn} unless signIn() or createAccount() was called.
    void start(const QByteArray &token = {});
    /// Opens the archive and shows what it holds, without connecting. The newest page of `chat`, if
    /// any, is read right behind it, and is there or under way when that chat is opened.
    void openArchive(const TopicName &chat = {});
    /// Closes the link and stays Idle.
    void stop();
    /// "Try now": at once, at most once a second. A link that is up is probed.
    void reconnectNow();
    /// The machine has slept so long, or may have. A link may outlive a nap, so it is probed; after a
    /// long sleep nobody waits for that (reliability.md F17).
    void wake(std::chrono::milliseconds slept = {});
    /// Another network, or none. An attempt under way began on the old one, so it starts over.
    void networkChanged(bool reachable);
    /// Whether the network answers everything with a page to sign in at: then that is the reason
    /// told.
    void setBehindPortal(bool behind);
    /// New settings apply at once; a new url or key reconnects.
    void setConfig(const confab::AccountConfig &config);

    void signIn(const QString &login, const QString &password);
    /// `invite` is the code that some servers want; empty: none.
    void createAccount(const QString &login, const QString &password, const QString &displayName,
        const QString &invite = {});
    /// Forgets the session and stops. Outbox and archive stay.
    void signOut();

    /// Attach and bring up to date; messages arrive in the topic's timeline. Attached topics survive
    /// reconnects until closeTopic().
    void openTopic(const TopicName &topic);
    void closeTopic(const TopicName &topic);
    /// One more page, from disk or server, before the loaded part that holds this message; 0: the
    /// newest part. Nothing happens while one is under way.
    void loadOlder(const TopicName &topic, Seq seq = 0);
    void loadNewer(const TopicName &topic, Seq seq); ///< ... after the part that holds this message
    /// This message and those around it, as a part of its own. Ask again when the topic has ended
    /// loading without it.
    void loadAround(const TopicName &topic, Seq seq);

    /// messageQueued() follows once it is on disk.
    void send(const TopicName &topic, const OutgoingMessage &message);
    void retry(const TopicName &topic, const QString &cid);
    void discard(const TopicName &topic, const QString &cid);
    /// Takes rows out of sight, with all that belongs to them; deletionWaiting() follows. They are deleted
    /// when the time to take it back is over: after five seconds, when the chat is closed, when more is
    /// deleted in it, or as the service stops. Without a connection that waits for one; what is not told
    /// to the server before the program ends is not deleted.
    void deleteMessages(const TopicName &topic, const QList<Seq> &rows, bool forAll);
    /// At once and for everybody, what has no row of its own, such as a reaction.
    void deleteParts(const TopicName &topic, const QList<Seq> &parts);
    void undoDelete(const TopicName &topic);
    /// All that is to be pinned; at most wire::kMaxPins.
    void setPins(const TopicName &topic, const QList<Seq> &pins);
    void noteTyping(const TopicName &topic); ///< at each key; sent at most every 3 s
    void markRead(const TopicName &topic, Seq seq); ///< seen by the person, up to and including
    void saveDraft(const TopicName &topic, const confab::Draft &draft);

    /// Words, login, tag, alias or user id.
    void find(const QString &query);
    void startChat(const UserId &user);
    void createGroup(const QString &name, const QList<UserId> &members);
    /// Wants the right to write there, which oneself has given up or not taken.
    void requestWriting(const TopicName &topic);
    void leaveTopic(const TopicName &topic); ///< for good: unsubscribe and forget
    void setDisplayName(const QString &name);
    /// Brings the whole history of these chats, or with none named of all, to disk; historyFilled()
    /// follows, also after lost links.
    void fillHistory(const QList<TopicName> &chats = {});
    /// Throws away all messages on this computer and fetches them again over a fresh link, so only while
    /// online and where canRebuildHistory(). Outbox and drafts stay. historyFilled() follows.
    void rebuildHistory();

signals:
    void phaseChanged(const confab::Phase &phase);
    void signedIn(const confab::SignedIn &session);
    /// The account stays as it was; the person may correct and try again.
    void signInFailed(const confab::ServiceError &error);
    /// The kept token was refused; the owner of secrets forgets it. Phase: Stopped{needsSignIn}.
    void tokenRejected();
    /// The archive is open and its chats are in the store.
    void restored();
    /// The first full list of chats since connecting has arrived.
    void synced();
    void messageQueued(const TopicName &topic, const QString &cid);
    /// The server has numbered it.
    void messageSent(const TopicName &topic, const QString &cid, Seq seq);
    void messageFailed(const TopicName &topic, const QString &cid, const confab::ServiceError &error);
    /// Messages are out of sight and can be brought back by undoDelete() until deletionSettled().
    void deletionWaiting(const TopicName &topic, int count, bool forAll);
    void deletionSettled(const TopicName &topic);
    /// Live messages, not those fetched from history; for notifications, `tail` and tests.
    void messagesReceived(const TopicName &topic, const QList<confab::Message> &messages);
    void found(const QString &query, const QList<confab::FoundTopic> &topics);
    /// startChat() or createGroup() is through: the topic is in the list and may be opened.
    void topicReady(const TopicName &topic);
    /// A command that was asked for could not be done.
    void actionFailed(const confab::ServiceError &error);
    /// Something that nobody asked for, and that the person should know.
    void noticed(const confab::ServiceError &notice);
    void historyFilled();

private:
    void forwardChat();
    void takeSnapshot(const ArchiveSnapshot &snapshot);
    void beginSignIn(const QString &login, Intent intent);
    void connectNow(); ///< opens the archive first where that is not done yet

    AccountConfig m_config;
    Parts m_parts;
    StoreWriter m_writer;
    Transfers m_transfers;
    std::unique_ptr<AbstractChat> m_chat;
    Connector m_connector;
    bool m_archiveAsked = false;
    bool m_archiveOpen = false;
    bool m_started = false; ///< a connection is wanted as soon as the archive is open
};

}

Q_DECLARE_METATYPE(confab::Phase)
Q_DECLARE_METATYPE(confab::SignedIn)
