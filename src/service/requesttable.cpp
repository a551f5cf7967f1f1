#include "service/requesttable.h"

#include "service/servicelog.h"

#include <algorithm>

namespace confab {

namespace {

using wire::What;

/// The parts that end with a packet of their own.
wire::Whats partsOf(const wire::ClientMessage &message)
{
    if (const auto *sub = std::get_if<wire::Sub>(&message))
        return sub->get ? sub->get->what : wire::Whats();
    if (const auto *get = std::get_if<wire::Get>(&message))
        return get->query.what;
    return {};
}

/// `params.what` of a ctrl that stands for an empty or finished part (protocol.md §6.3).
wire::Whats partNamed(const QString &what)
{
    static const QHash<QString, What> parts{
        {QStringLiteral("desc"), What::Desc},
        {QStringLiteral("sub"), What::Sub},
        {QStringLiteral("tags"), What::Tags},
        {QStringLiteral("creds"), What::Cred},
        {QStringLiteral("cred"), What::Cred},
        {QStringLiteral("aux"), What::Aux},
        {QStringLiteral("data"), What::Data},
        {QStringLiteral("del"), What::Del},
    };
    const auto found = parts.find(what);
    return found == parts.end() ? wire::Whats() : wire::Whats(*found);
}

/// New topics get their name with the reply, and some replies name none.
wire::TopicName topicOf(const wire::ClientMessage &message)
{
    return std::visit(
        [](const auto &packet) -> wire::TopicName {
            if constexpr (requires { packet.topic; }) {
                const wire::TopicKind kind = wire::topicKind(packet.topic);
                if (kind == wire::TopicKind::NewGroup || kind == wire::TopicKind::NewChannel)
                    return {};
                return packet.topic;
            }
            return {};
        },
        message);
}

void setId(wire::ClientMessage &message, const QString &id)
{
    std::visit(
        [&id](auto &packet) {
            if constexpr (requires { packet.id; })
                packet.id = id;
        },
        message);
}

}

ServiceError Reply::error() const
{
    switch (end) {
    case End::Answered:
        return ServiceErrors::fromCtrl(ctrl);
    case End::TimedOut:
        return ServiceErrors::make(ErrorKind::TimedOut);
    case End::Cancelled:
        break;
    }
    return ServiceErrors::make(ErrorKind::ConnectionLost);
}

RequestTable::RequestTable(const ServiceTiming &timing, QObject *parent)
    : QObject(parent)
    , m_timing(timing)
{
    m_clock.start();
    m_tick.setInterval(std::max(std::chrono::milliseconds(20), timing.requestSlow / 20));
    connect(&m_tick, &QTimer::timeout, this, &RequestTable::checkDeadlines);
}

void RequestTable::open(Send send)
{
    m_send = std::move(send);
}

void RequestTable::close()
{
    m_send = {};
    m_tick.stop();
    const QStringList ids = m_requests.keys();
    for (const QString &id : ids)
        finish(id, Reply::End::Cancelled);
}

void RequestTable::ask(QObject *context, wire::ClientMessage message, Done done)
{
    if (!m_send) {
        QMetaObject::invokeMethod(
            context, [done = std::move(done)] { done(Reply()); }, Qt::QueuedConnection);
        return;
    }
    const QString id = QString::number(++m_lastId);
    setId(message, id);
    Request request;
    request.topic = topicOf(message);
    request.awaitsCtrl = !std::holds_alternative<wire::Get>(message);
    request.parts = partsOf(message);
    request.context = context;
    request.done = std::move(done);
    request.askedAt = m_clock.elapsed();
    m_requests.insert(id, std::move(request));
    if (!m_tick.isActive())
        m_tick.start();
    m_send(message);
}

void RequestTable::tell(const wire::ClientMessage &message)
{
    if (m_send)
        m_send(message);
}

bool RequestTable::belongs(const Request &request, const wire::TopicName &topic)
{
    return request.topic.isEmpty() || topic.isEmpty() || request.topic == topic;
}

bool RequestTable::take(const wire::Ctrl &ctrl)
{
    const auto found = m_requests.find(ctrl.id);
    if (ctrl.id.isEmpty() || found == m_requests.end())
        return false;
    if (!belongs(*found, ctrl.topic)) {
        qCWarning(lcService) << "reply names another topic than its request, code" << ctrl.code;
        return false;
    }
    const wire::Whats part = ctrl.params ? partNamed(ctrl.params->what) : wire::Whats();
    const bool endsPart = part && (found->parts & part) && ctrl.code < 400;
    if (endsPart) {
        found->parts &= ~part;
        found->reply.hadData |= ctrl.code == 208;
        if (!found->awaitsCtrl && found->reply.ctrl.code == 0)
            found->reply.ctrl.code = 200;
    } else {
        found->awaitsCtrl = false;
        found->reply.ctrl = ctrl;
        // A refusal ends everything, and after these two no part follows either.
        if (ctrl.code >= 300)
            found->parts = {};
    }
    finishIfComplete(ctrl.id);
    return true;
}

bool RequestTable::take(const wire::Meta &meta)
{
    const auto found = m_requests.find(meta.id);
    if (meta.id.isEmpty() || found == m_requests.end() || !belongs(*found, meta.topic))
        return false;
    Reply &reply = found->reply;
    if (reply.ctrl.code == 0)
        reply.ctrl.code = 200;
    if (meta.desc) {
        reply.desc = meta.desc;
        found->parts &= ~wire::Whats(What::Desc);
    }
    if (meta.sub) {
        reply.subs += *meta.sub;
        found->parts &= ~wire::Whats(What::Sub);
    }
    if (meta.tags)
        found->parts &= ~wire::Whats(What::Tags);
    if (meta.cred)
        found->parts &= ~wire::Whats(What::Cred);
    if (!meta.aux.isAbsent())
        found->parts &= ~wire::Whats(What::Aux);
    if (meta.del)
        found->parts &= ~wire::Whats(What::Del);
    finishIfComplete(meta.id);
    return true;
}

void RequestTable::finishIfComplete(const QString &id)
{
    const auto found = m_requests.constFind(id);
    if (!found->awaitsCtrl && !found->parts)
        finish(id, Reply::End::Answered);
}

void RequestTable::finish(const QString &id, Reply::End end)
{
    Request request = m_requests.take(id);
    if (m_requests.isEmpty())
        m_tick.stop();
    request.reply.end = end;
    if (request.context && request.done)
        request.done(request.reply);
}

void RequestTable::checkDeadlines()
{
    const qint64 now = m_clock.elapsed();
    bool slow = false;
    QStringList expired;
    for (auto it = m_requests.begin(); it != m_requests.end(); ++it) {
        const std::chrono::milliseconds age(now - it->askedAt);
        // Rather early by two ticks than late: the probe that follows has to end in time (B12).
        if (age + 2 * m_tick.intervalAsDuration() > m_timing.requestSlow
            && !std::exchange(it->reported, true))
            slow = true;
        if (age >= m_timing.requestLimit)
            expired.append(it.key());
    }
    if (slow)
        emit unanswered();
    for (const QString &id : expired) {
        if (m_requests.contains(id))
            finish(id, Reply::End::TimedOut);
    }
}

}
