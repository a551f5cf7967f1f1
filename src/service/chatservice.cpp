#include "service/chatservice.h"

#include "service/plainchat.h"
#include "service/servicelog.h"
#include "service/tinodechat.h"

#include <QPointer>

namespace confab {

namespace {

// What our server says when another attempt would end the same way (reliability.md §5).
constexpr int kRefusedForGood = 4003;
constexpr int kFinal = 4009;
/// After a longer sleep the server has given the link up, or its address has changed.
constexpr std::chrono::minutes kLongSleep{5};

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

template <typename T>
bool is(const Phase &phase)
{
    return std::holds_alternative<T>(phase);
}

}

ChatService::ChatService(AccountConfig config, Parts parts, QObject *parent)
    : QObject(parent)
    , m_config(std::move(config))
    , m_parts(std::move(parts))
    , m_writer(m_parts.topics, m_parts.archive)
    , m_transfers(m_parts.folder, m_parts.networkThread, m_parts.timing)
    , m_chat(makeChat(m_config, &m_writer, &m_transfers, m_parts.timing))
    , m_reconnector(m_config.backoff, m_parts.random, m_parts.timing)
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
            setPhase(Stopped{error, false});
        }
        emit actionFailed(error);
    });
    connect(&m_reconnector, &Reconnector::due, this, &ChatService::connectNow);
    connect(m_chat.get(), &AbstractChat::greeting, this, [this] { setPhase(Greeting()); });
    connect(
        m_chat.get(), &AbstractChat::authenticating, this, [this] { setPhase(Authenticating()); });
    connect(m_chat.get(), &AbstractChat::signedIn, this, [this](const Handshake::Session &session) {
        // From now on, also after a lost link, the token speaks for the person.
        if (!session.token.isEmpty())
            m_intent = WithToken{session.token};
        m_config.user = session.user;
        if (!session.login.isEmpty())
            m_config.login = session.login;
        emit signedIn({session.user, session.token, session.expires, session.login});
    });
    connect(m_chat.get(), &AbstractChat::online, this, [this] {
        m_reconnector.noteOnline();
        setPhase(Online{QDateTime::currentDateTimeUtc()});
        emit synced();
    });
    connect(m_chat.get(), &AbstractChat::refused, this, &ChatService::takeRefusal);
    connect(m_chat.get(), &AbstractChat::linkUseless, this,
        [this](const ServiceError &error, std::chrono::milliseconds retryAfter) {
            dropLink(false);
            takeFailure(error, retryAfter, false);
        });
    forwardChat();
}

ChatService::~ChatService()
{
    m_chat->finishDeletions();
    dropLink(false);
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
    return m_phase;
}

bool ChatService::isOnline() const
{
    return is<Online>(m_phase);
}

QString ChatService::host() const
{
    return m_config.url.host();
}

void ChatService::setPhase(Phase phase)
{
    m_phase = std::move(phase);
    emit phaseChanged(m_phase);
}

void ChatService::start(const QByteArray &token)
{
    if (!token.isEmpty())
        m_intent = WithToken{token};
    m_started = true;
    if (m_archiveOpen)
        connectNow();
    else
        openArchive();
}

void ChatService::openArchive()
{
    if (!m_archiveOpen && !std::exchange(m_archiveAsked, true))
        m_parts.archive->open();
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
    if (m_started && !m_link && !m_reconnector.isWaiting())
        connectNow();
}

void ChatService::connectNow()
{
    if (!m_archiveOpen) {
        start(); // comes back here
        return;
    }
    dropLink(false);
    if (m_config.kind != ServerKind::Plain && std::holds_alternative<std::monostate>(m_intent)) {
        m_reconnector.stop();
        setPhase(Stopped{
            {ErrorKind::SessionExpired, tr("You are signed out."), tr("Sign in to go on."), {}},
            true});
        return;
    }
    m_reconnector.noteAttempt();
    m_link = m_chat->makeLink(m_parts.sessions, m_parts.networkThread, m_intent, host());
    connect(m_link.get(), &LinkBase::ended, this, &ChatService::takeEnd);
    setPhase(Opening{m_reconnector.attempt()});
    if (m_link)
        m_link->open();
}

void ChatService::dropLink(bool lost)
{
    if (!m_link)
        return;
    if (!lost && is<Online>(m_phase))
        m_link->sayGoodbye();
    const LinkPtr released = std::exchange(m_link, nullptr);
    m_chat->dropLink(lost);
}

void ChatService::takeEnd(const CloseInfo &info)
{
    qCInfo(lcService) << "link ended, cause" << int(info.cause) << "code" << info.code << "http"
                      << info.httpStatus;
    const ServiceError error = ServiceErrors::fromClose(info, host());
    dropLink(true);
    const bool isFinal = error.kind == ErrorKind::WrongApiKey
        || (info.cause == CloseCause::PeerClosed
            && (info.code == kRefusedForGood || info.code == kFinal));
    takeFailure(error, {}, isFinal);
}

