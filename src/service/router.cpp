#include "service/router.h"

#include "service/servicelog.h"
#include "wire/pins.h"

#include <algorithm>

namespace confab {

namespace {

constexpr int kNoContent = 204; // of a part that is empty

}

Router::Router(const Parts &parts, const ServiceTiming &timing, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_gapWait(timing.gapWait)
{
    m_gapTimer.setSingleShot(true);
    connect(&m_gapTimer, &QTimer::timeout, this, &Router::closeGaps);
    connect(parts.roster, &Roster::deletionsDue, this, [this](const TopicName &topic) {
        if (m_parts.attachments->isAttached(topic))
            fetch(topic, wire::What::Del);
    });
}

void Router::take(const QList<wire::ServerMessage> &batch, bool more)
{
    m_more = more;
    for (const wire::ServerMessage &message : batch) {
        if (!m_parts.requests->isOpen())
            break;
        const auto *data = std::get_if<wire::Data>(&message);
        if (!m_run.isEmpty() && (!data || data->topic != m_runTopic))
            deliverRun();
        std::visit([this](const auto &packet) { route(packet); }, message);
    }
    deliverRun();
}

void Router::reset()
{
    m_run.clear();
    m_gaps.clear();
    m_gapTimer.stop();
    m_more = false;
}

void Router::route(const wire::Ctrl &ctrl)
{
    m_parts.writer->clock().note(ctrl.ts);
    Topic *topic = ctrl.code == kNoContent ? known(ctrl.topic) : nullptr;
    if (topic && ctrl.params && ctrl.params->what == QLatin1String("aux"))
        m_parts.writer->setPins(topic, {}); // the last was taken away
    if (!m_parts.requests->take(ctrl))
        routeUnasked(ctrl);
}

void Router::routeUnasked(const wire::Ctrl &ctrl)
{
    if (!ctrl.id.isEmpty())
        return; // of a request that had its outcome
    if (ctrl.code != 205) {
        qCInfo(lcService) << "a reply without id, code" << ctrl.code;
        return;
    }
    if (ctrl.topic.isEmpty()) {
        emit serverStopping(std::chrono::milliseconds(ctrl.params ? ctrl.params->retryAfter : 0));
    } else if (known(ctrl.topic)) {
        if (ctrl.params && ctrl.params->unsub.value_or(false))
            m_parts.roster->remove(ctrl.topic);
        else
            m_parts.roster->noteEvicted(ctrl.topic);
    }
}

void Router::route(const wire::Data &data)
{
    Topic *topic = known(data.topic);
    if (!topic) {
        qCInfo(lcService) << "a message for a topic that is not ours was dropped";
        return;
    }
    noteGap(topic, data.seq);
    m_runTopic = data.topic;
    m_runNewest = m_run.isEmpty() ? data.seq : std::max(m_runNewest, Seq(data.seq));
    m_run.append(StoreWriter::fromWire(data));
}

void Router::deliverRun()
{
    const QList<Message> run = std::exchange(m_run, {});
    Topic *topic = run.isEmpty() ? nullptr : known(m_runTopic);
    if (!topic)
        return;
    Seq newest = 0;
    for (const Message &message : run) {
        newest = std::max(newest, message.seq);
        if (!message.from.isEmpty())
            m_parts.receipts->stopTyping(topic, message.from);
    }
    const TopicName name = m_runTopic; // signals may end up here again
    QList<Message> live;
    QList<Message> filling;
    for (const Message &message : run) {
        const bool isFar = m_parts.history->isFarPageOf(name, message.seq);
        (isFar ? filling : live).append(message);
    }
    if (!live.isEmpty())
        m_parts.writer->take(topic, live, Origin::Server);
    if (!filling.isEmpty())
        m_parts.writer->take(topic, filling, Origin::Backfill);
    m_parts.history->noteArrived(name, run);
    m_parts.receipts->noteReceived(name, newest);
}

void Router::noteGap(Topic *topic, Seq seq)
{
    const Seq last = std::max(topic->info().seq, m_run.isEmpty() ? 0 : m_runNewest);
    if (seq <= last + 1 || m_parts.history->isPageOf(topic->name(), seq))
        return;
    if (!m_gaps.contains(topic->name()))
        m_gaps.insert(topic->name(), QDeadlineTimer(m_gapWait));
    if (!m_gapTimer.isActive())
        waitForGaps();
}

void Router::waitForGaps()
{
    if (m_gaps.isEmpty())
        return;
    const auto first = std::min_element(m_gaps.cbegin(), m_gaps.cend());
    m_gapTimer.start(m_more ? m_gapWait : std::chrono::ceil<std::chrono::milliseconds>(
                         first->remainingTimeAsDuration()));
}

void Router::closeGaps()
{
    QList<TopicName> due;
    for (auto gap = m_gaps.cbegin(); !m_more && gap != m_gaps.cend(); ++gap) {
        if (gap->hasExpired())
            due.append(gap.key());
    }
    for (const TopicName &name : std::as_const(due)) {
        m_gaps.remove(name);
        Topic *topic = known(name);
        if (topic && m_parts.attachments->isReady(name))
            m_parts.history->catchUp(topic);
    }
    waitForGaps();
}

void Router::route(const wire::Meta &meta)
{
    if (meta.topic == QLatin1String("me"))
        m_parts.roster->takeMeta(meta);
    else if (Topic *topic = known(meta.topic))
        takeTopicMeta(topic, meta);
    m_parts.requests->take(meta);
}

void Router::takeTopicMeta(Topic *topic, const wire::Meta &meta)
{
    if (meta.desc)
        m_parts.roster->takeDesc(topic, *meta.desc);
    if (meta.sub)
        takeMembers(topic, *meta.sub);
    if (!meta.aux.isAbsent())
        m_parts.writer->setPins(topic, wire::pinsOfAux(meta.aux));
    if (meta.del) {
        m_parts.writer->removeDeleted(topic, *meta.del);
        m_parts.history->noteDeleted(topic->name(), meta.del->ranges);
    }
}

void Router::takeMembers(Topic *topic, const QList<wire::Subscription> &members)
{
    for (const wire::Subscription &entry : members) {
        if (!wire::isUserId(entry.user))
            continue;
        if (entry.deleted.isValid()) {
            topic->removeMember(entry.user);
            continue;
        }
        const Member *before = topic->member(entry.user);
        Member member = before ? *before : Member();
        member.user = entry.user;
        if (!entry.pub.isAbsent())
            member.card = wire::Card::fromPublic(entry.pub);
        if (entry.acs)
            member.acs = entry.acs;
        member.read = std::max(member.read, entry.read);
        member.recv = std::max({member.recv, entry.recv, member.read});
        if (entry.online)
            member.online = *entry.online;
        topic->setMember(member);
        m_parts.writer->noteUser(member.user, member.card);
    }
}

void Router::route(const wire::Pres &pres)
{
    if (pres.topic == QLatin1String("me"))
        m_parts.roster->takePresence(pres);
    else if (Topic *topic = known(pres.topic))
        routeTopicPresence(topic, pres);
}

void Router::routeTopicPresence(Topic *topic, const wire::Pres &pres)
{
    const TopicName name = topic->name();
    switch (pres.what) {
    case wire::PresKind::On:
    case wire::PresKind::Off:
        if (const Member *known = topic->member(pres.src)) {
            Member member = *known;
            member.online = pres.what == wire::PresKind::On;
            topic->setMember(member);
        } else if (pres.what == wire::PresKind::On && wire::isUserId(pres.src)) {
            fetch(name, wire::What::Sub, pres.src);
        }
        break;
    case wire::PresKind::Updated:
        if (wire::isUserId(pres.src))
            fetch(name, wire::What::Sub, pres.src);
        else
            fetch(name, wire::What::Desc);
        break;
    case wire::PresKind::Access:
        noteMemberAccess(topic, pres);
        break;
    case wire::PresKind::Deleted:
        m_parts.writer->removeDeleted(topic, {pres.clear, pres.delseq});
        m_parts.history->noteDeleted(name, pres.delseq);
        break;
    case wire::PresKind::Aux:
        fetch(name, wire::What::Aux);
        break;
    case wire::PresKind::Term:
        m_parts.attachments->noteDetached(name);
        break;
    case wire::PresKind::Gone:
        m_parts.roster->remove(name);
        break;
    case wire::PresKind::Message:
    case wire::PresKind::Read:
    case wire::PresKind::Received:
    case wire::PresKind::Tags:
    case wire::PresKind::UserAgent:
        break; // come on `me`, or show nowhere
    }
}

/// Members' rights come as deltas, which need the whole they rest on: ask for it.
void Router::noteMemberAccess(Topic *topic, const wire::Pres &pres)
{
    const UserId user = pres.tgt.isEmpty() ? UserId(pres.src) : pres.tgt;
    const bool isGone = pres.dacs
        && (pres.dacs->want == QLatin1String("N") || pres.dacs->given == QLatin1String("N"));
    if (!wire::isUserId(user) || user == m_parts.writer->self())
        fetch(topic->name(), wire::What::Desc);
    else if (isGone && topic->kind() == wire::TopicKind::Group)
        topic->removeMember(user);
    else
        fetch(topic->name(), wire::What::Sub, user);
}

void Router::route(const wire::Info &info)
{
    if (Topic *topic = known(info.src.isEmpty() ? info.topic : info.src))
        m_parts.receipts->take(topic, info);
}

void Router::fetch(const TopicName &topic, wire::Whats what, const UserId &user)
{
    wire::Get get;
    get.topic = topic;
    get.query.what = what;
    get.query.sub.user = user;
    if (Topic *asked = known(topic); asked && what.testFlag(wire::What::Del))
        get.query.del.since = asked->info().clear + 1;
    m_parts.requests->ask(this, get, [](const Reply &) {}); // what comes goes through route()
}

Topic *Router::known(const TopicName &name) const
{
    return m_parts.writer->topics().find(name);
}

}
