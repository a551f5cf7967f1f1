#include "service/outbox.h"

#include "service/servicelog.h"
#include "wire/clientcodec.h"

#include <algorithm>

namespace confab {

namespace {

/// A row that waits for its turn, so that those behind it wait, too.
bool isWaiting(const PendingMessage &message)
{
    return message.state != Delivery::Failed;
}

StuckReason reasonOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::TooLarge:
    case ErrorKind::FileTooLarge:
        return StuckReason::TooLarge;
    case ErrorKind::NotAllowed:
        return StuckReason::NotAllowed;
    case ErrorKind::NotFound:
        return StuckReason::ChatGone;
    case ErrorKind::ServerFault:
        return StuckReason::ServerFault;
    default:
        return StuckReason::Refused;
    }
}

ServiceError unanswered()
{
    return ServiceErrors::make(ErrorKind::Rejected, {},
        QStringLiteral("the connection broke or no answer came, twice, right after this message"));
}

}

Outbox::Outbox(StoreWriter *writer, RequestTable *requests, Attachments *attachments,
    Transfers *transfers, const ServiceTiming &timing, QObject *parent)
    : QObject(parent)
    , m_writer(writer)
    , m_requests(requests)
    , m_attachments(attachments)
    , m_files(writer, transfers)
    , m_timing(timing)
{
    connect(&writer->archive(), &Archive::queued, this, [this](const PendingMessage &message) {
        m_queues[message.topic].rows.append(Row{message});
        if (Topic *topic = m_writer->topics().find(message.topic))
            topic->timeline().addPending(message);
        emit queued(message.topic, message.cid);
        noteNeed(message.topic);
        pump(message.topic);
    });
    // A chat that the archive had lost comes back with the list of chats.
    connect(&writer->topics(), &TopicList::added, this, [this](Topic *topic) {
        const auto queue = m_queues.constFind(topic->name());
        if (queue == m_queues.constEnd())
            return;
        for (const Row &row : queue->rows)
            topic->timeline().addPending(row.message);
        m_attachments->unwant(topic->name(), Reason::Sending);
        noteNeed(topic->name());
    });
    connect(writer, &StoreWriter::ownMessageSeen, this, &Outbox::matchOwn);
    connect(attachments, &Attachments::ready, this, &Outbox::pump);
    connectFiles();
}

void Outbox::connectFiles()
{
    connect(&m_files, &MessageFiles::held, this, [this](const Upload &upload) {
        Row *row = findUpload(upload.id);
        if (!row)
            return;
        std::replace_if(
            row->message.uploads.begin(), row->message.uploads.end(),
            [&upload](const Upload &known) { return known.id == upload.id; }, upload);
        m_writer->archive().updatePending(row->message);
        pump(row->message.topic);
    });
    connect(&m_files, &MessageFiles::loaded, this, [this](const QString &id) {
        if (const Row *row = findUpload(id))
            pump(row->message.topic);
    });
    connect(&m_files, &MessageFiles::failed, this,
        [this](const QString &id, const ServiceError &error) {
            Row *row = findUpload(id);
            if (!row)
                return;
            const TopicName topic = row->message.topic;
            m_files.forget(row->message);
            fail(*row, reasonOf(error.kind), error);
            pump(topic);
        });
}

void Outbox::setMaxMessageSize(int bytes)
{
    m_maxMessageSize = bytes;
    m_files.setMaxMessageSize(bytes);
}

void Outbox::restore(const QList<PendingMessage> &rows)
{
    for (const PendingMessage &row : rows) {
        PendingMessage message = row;
        if (message.state == Delivery::Sending)
            message.state = Delivery::Queued;
        m_queues[message.topic].rows.append(Row{message});
        if (Topic *topic = m_writer->topics().find(message.topic))
            topic->timeline().addPending(message);
        noteUncertain(m_queues[message.topic].rows.last());
        noteNeed(message.topic);
    }
}

void Outbox::add(const TopicName &topic, const OutgoingMessage &message)
{
    PendingMessage row = toPending(message, topic);
    if (const Topic *known = m_writer->topics().find(topic))
        row.after = known->info().seq;
    m_writer->archive().enqueue(row); // goes on when it is on disk (R1)
}

void Outbox::retry(const TopicName &topic, const QString &cid)
{
    Row *row = find(topic, cid);
    if (!row || row->message.state != Delivery::Failed)
        return;
    row->faults = 0;
    row->losses = 0;
    requeue(*row);
    m_writer->archive().updatePending(row->message);
    noteNeed(topic);
    pump(topic);
}

void Outbox::discard(const TopicName &topic, const QString &cid)
{
    Row *row = find(topic, cid);
    if (!row || row->inFlight)
        return; // the server may have it by now
    m_files.drop(row->message);
    m_queues[topic].rows.removeIf([&](const Row &candidate) { return candidate.message.cid == cid; });
    if (Topic *known = m_writer->topics().find(topic))
        known->timeline().removePending(cid);
    m_writer->archive().dropPending(cid);
    noteNeed(topic);
}

