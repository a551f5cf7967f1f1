#include "service/plainchat.h"

#include <algorithm>

namespace confab {

namespace {

QDateTime orNow(const QDateTime &time)
{
    return time.isValid() ? time : QDateTime::currentDateTimeUtc();
}
}

TopicName PlainChat::topicName()
{
    return QStringLiteral("plain");
}

PlainChat::PlainChat(
    const AccountConfig &config, StoreWriter *writer, const ServiceTiming &timing, QObject *parent)
    : AbstractChat(parent)
    , m_config(config)
    , m_writer(writer)
    , m_requests(timing)
    , m_history(writer, &m_requests)
    , m_deletions(writer, timing)
    , m_rows(writer)
{
    connect(&m_deletions, &Deletions::waiting, this, &PlainChat::deletionWaiting);
    connect(&m_deletions, &Deletions::settled, this, &PlainChat::deletionSettled);
    // The peer forgets nothing; what is deleted is deleted here.
    connect(&m_deletions, &Deletions::due, this,
        [this](const TopicName &, const QList<SeqRange> &ranges) {
            m_writer->removeDeleted(topic(), {0, ranges});
        });
    connect(&writer->archive(), &Archive::queued, this, [this](const PendingMessage &message) {
        m_rows.add(message);
        emit messageQueued(message.topic, message.cid);
        flush();
    });
    connect(&writer->archive(), &Archive::pageLoaded, this, &PlainChat::noteIds);
    connect(&m_peerHistory, &PlainHistory::fetched, this, &PlainChat::takeHistory);
    connect(writer, &StoreWriter::messagesArrived, this, &PlainChat::messagesReceived);
}

Topic *PlainChat::topic() const
{
    return m_writer->topics().find(topicName());
}

void PlainChat::restore(const ArchiveSnapshot &snapshot)
{
    ensureTopic();
    for (PendingMessage row : snapshot.outbox) {
        row.tries = 0; // counted anew in each run
        m_rows.add(row);
    }
    openTopic(topicName());
}

void PlainChat::ensureTopic()
{
    wire::Card self;
    self.name = m_config.displayName.isEmpty() ? tr("Me") : m_config.displayName;
    m_writer->setSelf(self.name, self);
    if (!topic()) {
        TopicInfo info;
        info.name = topicName();
        // With its path: a host may have several endpoints.
        const QString path = m_config.url.path();
        info.card.name = m_config.url.host() + (path == u'/' ? QString() : path);
        m_writer->add(info);
    }
    // What is here by now was here before this run; all that comes is news.
    m_writer->setOld(topicName(), topic()->info().seq);
}

void PlainChat::setConfig(const AccountConfig &config)
{
    m_config = config;
    if (topic())
        ensureTopic();
}

LinkPtr PlainChat::makeLink(
    SessionFactory sessions, QThread *thread, const Intent &, const QString &)
{
    ChannelOptions options;
    options.url = m_config.url;
    options.keepAlive = m_config.keepAlive;
    auto *link
        = new PlainLink(std::move(sessions), options, plainCodec(m_config.plainText), thread);
    m_link = link;
    connect(link, &LinkBase::opened, this, [this] {
        m_isOpen = true;
        emit online();
        topic()->setAttached(true);
        topic()->setOnline(true);
        m_peerHistory.fetch(m_config);
        flush();
    });
    connect(link, &LinkBase::batchReady, this, [this, link] { take(link->takeBatch()); });
    return LinkPtr(link);
}

void PlainChat::dropLink(bool)
{
    m_link = nullptr;
    m_isOpen = false;
    for (Row &row : m_rows.of(topicName())) {
        if (row.isInFlight())
            m_rows.requeue(row);
    }
    if (topic())
        topic()->setAttached(false);
    m_writer->topics().setAllOffline();
}

void PlainChat::openTopic(const TopicName &name)
{
    if (name == topicName() && topic())
        m_history.open(topic());
}

void PlainChat::loadHistory(const TopicName &name, HistorySide side, Seq seq)
{
    if (name == topicName() && topic())
        m_history.load(topic(), side, seq, false);
}

void PlainChat::send(const TopicName &name, const OutgoingMessage &message)
{
    if (name != topicName() || !topic()) {
        emit actionFailed(ServiceErrors::make(ErrorKind::NotFound));
        return;
    }
    // The peer knows words and nothing else.
    m_writer->archive().enqueue(toPending(message.content.text(), name));
}

void PlainChat::flush()
{
    if (!m_isOpen)
        return;
    for (Row &row : m_rows.of(topicName())) {
        if (row.message.state == Delivery::Queued)
            sendRow(row);
    }
}

void PlainChat::sendRow(Row &row)
{
    const PendingMessage &message = row.message;
    if (message.tries >= kMaxTries) {
        fail(row);
        return;
    }
    m_rows.setSending(row);
    m_link->send({message.cid, m_writer->self(), message.text, message.created});
}

void PlainChat::fail(Row &row)
{
    ServiceError error = ServiceErrors::make(ErrorKind::Rejected);
    error.sentence = tr("The server never sent this message back, so it may not have arrived.");
    error.nextStep = tr("Send it again, or discard it.");
    m_rows.fail(row, StuckReason::Unanswered, error);
    emit messageFailed(row.message.topic, row.message.cid, error);
}

/// What comes together goes on together: one step of the archive and of the view.
void PlainChat::take(const QList<wire::PlainMessage> &messages)
{
    QList<Message> fresh;
    const auto keep = [&] {
        if (!fresh.isEmpty())
            m_writer->take(topic(), std::exchange(fresh, {}), Origin::Server);
    };
    for (const wire::PlainMessage &message : messages) {
        const Message received = numbered(message, topic()->info().seq + 1 + Seq(fresh.size()));
        if (!message.id.isEmpty() && row(message.id)) {
            keep();
            takeEcho(received);
        } else if (!m_ids.contains(message.id)) {
            fresh.append(received);
        }
        if (!message.id.isEmpty())
            m_ids.insert(message.id);
    }
    keep();
}

void PlainChat::takeEcho(Message own)
{
    const QString cid = own.head.cid();
    own.from = m_writer->self();
    m_rows.acknowledge(topic(), cid, own);
    emit messageSent(topicName(), cid, own.seq);
}

Message PlainChat::numbered(const wire::PlainMessage &message, Seq seq)
{
    Message result;
    result.seq = seq;
    result.from = message.from;
    result.ts = orNow(message.ts);
    if (!message.id.isEmpty())
        result.head.setCid(message.id);
    result.content = wire::JsonBlob::fromString(message.text);
    result.text = message.text;
    return result;
}

/// Those of what has been read from disk; each is looked at once, however many come later.
void PlainChat::noteIds(const ArchivePage &page)
{
    if (page.topic != topicName())
        return;
    for (const Message &message : page.messages) {
        const QString id = message.head.cid();
        if (!id.isEmpty())
            m_ids.insert(id);
    }
}

void PlainChat::takeHistory(const QList<wire::PlainMessage> &messages)
{
    const Timeline &timeline = topic()->timeline();
    const QDateTime newest = timeline.messageCount() > 0
        ? timeline.message(timeline.messageCount() - 1).ts
        : QDateTime();
    QList<wire::PlainMessage> wanted = messages;
    wanted.removeIf([&](const wire::PlainMessage &message) {
        // What is older than the newest here is here, too, though perhaps only on disk.
        const bool isNew = !newest.isValid() || (message.ts.isValid() && message.ts > newest);
        return !isNew && !row(message.id);
    });
    take(wanted);
}

void PlainChat::retry(const TopicName &, const QString &cid)
{
    Row *failed = row(cid);
    if (!failed || failed->isWaiting())
        return;
    failed->message.tries = 0;
    m_rows.requeue(*failed);
    m_rows.save(*failed);
    flush();
}

void PlainChat::discard(const TopicName &, const QString &cid)
{
    if (row(cid))
        m_rows.remove(topicName(), cid);
}

void PlainChat::closeTopic(const TopicName &name)
{
    m_deletions.finish(name);
}

void PlainChat::deleteMessages(const TopicName &name, const QList<Seq> &rows, bool)
{
    m_deletions.start(name, rows, false);
}

void PlainChat::deleteParts(const TopicName &, const QList<Seq> &)
{
    notOffered();
}

void PlainChat::undoDelete(const TopicName &name)
{
    m_deletions.undo(name);
}

void PlainChat::finishDeletions()
{
    m_deletions.finishAll();
}

void PlainChat::setPins(const TopicName &, const QList<Seq> &)
{
    notOffered();
}

void PlainChat::markRead(const TopicName &name, Seq seq)
{
    if (name != topicName() || !topic())
        return;
    m_writer->update(topic(), [seq](TopicInfo &info) { info.read = std::max(info.read, seq); });
}

void PlainChat::setDisplayName(const QString &name)
{
    m_config.displayName = name;
    ensureTopic();
}

void PlainChat::fillHistory(const QList<TopicName> &)
{
    QMetaObject::invokeMethod(this, &PlainChat::historyFilled, Qt::QueuedConnection);
}

void PlainChat::find(const QString &)
{
    notOffered();
}

void PlainChat::startChat(const UserId &)
{
    notOffered();
}

void PlainChat::createGroup(const QString &, const QList<UserId> &)
{
    notOffered();
}

void PlainChat::leaveTopic(const TopicName &)
{
    notOffered();
}

void PlainChat::notOffered()
{
    emit actionFailed(ServiceErrors::make(ErrorKind::NotSupported));
}

}
