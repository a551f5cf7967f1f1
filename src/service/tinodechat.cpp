#include "service/tinodechat.h"

#include "service/apikey.h"
#include "service/servicelog.h"

#include <algorithm>

namespace confab {

TinodeChat::TinodeChat(const AccountConfig &config, StoreWriter *writer,
    Transfers *transfers, const ServiceTiming &timing, QObject *parent)
    : AbstractChat(parent)
    , m_config(config)
    , m_writer(writer)
    , m_transfers(transfers)
    , m_requests(timing)
    , m_history(writer, &m_requests)
    , m_attachments(writer, &m_requests, &m_history, timing)
    , m_previews(writer, &m_attachments)
    , m_filler(writer, &m_attachments)
    , m_roster(writer, &m_requests, &m_attachments, &m_previews)
    , m_receipts(writer, &m_requests, &m_attachments, timing)
    , m_outbox(writer, &m_requests, &m_attachments, transfers, timing)
    , m_router({writer, &m_requests, &m_history, &m_attachments, &m_receipts, &m_roster}, timing)
    , m_handshake(&m_requests)
    , m_finder(&m_requests)
    , m_actions(writer, &m_requests, &m_attachments, &m_roster)
    , m_deletions(writer, timing)
    , m_messageRequests(writer, &m_requests, &m_attachments, &m_history)
{
    connectHandshake();
    connectTopics();
    connectPeople();
    connectDeletions();
    forwardOutbox();
}

void TinodeChat::connectHandshake()
{
    connect(&m_requests, &RequestTable::unanswered, this, [this] {
        if (m_link)
            m_link->probe();
    });
    connect(&m_handshake, &Handshake::greeted, this, [this](const wire::CtrlParams &limits) {
        m_greeted = true;
        m_outbox.setMaxMessageSize(limits.maxMessageSize);
        m_writer->topics().setMaxMessageSize(limits.maxMessageSize);
        m_transfers->setMaxUpload(limits.maxFileUploadSize);
        m_writer->topics().setDeletionAge(limits.msgDelAge);
        takeEpoch(limits.epoch);
        emit authenticating();
    });
    connect(&m_handshake, &Handshake::signedIn, this, &TinodeChat::enterSession);
    connect(&m_handshake, &Handshake::finished, this, &TinodeChat::goOnline);
    connect(&m_handshake, &Handshake::refused, this, &TinodeChat::refused);
    connect(&m_handshake, &Handshake::failed, this, &TinodeChat::linkUseless);
    connect(&m_router, &Router::serverStopping, this, [this](std::chrono::milliseconds retryAfter) {
        emit linkUseless(
            ServiceErrors::make(ErrorKind::ServerStopping, m_config.url.host()), retryAfter);
    });
}

void TinodeChat::connectTopics()
{
    connect(&m_attachments, &Attachments::refused, this, &TinodeChat::takeRefusal);
    connect(&m_roster, &Roster::removed, this, &TinodeChat::takeRemoval);
    connect(&m_roster, &Roster::historyWentBack, this, [this](Topic *topic, Seq seq) {
        replaceHistory(topic, seq);
        m_writer->setOld(topic->name(), seq);
    });
    connect(&m_filler, &Filler::finished, this, &TinodeChat::historyFilled);
    connect(&m_roster, &Roster::meLost, this, [this] {
        emit linkUseless(ServiceErrors::make(ErrorKind::ConnectionLost, m_config.url.host()), {});
    });
    connect(m_writer, &StoreWriter::messagesArrived, this, &TinodeChat::messagesReceived);
}

void TinodeChat::connectPeople()
{
    connect(&m_finder, &Finder::found, this, &TinodeChat::found);
    connect(&m_finder, &Finder::failed, this, &TinodeChat::actionFailed);
    connect(&m_actions, &TopicActions::ready, this, &TinodeChat::topicReady);
    connect(&m_actions, &TopicActions::failed, this, &TinodeChat::actionFailed);
    connect(&m_actions, &TopicActions::left, &m_outbox, &Outbox::dropAll);
}

void TinodeChat::connectDeletions()
{
    connect(&m_deletions, &Deletions::waiting, this, &TinodeChat::deletionWaiting);
    connect(&m_deletions, &Deletions::settled, this, &TinodeChat::deletionSettled);
    connect(&m_deletions, &Deletions::due, &m_messageRequests, &MessageRequests::remove);
    connect(&m_messageRequests, &MessageRequests::failed, this, &TinodeChat::actionFailed);
}

void TinodeChat::forwardOutbox()
{
    connect(&m_outbox, &Outbox::queued, this, &TinodeChat::messageQueued);
    connect(&m_outbox, &Outbox::sent, this, &TinodeChat::messageSent);
    connect(&m_outbox, &Outbox::failed, this, &TinodeChat::messageFailed);
    // A fresh connection signs in anew with the token, and the messages are still there.
    const auto signInAnew = [this] {
        if (m_link)
            emit linkUseless(ServiceErrors::make(ErrorKind::SessionExpired), {});
    };
    connect(&m_outbox, &Outbox::needsLogin, this, signInAnew);
    connect(m_transfers, &Transfers::loginNeeded, this, signInAnew);
}

void TinodeChat::restore(const ArchiveSnapshot &snapshot)
{
    m_epoch = snapshot.epoch;
    m_outbox.restore(snapshot.outbox);
    QList<Upload> waiting;
    for (const PendingMessage &message : snapshot.outbox)
        waiting += message.uploads;
    m_transfers->dropUploadsBut(waiting);
}

void TinodeChat::setConfig(const AccountConfig &config)
{
    m_config = config;
}

LinkPtr TinodeChat::makeLink(
    SessionFactory sessions, QThread *thread, const Intent &intent, const QString &host)
{
    ChannelOptions options;
    options.url = withApiKey(m_config.url, m_config.apiKey);
    options.keepAlive = m_config.keepAlive;
    auto *link = new TinodeLink(std::move(sessions), options, tinodeCodec(), thread);
    m_link = link;
    m_greeted = false;
    const auto *known = std::get_if<WithToken>(&intent);
    m_token = known ? known->token : QByteArray();
    m_replacementTold = false;
    m_roster.noteConnecting();
    connect(link, &LinkBase::opened, this, [this, link, intent, host] {
        m_requests.open([link](const wire::ClientMessage &message) { link->send(message); });
        emit greeting();
        m_handshake.start(intent, host);
    });
    connect(link, &LinkBase::batchReady, this, [this, link] {
        const auto batch = link->takeBatch();
        m_router.take(batch, link->comesAgain());
    });
    connect(link, &LinkBase::frameRejected, this, [this, host] {
        if (!m_greeted)
            emit linkUseless(ServiceErrors::make(ErrorKind::NotTinode, host), {});
    });
    return LinkPtr(link);
}

void TinodeChat::dropLink(bool lost)
{
    m_link = nullptr;
    m_requests.close();
    m_transfers->suspend();
    m_router.reset();
    m_previews.reset();
    m_filler.reset();
    m_attachments.reset();
    m_history.reset();
    m_receipts.reset();
    m_roster.reset();
    m_finder.reset();
    m_outbox.reset(lost);
    m_writer->topics().setAllOffline();
}

void TinodeChat::enterSession(const Handshake::Session &session)
{
    const UserId &known = m_writer->self();
    if (!known.isEmpty() && known != session.user) {
        // This folder holds somebody else's messages; the outbox would go out under a wrong name (F24).
        emit refused({ErrorKind::NotAllowed, tr("This account belongs to another person."),
            tr("Add a new account to sign in as somebody else."), {}});
        return;
    }
    m_writer->setSelf(session.user, m_writer->topics().selfCard());
    if (!session.token.isEmpty())
        m_token = session.token;
    m_transfers->resume(m_config.url, m_config.apiKey, m_token);
    emit signedIn(session);
}

/// Another epoch: the server was set up anew or restored from a backup, and its numbers mean other
/// messages than ours (reliability.md R8).
void TinodeChat::takeEpoch(const QString &epoch)
{
    if (epoch.isEmpty() || epoch == m_epoch)
        return;
    const bool isOther = !std::exchange(m_epoch, epoch).isEmpty();
    m_writer->archive().saveEpoch(epoch);
    if (!isOther)
        return;
    for (int row = 0; row < m_writer->topics().count(); ++row)
        replaceHistory(m_writer->topics().at(row), 0);
    m_roster.startOver();
}

void TinodeChat::replaceHistory(Topic *topic, Seq seq)
{
    qCWarning(lcService) << "the server's history is another one than before";
    m_outbox.restart(topic->name(), seq);
    m_writer->forgetHistory(topic);
    m_attachments.restart(topic, seq);
    if (!std::exchange(m_replacementTold, true))
        emit noticed(ServiceErrors::make(ErrorKind::HistoryReplaced, m_config.url.host()));
}

/// What was written there can't be sent, but it is the person's (reliability.md §4, 404 and 410).
void TinodeChat::takeRemoval(const TopicName &topic)
{
    const QList<PendingMessage> rows = m_outbox.rows();
    const bool hasRows = std::any_of(rows.begin(), rows.end(),
        [&topic](const PendingMessage &row) { return row.topic == topic; });
    if (!hasRows)
        return;
    const ServiceError error = ServiceErrors::make(ErrorKind::NotFound);
    m_outbox.failAll(topic, error);
    emit noticed(error);
}

void TinodeChat::goOnline(const QList<wire::Subscription> &chats)
{
    m_roster.takeFullList(chats);
    emit online();
    if (!m_requests.isOpen())
        return; // somebody has stopped us meanwhile
    m_attachments.resume();
    m_actions.resume(chats);
    m_previews.wantAll();
    m_filler.resume();
    m_roster.ensureSavedMessages();
}

void TinodeChat::takeRefusal(const TopicName &topic, Reasons reasons, const wire::Ctrl &ctrl)
{
    const ServiceError error = ServiceErrors::fromCtrl(ctrl);
    m_outbox.failAll(topic, error);
    if (reasons.testFlag(Reason::Opened)) // of the others nobody knows
        emit actionFailed(error);
}

void TinodeChat::openTopic(const TopicName &topic)
{
    if (requireTopic(topic))
        m_attachments.want(topic, Reason::Opened);
}

void TinodeChat::closeTopic(const TopicName &topic)
{
    m_deletions.finish(topic);
    m_attachments.unwant(topic, Reason::Opened);
    if (Topic *known = m_writer->topics().find(topic))
        m_history.leave(known);
}

void TinodeChat::loadHistory(const TopicName &topic, HistorySide side, Seq seq)
{
    if (Topic *known = m_writer->topics().find(topic))
        m_history.load(known, side, seq, m_attachments.isAttached(topic));
}

void TinodeChat::send(const TopicName &topic, const OutgoingMessage &message)
{
    if (requireTopic(topic))
        m_outbox.add(topic, message);
}

void TinodeChat::retry(const TopicName &topic, const QString &cid)
{
    m_outbox.retry(topic, cid);
}

void TinodeChat::discard(const TopicName &topic, const QString &cid)
{
    m_outbox.discard(topic, cid);
}

void TinodeChat::deleteMessages(const TopicName &topic, const QList<Seq> &rows, bool forAll)
{
    if (requireTopic(topic))
        m_deletions.start(topic, rows, forAll);
}

void TinodeChat::deleteParts(const TopicName &topic, const QList<Seq> &parts)
{
    if (requireTopic(topic))
        m_messageRequests.remove(topic, Deletions::runs(parts), true);
}

void TinodeChat::undoDelete(const TopicName &topic)
{
    m_deletions.undo(topic);
}

void TinodeChat::finishDeletions()
{
    m_deletions.finishAll();
}

void TinodeChat::setPins(const TopicName &topic, const QList<Seq> &pins)
{
    if (requireTopic(topic))
        m_messageRequests.setPins(topic, pins);
}

void TinodeChat::noteTyping(const TopicName &topic)
{
    if (Topic *known = m_writer->topics().find(topic))
        m_receipts.noteTyping(known);
}

void TinodeChat::markRead(const TopicName &topic, Seq seq)
{
    if (Topic *known = m_writer->topics().find(topic))
        m_receipts.markRead(known, seq);
}

void TinodeChat::find(const QString &query)
{
    m_finder.find(query);
}

void TinodeChat::startChat(const UserId &user)
{
    m_actions.startChat(user);
}

void TinodeChat::createGroup(const QString &name, const QList<UserId> &members)
{
    m_actions.createGroup(name, members);
}

void TinodeChat::requestWriting(const TopicName &topic)
{
    m_actions.requestWriting(topic);
}

void TinodeChat::leaveTopic(const TopicName &topic)
{
    m_actions.leaveTopic(topic);
}

void TinodeChat::setDisplayName(const QString &name)
{
    m_actions.setDisplayName(name);
}

QList<PendingMessage> TinodeChat::outbox() const
{
    return m_outbox.rows();
}

void TinodeChat::fillHistory(const QList<TopicName> &chats)
{
    m_filler.start(chats);
}

void TinodeChat::rebuildHistory()
{
    m_writer->forgetMessages();
    for (int row = 0; row < m_writer->topics().count(); ++row)
        m_history.restart(m_writer->topics().at(row));
    m_filler.start();
}

bool TinodeChat::requireTopic(const TopicName &topic)
{
    if (m_writer->topics().find(topic))
        return true;
    emit actionFailed(ServiceErrors::make(ErrorKind::NotFound));
    return false;
}

}
