#include "service/outbox.h"

#include "service/servicelog.h"
#include "wire/clientcodec.h"

#include <algorithm>

namespace confab {

namespace {

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
    , m_rows(writer)
{
    connect(&writer->archive(), &Archive::queued, this, [this](const PendingMessage &message) {
        m_rows.add(message);
        emit queued(message.topic, message.cid);
        noteNeed(message.topic);
        pump(message.topic);
    });
    // A chat that the archive had lost comes back with the list of chats.
    connect(&writer->topics(), &TopicList::added, this, [this](Topic *topic) {
        if (m_rows.of(topic->name()).isEmpty())
            return;
        m_rows.showIn(topic);
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
        Row *row = m_rows.findUpload(upload.id);
        if (!row)
            return;
        std::replace_if(
            row->message.uploads.begin(), row->message.uploads.end(),
            [&upload](const Upload &known) { return known.id == upload.id; }, upload);
        m_rows.save(*row);
        pump(row->message.topic);
    });
    connect(&m_files, &MessageFiles::loaded, this, [this](const QString &id) {
        if (const Row *row = m_rows.findUpload(id))
            pump(row->message.topic);
    });
    connect(&m_files, &MessageFiles::failed, this,
        [this](const QString &id, const ServiceError &error) {
            Row *row = m_rows.findUpload(id);
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
    for (const PendingMessage &message : rows) {
        noteUncertain(m_rows.add(message));
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
    Row *row = m_rows.find(topic, cid);
    if (!row || row->message.state != Delivery::Failed)
        return;
    row->faults = 0;
    row->losses = 0;
    m_rows.requeue(*row);
    m_rows.save(*row);
    noteNeed(topic);
    pump(topic);
}

void Outbox::discard(const TopicName &topic, const QString &cid)
{
    Row *row = m_rows.find(topic, cid);
    if (!row || row->isInFlight())
        return; // the server may have it by now
    m_files.drop(row->message);
    m_rows.remove(topic, cid);
    noteNeed(topic);
}

void Outbox::failAll(const TopicName &topic, const ServiceError &error)
{
    for (Row &row : m_rows.of(topic)) {
        if (row.isWaiting())
            fail(row, reasonOf(error.kind), error);
    }
    noteNeed(topic);
}

void Outbox::dropAll(const TopicName &topic)
{
    for (const Row &row : std::as_const(m_rows.of(topic)))
        m_files.drop(row.message);
    m_rows.removeAll(topic);
    m_pauses.remove(topic);
}

void Outbox::restart(const TopicName &topic, Seq seq)
{
    for (Row &row : m_rows.of(topic)) {
        if (row.message.after <= seq)
            continue;
        row.message.after = seq;
        m_rows.save(row);
    }
}

void Outbox::reset(bool lost)
{
    ++m_connection;
    m_files.reset();
    m_pauses.clear();
    for (const TopicName &topic : m_rows.topics()) {
        bool isFirst = true;
        for (Row &row : m_rows.of(topic)) {
            if (!row.isInFlight())
                continue;
            noteUncertain(row);
            // Of several unanswered, the first is the one that may have broken the link (F22).
            const bool isSuspect = lost && std::exchange(isFirst, false);
            if (!isSuspect || survivesLoss(row))
                m_rows.requeue(row);
        }
    }
}

void Outbox::pump(const TopicName &topic)
{
    Topic *known = m_writer->topics().find(topic);
    if (!known || m_pauses.value(topic).isOn || !m_attachments->isReady(topic))
        return;
    QList<Row> &rows = m_rows.of(topic);
    bool isBehindFiles = false;
    for (qsizetype i = 0; i < rows.size() && m_rows.inFlightCount(topic) < kWindow; ++i) {
        Row &row = rows[i];
        if (row.isInFlight() || !row.isWaiting())
            continue;
        m_files.ask(row.message);
        if (!m_files.areReady(row.message))
            isBehindFiles = true; // those behind it may bring their files meanwhile
        if (isBehindFiles)
            continue;
        // A suspect travels alone, so that the innocent are not blamed with it.
        if (row.losses > 0 && m_rows.inFlightCount(topic) > 0)
            break;
        sendRow(known, row);
        if (row.losses > 0 && row.isInFlight())
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
    row.round = ++m_lastRound;
    m_rows.setSending(row);
    m_requests->ask(this, pub,
        [this, name = topic->name(), cid = row.message.cid, round = row.round](const Reply &reply) {
            takeReply(name, cid, round, reply);
        });
}

void Outbox::takeReply(
    const TopicName &topic, const QString &cid, int round, const Reply &reply)
{
    Row *row = m_rows.find(topic, cid);
    Topic *known = m_writer->topics().find(topic);
    if (!row || !known || !row->isInFlight() || row->round != round
        || reply.end == Reply::End::Cancelled)
        return; // reset() deals with a lost link
    if (reply.end == Reply::End::TimedOut) {
        // The server may have it, or may never answer this one (F22, F25): look before sending again.
        noteUncertain(*row);
        if (survivesLoss(*row))
            m_rows.requeue(*row);
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
        m_rows.requeue(row);
        attachAgain(name);
    } else if (code == 401) {
        m_rows.requeue(row);
        emit needsLogin();
    } else if (code == 408 || code == 429 || code == 502 || code == 503) {
        m_rows.requeue(row);
        pause(name, hint);
    } else if (code == 500 && ++row.faults < kMaxFaults) {
        m_rows.requeue(row);
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
    if (const Row *row = m_rows.find(name, cid))
        m_files.keep(row->message);
    m_pauses[name].count = 0;
    m_rows.acknowledge(topic, cid, message);
    emit sent(name, cid, message.seq);
    noteNeed(name);
}

void Outbox::matchOwn(Topic *topic, const Message &message)
{
    const QString cid = message.head.cid();
    if (m_rows.find(topic->name(), cid))
        acknowledge(topic, cid, message);
}

void Outbox::noteUncertain(const Row &row)
{
    m_attachments->setUncertain(row.message.topic, row.message.after);
}

void Outbox::pause(const TopicName &topic, int hintMs)
{
    Pause &pause = m_pauses[topic];
    if (std::exchange(pause.isOn, true))
        return;
    const auto wait
        = std::min(m_timing.retryCap, m_timing.retryFirst * (1 << std::min(pause.count++, 10)));
    QTimer::singleShot(std::max(wait, std::chrono::milliseconds(hintMs)), this,
        [this, topic, connection = m_connection] {
            if (connection != m_connection || !m_pauses.contains(topic))
                return;
            m_pauses[topic].isOn = false;
            pump(topic);
        });
}

void Outbox::attachAgain(const TopicName &topic)
{
    if (!m_attachments->isReady(topic))
        return; // under way, for another message
    // Nothing is sent until it is ready again; the pause keeps a stubborn server from being asked
    // too often.
    const bool repeated = m_pauses[topic].count > 0;
    if (repeated)
        pause(topic, 0);
    else
        m_pauses[topic].count = 1;
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
    m_rows.fail(row, reason, error);
    emit failed(row.message.topic, row.message.cid, error);
}

void Outbox::noteNeed(const TopicName &topic)
{
    if (m_rows.isAnyWaiting(topic))
        m_attachments->want(topic, Reason::Sending);
    else
        m_attachments->unwant(topic, Reason::Sending);
}
}