void Outbox::failAll(const TopicName &topic, const ServiceError &error)
{
    const auto queue = m_queues.find(topic);
    if (queue == m_queues.end())
        return;
    for (Row &row : queue->rows) {
        if (isWaiting(row.message))
            fail(row, reasonOf(error.kind), error);
    }
    noteNeed(topic);
}

void Outbox::dropAll(const TopicName &topic)
{
    const Queue queue = m_queues.take(topic);
    for (const Row &row : queue.rows) {
        m_files.drop(row.message);
        m_writer->archive().dropPending(row.message.cid);
    }
}

void Outbox::restart(const TopicName &topic, Seq seq)
{
    const auto queue = m_queues.find(topic);
    if (queue == m_queues.end())
        return;
    for (Row &row : queue->rows) {
        if (row.message.after <= seq)
            continue;
        row.message.after = seq;
        m_writer->archive().updatePending(row.message);
    }
}

QList<PendingMessage> Outbox::rows() const
{
    QList<PendingMessage> rows;
    for (const Queue &queue : m_queues) {
        for (const Row &row : queue.rows)
            rows.append(row.message);
    }
    return rows;
}

void Outbox::reset(bool lost)
{
    ++m_connection;
    m_files.reset();
    for (auto queue = m_queues.begin(); queue != m_queues.end(); ++queue) {
        queue->paused = false;
        queue->pauses = 0;
        bool isFirst = true;
        for (Row &row : queue->rows) {
            if (!row.inFlight)
                continue;
            noteUncertain(row);
            // Of several unanswered, the first is the one that may have broken the link (F22).
            const bool isSuspect = lost && std::exchange(isFirst, false);
            if (!isSuspect || survivesLoss(row))
                requeue(row);
        }
    }
}

void Outbox::pump(const TopicName &topic)
{
    const auto queue = m_queues.find(topic);
    Topic *known = m_writer->topics().find(topic);
    if (queue == m_queues.end() || !known || queue->paused || !m_attachments->isReady(topic))
        return;
    bool isBehindFiles = false;
    for (qsizetype i = 0; i < queue->rows.size() && inFlightCount(*queue) < kWindow; ++i) {
        Row &row = queue->rows[i];
        if (row.inFlight || !isWaiting(row.message))
            continue;
        m_files.ask(row.message);
        if (!m_files.areReady(row.message))
            isBehindFiles = true; // those behind it may bring their files meanwhile
        if (isBehindFiles)
            continue;
        // A suspect travels alone, so that the innocent are not blamed with it.
        if (row.losses > 0 && inFlightCount(*queue) > 0)
            break;
        sendRow(known, row);
        if (row.losses > 0 && row.inFlight)
            break;
    }
    noteNeed(topic);
}

void Outbox::sendRow(Topic *topic, Row &row)
{
    wire::Pub pub;
    pub.topic = topic->name();
    pub.noecho = true;
    pub.head = row.message.head;
    pub.content = m_files.contentOf(row.message);
    pub.attachments = attachmentsOf(pub.content);
    constexpr int kRoomForId = 32;
    if (m_maxMessageSize > 0 && wire::encode(wire::ClientMessage(pub)).size() + kRoomForId > m_maxMessageSize) {
        fail(row, StuckReason::TooLarge, ServiceErrors::make(ErrorKind::TooLarge));
        return;
    }
    row.sent = pub.content;
    row.inFlight = true;
    row.round = ++m_lastRound;
    ++row.message.tries;
    row.message.state = Delivery::Sending;
    topic->timeline().setPendingState(row.message.cid, Delivery::Sending);
    m_requests->ask(this, pub,
        [this, name = topic->name(), cid = row.message.cid, round = row.round](const Reply &reply) {
            takeReply(name, cid, round, reply);
        });
}

void Outbox::takeReply(
    const TopicName &topic, const QString &cid, int round, const Reply &reply)
{
    Row *row = find(topic, cid);
    Topic *known = m_writer->topics().find(topic);
    if (!row || !known || !row->inFlight || row->round != round
        || reply.end == Reply::End::Cancelled)
        return; // reset() deals with a lost link
    if (reply.end == Reply::End::TimedOut) {
        // The server may have it, or may never answer this one (F22, F25): look before sending again.
        noteUncertain(*row);
        if (survivesLoss(*row))
            requeue(*row);
        attachAgain(topic);
        return;
    }
    const wire::Ctrl &ctrl = reply.ctrl;
    const Seq seq = ctrl.params ? ctrl.params->seq : 0;
    if (ctrl.code / 100 == 2 && (seq > 0 || known->kind() == wire::TopicKind::System)) {
        Message message;
        message.seq = seq;
        message.from = m_writer->self();
        message.ts = ctrl.ts;
        message.head = row->message.head;
        message.content = row->sent;
        message.text = row->message.text;
        acknowledge(known, cid, message);
        pump(topic);
        return;
    }
    takeRefusal(known, *row, ctrl);
}

