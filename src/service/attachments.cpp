#include "service/attachments.h"

#include "service/servicelog.h"

#include <QTimer>

#include <algorithm>

namespace confab {

namespace {

bool isTemporary(int code)
{
    return code == 408 || code == 429 || code >= 500;
}

}

Attachments::Attachments(StoreWriter *writer, RequestTable *requests, HistoryLoader *history,
    const ServiceTiming &timing, QObject *parent)
    : QObject(parent)
    , m_writer(writer)
    , m_requests(requests)
    , m_history(history)
    , m_timing(timing)
{
    connect(history, &HistoryLoader::pageReady, this, &Attachments::advance);
    connect(history, &HistoryLoader::caughtUp, this, [this](const TopicName &name) {
        const auto found = m_attachments.constFind(name);
        if (found == m_attachments.constEnd() || found->state != State::Attached)
            return;
        m_uncertain.remove(name);
        setState(name, State::Ready);
        emit ready(name);
    });
}

void Attachments::want(const TopicName &topic, Reason reason)
{
    Attachment &attachment = m_attachments[topic];
    if (attachment.reasons.testFlag(reason))
        return;
    attachment.reasons |= reason;
    if (reason == Reason::Filling && attachment.state == State::Ready)
        setState(topic, State::Attached); // there is more to catch up with now
    if (Topic *known = m_writer->topics().find(topic); known && reason != Reason::Peek)
        m_history->open(known); // ends in advance()
    else
        advance(topic);
}

void Attachments::unwant(const TopicName &topic, Reason reason)
{
    const auto found = m_attachments.find(topic);
    if (found == m_attachments.end() || !found->reasons.testFlag(reason))
        return;
    found->reasons.setFlag(reason, false);
    advance(topic);
}

bool Attachments::isWanted(const TopicName &topic, Reason reason) const
{
    const auto found = m_attachments.constFind(topic);
    return found != m_attachments.constEnd() && found->reasons.testFlag(reason);
}

bool Attachments::isAttached(const TopicName &topic) const
{
    const auto found = m_attachments.constFind(topic);
    return found != m_attachments.constEnd()
        && (found->state == State::Attached || found->state == State::Ready);
}

bool Attachments::isReady(const TopicName &topic) const
{
    const auto found = m_attachments.constFind(topic);
    return found != m_attachments.constEnd() && found->state == State::Ready;
}

void Attachments::advance(const TopicName &topic)
{
    const auto found = m_attachments.find(topic);
    if (found == m_attachments.end() || !m_running)
        return;
    const bool wanted = bool(found->reasons);
    const bool needsDisk = found->reasons & (Reason::Opened | Reason::Sending | Reason::Filling);
    switch (found->state) {
    case State::Detached:
        if (wanted && (!needsDisk || m_history->isOpen(topic)))
            subscribe(topic);
        break;
    case State::Attached:
    case State::Ready:
        if (!wanted)
            leave(topic);
        else if (found->state == State::Attached && needsDisk && m_history->isOpen(topic))
            catchUp(topic);
        break;
    case State::Suspended:
        break;
    case State::Attaching:
    case State::Leaving:
        break; // goes on with the answer
    }
}

void Attachments::subscribe(const TopicName &name)
{
    Topic *topic = m_writer->topics().find(name);
    if (!topic)
        return;
    setState(name, State::Attaching);
    wire::GetQuery get;
    get.what = wire::What::Desc | wire::What::Sub | wire::What::Data | wire::What::Aux;
    get.data = m_history->firstPage(topic);
    if (topic->timeline().messageCount() > 0) {
        get.what |= wire::What::Del;
        get.del.since = topic->info().clear + 1;
    }
    wire::Sub sub;
    sub.topic = name;
    sub.get = get;
    m_requests->ask(this, sub, [this, name](const Reply &reply) { takeSubscribed(name, reply); });
}

void Attachments::takeSubscribed(const TopicName &name, const Reply &reply)
{
    if (Topic *topic = m_writer->topics().find(name))
        m_history->noteFirstPage(topic, reply);
    const auto found = m_attachments.find(name);
    if (found == m_attachments.end() || found->state != State::Attaching)
        return;
    if (reply.ok()) {
        succeed(name, reply);
        return;
    }
    setState(name, State::Detached);
    if (reply.end == Reply::End::Cancelled)
        return;
    if (reply.end == Reply::End::TimedOut || isTemporary(reply.ctrl.code)) {
        retryLater(name, reply.ctrl.params ? reply.ctrl.params->retryAfter : 0);
        return;
    }
    qCInfo(lcService) << "attaching refused with code" << reply.ctrl.code;
    emit refused(name, m_attachments.take(name).reasons, reply.ctrl);
}

void Attachments::succeed(const TopicName &name, const Reply &reply)
{
    m_attachments[name].failures = 0;
    setState(name, State::Attached);
    if (reply.ctrl.code == 304) {
        // It was attached already, and then the server gives no parts (protocol.md §6.3).
        wire::Get get;
        get.topic = name;
        get.query.what = wire::What::Desc | wire::What::Sub;
        m_requests->ask(this, get, [this, name](const Reply &) { advance(name); });
        emit attached(name);
        return;
    }
    emit attached(name);
    advance(name);
}

void Attachments::catchUp(const TopicName &name)
{
    Topic *topic = m_writer->topics().find(name);
    if (!topic)
        return;
    if (isWanted(name, Reason::Filling))
        m_history->catchUp(topic, 1);
    else
        m_history->catchUp(topic, m_uncertain.contains(name) ? m_uncertain.value(name) + 1 : 0);
}

void Attachments::setUncertain(const TopicName &topic, Seq after)
{
    const auto known = m_uncertain.find(topic);
    if (known == m_uncertain.end())
        m_uncertain.insert(topic, after);
    else
        *known = std::min(*known, after);
}

void Attachments::restart(Topic *topic, Seq after)
{
    if (m_uncertain.contains(topic->name()))
        setUncertain(topic->name(), after);
    m_history->restart(topic);
}

void Attachments::leave(const TopicName &name)
{
    setState(name, State::Leaving);
    wire::Leave leave;
    leave.topic = name;
    m_requests->ask(this, leave, [this, name](const Reply &reply) {
        if (reply.end != Reply::End::Cancelled && m_attachments.contains(name)) {
            setState(name, State::Detached);
            if (m_attachments[name].reasons)
                advance(name);
            else
                m_attachments.remove(name);
        }
    });
}

void Attachments::retryLater(const TopicName &name, int hintMs)
{
    const int failures = ++m_attachments[name].failures;
    const auto delay = std::max(std::chrono::milliseconds(hintMs),
        std::min(m_timing.retryCap, m_timing.retryFirst * (1 << std::min(failures - 1, 10))));
    QTimer::singleShot(delay, this, [this, name, connection = m_connection] {
        if (connection == m_connection)
            advance(name);
    });
}

void Attachments::reattach(const TopicName &topic)
{
    const auto found = m_attachments.find(topic);
    if (found == m_attachments.end() || !m_running)
        return;
    if (found->state == State::Attached || found->state == State::Ready)
        leave(topic);
    else
        advance(topic);
}

void Attachments::noteDetached(const TopicName &topic)
{
    const auto found = m_attachments.find(topic);
    if (found == m_attachments.end() || found->state == State::Attaching)
        return;
    setState(topic, State::Detached);
    advance(topic);
}

void Attachments::noteAttached(const TopicName &topic)
{
    Attachment &attachment = m_attachments[topic];
    if (attachment.state == State::Detached)
        setState(topic, State::Attached);
    QMetaObject::invokeMethod(this, [this, topic] { advance(topic); }, Qt::QueuedConnection);
}

void Attachments::suspend(const TopicName &topic)
{
    if (m_attachments.contains(topic))
        setState(topic, State::Suspended);
}

void Attachments::resume(const TopicName &topic)
{
    const auto found = m_attachments.constFind(topic);
    if (found != m_attachments.constEnd() && found->state == State::Suspended)
        noteDetached(topic);
}

void Attachments::forget(const TopicName &topic)
{
    m_attachments.remove(topic);
    m_uncertain.remove(topic);
    m_history->forget(topic);
}

void Attachments::resume()
{
    m_running = true;
    const QList<TopicName> names = m_attachments.keys();
    // What the person looks at goes first.
    for (const bool opened : {true, false}) {
        for (const TopicName &name : names) {
            if (isWanted(name, Reason::Opened) == opened)
                advance(name);
        }
    }
}

void Attachments::reset()
{
    m_running = false;
    ++m_connection;
    for (auto it = m_attachments.begin(); it != m_attachments.end();) {
        it->failures = 0;
        setState(it.key(), State::Detached);
        it = it->reasons ? std::next(it) : m_attachments.erase(it);
    }
}

void Attachments::setState(const TopicName &name, State state)
{
    m_attachments[name].state = state;
    if (Topic *topic = m_writer->topics().find(name))
        topic->setAttached(state == State::Attached || state == State::Ready);
}

}
