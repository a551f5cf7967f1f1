#include "service/chatservice.h"

#include "service/plainchat.h"
#include "service/tinodechat.h"

#include <QPointer>

namespace confab {

namespace {

std::unique_ptr<AbstractChat> makeChat(const AccountConfig &config, StoreWriter *writer,
    Transfers *transfers, const ServiceTiming &timing)
{
    if (config.kind == ServerKind::Plain)
        return std::make_unique<PlainChat>(config, writer, timing);
    return std::make_unique<TinodeChat>(config, writer, transfers, timing);
}

/// The archive knows what helps, too.
ServiceError ofArchive(const QString &sentences)
{
    return {ErrorKind::StorageFailed, sentences, {}, {}};
}

}

ChatService::ChatService(AccountConfig config, Parts parts, QObject *parent)
    : QObject(parent)
    , m_config(std::move(config))
    , m_parts(std::move(parts))
    , m_writer(m_parts.topics, m_parts.archive)
    , m_transfers(m_parts.folder, m_parts.networkThread, m_parts.timing)
    , m_chat(makeChat(m_config, &m_writer, &m_transfers, m_parts.timing))
    , m_connector(
          {&m_config, m_chat.get(), m_parts.sessions, m_parts.networkThread, m_parts.random},
          m_parts.timing)
{
    if (m_config.mediaLimit != MediaFolder::kDefaultLimit)
        m_transfers.setCacheLimit(m_config.mediaLimit);
    connect(m_parts.archive, &Archive::opened, this, &ChatService::takeSnapshot);
    connect(m_parts.archive, &Archive::repaired, this,
        [this](const QString &sentences) { emit noticed(ofArchive(sentences)); });
    connect(m_parts.archive, &Archive::failed, this, [this](const QString &sentence) {
        const ServiceError error = ofArchive(sentence);
        if (!m_archiveOpen) {
            m_archiveAsked = false; // "try now" opens it again
            m_connector.fail(error);
        }
        emit actionFailed(error);
    });
    connect(m_chat.get(), &AbstractChat::signedIn, this, [this](const Handshake::Session &session) {
        // From now on, also after a lost link, the token speaks for the person.
        if (!session.token.isEmpty())
            m_connector.setIntent(WithToken{session.token});
        m_config.user = session.user;
        if (!session.login.isEmpty())
            m_config.login = session.login;
        emit signedIn({session.user, session.token, session.expires, session.login});
    });
    // The connector, which was told of it before, has changed the phase by now.
    connect(m_chat.get(), &AbstractChat::online, this, &ChatService::synced);
    connect(&m_connector, &Connector::attemptDue, this, &ChatService::connectNow);
    connect(&m_connector, &Connector::phaseChanged, this, &ChatService::phaseChanged);
    connect(&m_connector, &Connector::signInFailed, this, &ChatService::signInFailed);
    connect(&m_connector, &Connector::tokenRejected, this, &ChatService::tokenRejected);
    forwardChat();
}

ChatService::~ChatService()
{
    m_chat->finishDeletions();
    m_connector.dropLink();
}

void ChatService::forwardChat()
{
    AbstractChat *chat = m_chat.get();
    connect(chat, &AbstractChat::messageQueued, this, &ChatService::messageQueued);
    connect(chat, &AbstractChat::messageSent, this, &ChatService::messageSent);
    connect(chat, &AbstractChat::messageFailed, this, &ChatService::messageFailed);
    connect(chat, &AbstractChat::deletionWaiting, this, &ChatService::deletionWaiting);
    connect(chat, &AbstractChat::deletionSettled, this, &ChatService::deletionSettled);
    connect(chat, &AbstractChat::messagesReceived, this, &ChatService::messagesReceived);
    connect(chat, &AbstractChat::found, this, &ChatService::found);
    connect(chat, &AbstractChat::topicReady, this, &ChatService::topicReady);
    connect(chat, &AbstractChat::actionFailed, this, &ChatService::actionFailed);
    connect(chat, &AbstractChat::noticed, this, &ChatService::noticed);
    connect(chat, &AbstractChat::historyFilled, this, &ChatService::historyFilled);
}

const AccountConfig &ChatService::config() const
{
    return m_config;
}

const Phase &ChatService::phase() const
{
    return m_connector.phase();
}

bool ChatService::isOnline() const
{
    return m_connector.isOnline();
}

void ChatService::start(const QByteArray &token)
{
    if (!token.isEmpty())
        m_connector.setIntent(WithToken{token});
    m_started = true;
    if (m_archiveOpen)
        connectNow();
    else
        openArchive();
}

void ChatService::openArchive(const TopicName &chat)
{
    if (m_archiveOpen || std::exchange(m_archiveAsked, true))
        return;
    m_parts.archive->open();
    if (!chat.isEmpty())
        m_chat->readAhead(chat);
}

void ChatService::takeSnapshot(const ArchiveSnapshot &snapshot)
{
    if (std::exchange(m_archiveOpen, true))
        return;
    TopicList &topics = *m_parts.topics;
    if (!snapshot.self.isEmpty())
        topics.setSelf(snapshot.self, snapshot.selfCard);
    for (const auto &[user, card] : snapshot.users)
        topics.noteUser(user, card);
    for (const TopicInfo &info : snapshot.topics) {
        Topic *topic = topics.add(info);
        topic->setDraft(snapshot.drafts.value(info.name));
    }
    // A chat that is not there yet finds what was begun in it.
    connect(&topics, &TopicList::added, this, [this, drafts = snapshot.drafts](Topic *topic) {
        if (topic->draft().isEmpty())
            topic->setDraft(drafts.value(topic->name()));
    });
    m_chat->restore(snapshot);
    emit restored();
    if (m_started && !m_connector.isBusy())
        connectNow();
}

void ChatService::connectNow()
{
    if (m_archiveOpen)
        m_connector.connectNow();
    else
        start(); // comes back here
}

void ChatService::stop()
{
    m_chat->finishDeletions();
    m_connector.stop();
}

void ChatService::reconnectNow()
{
    m_connector.reconnect();
}

void ChatService::wake(std::chrono::milliseconds slept)
{
    m_connector.wake(slept);
}

void ChatService::networkChanged(bool reachable)
{
    m_connector.networkChanged(reachable);
}

void ChatService::setBehindPortal(bool behind)
{
    m_connector.setBehindPortal(behind);
}

void ChatService::setConfig(const AccountConfig &config)
{
    const AccountConfig before = std::exchange(m_config, config);
    m_chat->setConfig(m_config);
    if (before.mediaLimit != m_config.mediaLimit)
        m_transfers.setCacheLimit(m_config.mediaLimit);
    if (before.backoff != m_config.backoff)
        m_connector.applyBackoff();
    const bool goesElsewhere = before.url != m_config.url || before.apiKey != m_config.apiKey
        || before.plainText != m_config.plainText;
    const bool wasTrying = m_connector.isBusy() || m_connector.hasStopped();
    if (goesElsewhere && wasTrying && m_archiveOpen)
        connectNow();
    else if (before.keepAlive != m_config.keepAlive)
        m_connector.applyKeepAlive();
}

void ChatService::beginSignIn(const QString &login, Intent intent)
{
    m_config.login = login;
    m_connector.setIntent(std::move(intent));
    connectNow();
}

void ChatService::signIn(const QString &login, const QString &password)
{
    beginSignIn(login, WithPassword{login, password});
}

void ChatService::createAccount(const QString &login, const QString &password,
    const QString &displayName, const QString &invite)
{
    beginSignIn(login, WithNewAccount{login, password, displayName, invite});
}

void ChatService::signOut()
{
    m_chat->finishDeletions();
    m_connector.forget();
    connectNow(); // ends in Stopped, since there is nobody to sign in
}

void ChatService::openTopic(const TopicName &topic)
{
    m_chat->openTopic(topic);
}

void ChatService::closeTopic(const TopicName &topic)
{
    m_chat->closeTopic(topic);
}

void ChatService::loadOlder(const TopicName &topic, Seq seq)
{
    m_chat->loadHistory(topic, HistorySide::Before, seq);
}

void ChatService::loadNewer(const TopicName &topic, Seq seq)
{
    m_chat->loadHistory(topic, HistorySide::After, seq);
}

void ChatService::loadAround(const TopicName &topic, Seq seq)
{
    m_chat->loadHistory(topic, HistorySide::Around, seq);
}

void ChatService::send(const TopicName &topic, const OutgoingMessage &message)
{
    m_chat->send(topic, message);
}

void ChatService::retry(const TopicName &topic, const QString &cid)
{
    m_chat->retry(topic, cid);
}

void ChatService::discard(const TopicName &topic, const QString &cid)
{
    m_chat->discard(topic, cid);
}

void ChatService::deleteMessages(const TopicName &topic, const QList<Seq> &rows, bool forAll)
{
    m_chat->deleteMessages(topic, rows, forAll);
}

void ChatService::deleteParts(const TopicName &topic, const QList<Seq> &parts)
{
    m_chat->deleteParts(topic, parts);
}

void ChatService::undoDelete(const TopicName &topic)
{
    m_chat->undoDelete(topic);
}

void ChatService::setPins(const TopicName &topic, const QList<Seq> &pins)
{
    m_chat->setPins(topic, pins);
}

void ChatService::noteTyping(const TopicName &topic)
{
    m_chat->noteTyping(topic);
}

void ChatService::markRead(const TopicName &topic, Seq seq)
{
    m_chat->markRead(topic, seq);
}

void ChatService::saveDraft(const TopicName &topic, const Draft &draft)
{
    if (Topic *known = m_parts.topics->find(topic))
        known->setDraft(draft);
    m_parts.archive->saveDraft(topic, draft);
}

QList<PendingMessage> ChatService::outbox() const
{
    return m_chat->outbox();
}

void ChatService::afterWrites(QObject *context, std::function<void()> done)
{
    m_parts.archive->afterWrites([watched = QPointer(context), done = std::move(done)] {
        if (watched)
            done();
    });
}

void ChatService::fillHistory(const QList<TopicName> &chats)
{
    m_chat->fillHistory(chats);
}

bool ChatService::canRebuildHistory() const
{
    return m_chat->canRebuildHistory();
}

void ChatService::rebuildHistory()
{
    if (!canRebuildHistory() || !isOnline()) {
        emit actionFailed(ServiceErrors::make(
            canRebuildHistory() ? ErrorKind::ConnectionLost : ErrorKind::NotSupported,
            m_config.url.host()));
        return;
    }
    // The pages under way tell about what is being thrown away; they end with their link.
    m_connector.dropLink();
    m_chat->rebuildHistory();
    connectNow();
}

void ChatService::find(const QString &query)
{
    m_chat->find(query);
}

void ChatService::startChat(const UserId &user)
{
    m_chat->startChat(user);
}

void ChatService::createGroup(const QString &name, const QList<UserId> &members)
{
    m_chat->createGroup(name, members);
}

void ChatService::requestWriting(const TopicName &topic)
{
    m_chat->requestWriting(topic);
}

void ChatService::leaveTopic(const TopicName &topic)
{
    m_chat->leaveTopic(topic);
}

void ChatService::setDisplayName(const QString &name)
{
    m_chat->setDisplayName(name);
}

}