void Outbox::takeRefusal(Topic *topic, Row &row, const wire::Ctrl &ctrl)
{
    const int code = ctrl.code;
    const int hint = ctrl.params ? ctrl.params->retryAfter : 0;
    const TopicName name = topic->name();
    qCInfo(lcService) << "a message was answered with" << code;
    if (code / 100 == 2 || code == 409) {
        // 2xx without a number: taken, but not stored (F25). 409: not attached, whatever we believed.
        noteUncertain(row);
        requeue(row);
        attachAgain(name);
    } else if (code == 401) {
        requeue(row);
        emit needsLogin();
    } else if (code == 408 || code == 429 || code == 502 || code == 503) {
        requeue(row);
        pause(name, hint);
    } else if (code == 500 && ++row.faults < kMaxFaults) {
        requeue(row);
        pause(name, hint);
    } else {
        const ServiceError error = ServiceErrors::fromCtrl(ctrl);
        fail(row, reasonOf(error.kind), error);
        pump(name);
    }
}

void Outbox::acknowledge(Topic *topic, const QString &cid, const Message &message)
{
    const TopicName name = topic->name();
    Queue &queue = m_queues[name];
    if (const Row *row = find(name, cid))
        m_files.keep(row->message);
    queue.rows.removeIf([&](const Row &row) { return row.message.cid == cid; });
    queue.pauses = 0;
    m_writer->acknowledge(topic, cid, message);
    emit sent(name, cid, message.seq);
    noteNeed(name);
}

void Outbox::matchOwn(Topic *topic, const Message &message)
{
    const QString cid = message.head.cid();
    if (find(topic->name(), cid))
        acknowledge(topic, cid, message);
}

void Outbox::requeue(Row &row)
{
    row.inFlight = false;
    row.message.state = Delivery::Queued;
    row.message.reason = StuckReason::None;
    row.message.error.clear();
    if (Topic *topic = m_writer->topics().find(row.message.topic))
        topic->timeline().setPendingState(row.message.cid, Delivery::Queued);
}

void Outbox::noteUncertain(const Row &row)
{
    m_attachments->setUncertain(row.message.topic, row.message.after);
}

void Outbox::pause(const TopicName &topic, int hintMs)
{
    Queue &queue = m_queues[topic];
    if (std::exchange(queue.paused, true))
        return;
    const auto wait
        = std::min(m_timing.retryCap, m_timing.retryFirst * (1 << std::min(queue.pauses++, 10)));
    QTimer::singleShot(std::max(wait, std::chrono::milliseconds(hintMs)), this,
        [this, topic, connection = m_connection] {
            if (connection != m_connection || !m_queues.contains(topic))
                return;
            m_queues[topic].paused = false;
            pump(topic);
        });
}

void Outbox::attachAgain(const TopicName &topic)
{
    if (!m_attachments->isReady(topic))
        return; // under way, for another message
    // Nothing is sent until it is ready again; the pause keeps a stubborn server from being asked
    // too often.
    const bool repeated = m_queues[topic].pauses > 0;
    if (repeated)
        pause(topic, 0);
    else
        m_queues[topic].pauses = 1;
    m_attachments->reattach(topic);
}

bool Outbox::survivesLoss(Row &row)
{
    if (++row.losses < kMaxLosses)
        return true;
    fail(row, StuckReason::Unanswered, unanswered());
    return false;
}

void Outbox::fail(Row &row, StuckReason reason, const ServiceError &error)
{
    row.inFlight = false;
    PendingMessage &message = row.message;
    message.state = Delivery::Failed;
    message.reason = reason;
    message.error = error.sentences();
    if (Topic *topic = m_writer->topics().find(message.topic))
        topic->timeline().setPendingState(message.cid, Delivery::Failed, reason, message.error);
    m_writer->archive().updatePending(message);
    emit failed(message.topic, message.cid, error);
}

void Outbox::noteNeed(const TopicName &topic)
{
    const auto queue = m_queues.constFind(topic);
    const bool waits = queue != m_queues.constEnd()
        && std::any_of(queue->rows.begin(), queue->rows.end(),
            [](const Row &row) { return isWaiting(row.message); });
    if (waits)
        m_attachments->want(topic, Reason::Sending);
    else
        m_attachments->unwant(topic, Reason::Sending);
}

Outbox::Row *Outbox::find(const TopicName &topic, const QString &cid)
{
    const auto queue = m_queues.find(topic);
    if (queue == m_queues.end())
        return nullptr;
    const auto row = std::find_if(queue->rows.begin(), queue->rows.end(),
        [&cid](const Row &candidate) { return candidate.message.cid == cid; });
    return row == queue->rows.end() ? nullptr : &*row;
}

Outbox::Row *Outbox::findUpload(const QString &id)
{
    const auto carries = [&id](const Row &row) {
        return std::any_of(row.message.uploads.begin(), row.message.uploads.end(),
            [&id](const Upload &upload) { return upload.id == id; });
    };
    for (Queue &queue : m_queues) {
        const auto row = std::find_if(queue.rows.begin(), queue.rows.end(), carries);
        if (row != queue.rows.end())
            return &*row;
    }
    return nullptr;
}

int Outbox::inFlightCount(const Queue &queue)
{
    return int(std::count_if(
        queue.rows.begin(), queue.rows.end(), [](const Row &row) { return row.inFlight; }));
}

}