bool ChatService::isSigningIn() const
{
    return std::holds_alternative<WithPassword>(m_intent)
        || std::holds_alternative<WithNewAccount>(m_intent);
}

void ChatService::takeRefusal(const ServiceError &error)
{
    const bool wasToken = std::holds_alternative<WithToken>(m_intent);
    const bool isIdentity = error.kind != ErrorKind::ProtocolTooOld
        && error.kind != ErrorKind::WrongApiKey && error.kind != ErrorKind::ServerFault;
    dropLink(false);
    if (wasToken && error.kind == ErrorKind::SessionExpired) {
        m_intent = {};
        m_reconnector.stop();
        setPhase(Stopped{error, true});
        emit tokenRejected();
        return;
    }
    const bool wasSigningIn = isSigningIn();
    if (wasSigningIn)
        m_intent = {};
    m_reconnector.stop();
    setPhase(Stopped{error, wasSigningIn || isIdentity});
    if (wasSigningIn)
        emit signInFailed(error);
}

void ChatService::takeFailure(
    const ServiceError &error, std::chrono::milliseconds hint, bool isFinal)
{
    if (isSigningIn()) {
        takeRefusal(error); // somebody is looking at the page and wants to know
        return;
    }
    if (isFinal || !m_config.reconnect) {
        m_reconnector.stop();
        setPhase(Stopped{error, false});
        return;
    }
    waitForRetry(error, m_reconnector.schedule(hint));
}

void ChatService::waitForRetry(const ServiceError &error, QDeadlineTimer retry)
{
    setPhase(Waiting{
        m_behindPortal ? ServiceErrors::make(ErrorKind::CaptivePortal, host()) : error, retry});
}

void ChatService::stop()
{
    m_chat->finishDeletions();
    m_reconnector.stop();
    dropLink(false);
    setPhase(Idle());
}

void ChatService::reconnectNow()
{
    if (const auto *waiting = std::get_if<Waiting>(&m_phase)) {
        waitForRetry(waiting->why, m_reconnector.hurry());
    } else if (const auto *stopped = std::get_if<Stopped>(&m_phase)) {
        if (!stopped->needsSignIn)
            waitForRetry(stopped->why, m_reconnector.hurry());
    } else if (m_link && isOnline()) {
        m_link->probe(); // the route may have changed under it
    }
}

void ChatService::wake(std::chrono::milliseconds slept)
{
    if (m_link && slept > kLongSleep)
        startOver();
    else
        reconnectNow();
}

void ChatService::networkChanged(bool reachable)
{
    if (m_link && !isOnline() && reachable)
        startOver();
    else if (isOnline() || reachable)
        reconnectNow();
}

void ChatService::setBehindPortal(bool behind)
{
    if (std::exchange(m_behindPortal, behind) == behind)
        return;
    if (!behind)
        networkChanged(true);
    else if (const auto *waiting = std::get_if<Waiting>(&m_phase))
        waitForRetry(waiting->why, waiting->retry);
}

void ChatService::startOver()
{
    // Before the link goes: it is not worth a goodbye any more.
    waitForRetry(ServiceErrors::make(ErrorKind::ConnectionLost, host()), m_reconnector.hurry());
    dropLink(false);
}

void ChatService::setConfig(const AccountConfig &config)
{
    const AccountConfig before = std::exchange(m_config, config);
    m_chat->setConfig(m_config);
    if (before.mediaLimit != m_config.mediaLimit)
        m_transfers.setCacheLimit(m_config.mediaLimit);
    if (before.backoff != m_config.backoff)
        m_reconnector.setOptions(m_config.backoff);
    const bool goesElsewhere = before.url != m_config.url || before.apiKey != m_config.apiKey
        || before.plainText != m_config.plainText;
    const bool wasTrying = m_link || m_reconnector.isWaiting() || is<Stopped>(m_phase);
    if (goesElsewhere && wasTrying && m_archiveOpen)
        connectNow();
    else if (m_link && before.keepAlive != m_config.keepAlive)
        m_link->setKeepAlive(m_config.keepAlive);
}

void ChatService::beginSignIn(Intent intent)
{
    m_intent = std::move(intent);
    m_config.login = std::visit(
        [this](const auto &how) {
            if constexpr (requires { how.login; })
                return how.login;
            else
                return m_config.login;
        },
        m_intent);
    connectNow();
}

void ChatService::signIn(const QString &login, const QString &password)
{
    beginSignIn(WithPassword{login, password});
}

void ChatService::createAccount(const QString &login, const QString &password,
    const QString &displayName, const QString &invite)
{
    beginSignIn(WithNewAccount{login, password, displayName, invite});
}

void ChatService::signOut()
{
    m_chat->finishDeletions();
    m_intent = {};
    m_reconnector.stop();
    dropLink(false);
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
            canRebuildHistory() ? ErrorKind::ConnectionLost : ErrorKind::NotSupported, host()));
        return;
    }
    // The pages under way tell about what is being thrown away; they end with their link.
    dropLink(false);
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
