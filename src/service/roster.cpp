#include "service/roster.h"

#include "service/servicelog.h"

#include <QDateTime>
#include <QSet>

#include <algorithm>

namespace confab {

namespace {

bool mayJoin(const std::optional<wire::Acs> &acs)
{
    return !acs || acs->has(wire::Access::Join); // absent means unknown (protocol.md §11)
}

bool isConversation(const TopicName &name)
{
    switch (wire::topicKind(name)) {
    case wire::TopicKind::Direct:
    case wire::TopicKind::Group:
    case wire::TopicKind::Channel:
    case wire::TopicKind::Self:
    case wire::TopicKind::System:
        return true;
    case wire::TopicKind::Me:
    case wire::TopicKind::Find:
    case wire::TopicKind::NewGroup:
    case wire::TopicKind::NewChannel:
    case wire::TopicKind::Unknown:
        return false;
    }
    return false;
}

/// What desc and sub entries have in common.
template <typename Part>
void applyPart(TopicInfo &info, const Part &part)
{
    if (!part.pub.isAbsent())
        info.card = wire::Card::fromPublic(part.pub);
    if (!part.priv.isAbsent())
        info.comment = wire::privateComment(part.priv);
    if (part.acs)
        info.acs = part.acs;
    info.seq = std::max(info.seq, part.seq);
    info.read = std::max(info.read, part.read);
    info.recv = std::max(info.recv, part.recv);
    if (part.subcnt > 0)
        info.memberCount = part.subcnt;
    if (part.updated.isValid())
        info.updated = part.updated;
    if (part.touched.isValid() && (!info.touched.isValid() || part.touched > info.touched))
        info.touched = part.touched;
    if (part.seen && part.seen->when.isValid())
        info.lastSeen = part.seen->when;
}

std::optional<wire::Acs> withDelta(const std::optional<wire::Acs> &base, const wire::AccessDelta &delta)
{
    const wire::Acs before = base.value_or(wire::Acs());
    wire::Acs after = before;
    if (!delta.want.isEmpty())
        after.want = wire::applyAccessDelta(before.want, delta.want).value_or(before.want);
    if (!delta.given.isEmpty())
        after.given = wire::applyAccessDelta(before.given, delta.given).value_or(before.given);
    return after;
}

}

Roster::Roster(StoreWriter *writer, RequestTable *requests, Attachments *attachments,
    Previews *previews, QObject *parent)
    : QObject(parent)
    , m_writer(writer)
    , m_requests(requests)
    , m_attachments(attachments)
    , m_previews(previews)
{
}

void Roster::noteConnecting()
{
    m_seqBefore.clear();
    for (int row = 0; row < m_writer->topics().count(); ++row) {
        const TopicInfo &info = m_writer->topics().at(row)->info();
        m_seqBefore.insert(info.name, info.seq);
    }
}

void Roster::startOver()
{
    m_synced = false;
    noteConnecting();
}

/// Only with what was known before this connection: in it a live message may overtake a list.
void Roster::checkHistory(Topic *topic, const std::optional<wire::Acs> &acs, Seq seq)
{
    const bool mayRead = !acs || acs->has(wire::Access::Read); // others are told no number
    if (!mayRead || seq >= m_seqBefore.value(topic->name()))
        return;
    m_seqBefore.remove(topic->name());
    emit historyWentBack(topic, seq);
}

void Roster::takeFullList(const QList<wire::Subscription> &chats)
{
    QSet<TopicName> listed;
    for (const wire::Subscription &chat : chats) {
        if (!chat.deleted.isValid() && mayJoin(chat.acs))
            listed.insert(chat.topic);
    }
    QList<TopicName> gone;
    for (int row = 0; row < m_writer->topics().count(); ++row) {
        const TopicName name = m_writer->topics().at(row)->name();
        // Saved messages are there before the server knows of them; new groups have no name yet.
        if (!listed.contains(name) && isConversation(name) && name != QLatin1String("slf"))
            gone.append(name);
    }
    for (const TopicName &name : std::as_const(gone))
        remove(name);
    if (!std::exchange(m_synced, true)) {
        for (int row = 0; row < m_writer->topics().count(); ++row) {
            const Topic *topic = m_writer->topics().at(row);
            m_writer->setOld(topic->name(), topic->info().seq);
        }
    }
}

void Roster::takeMeta(const wire::Meta &meta)
{
    if (meta.desc && !meta.desc->pub.isAbsent())
        m_writer->setSelf(m_writer->self(), wire::Card::fromPublic(meta.desc->pub));
    if (!meta.sub)
        return;
    for (const wire::Subscription &chat : *meta.sub)
        takeChat(chat);
}

void Roster::takeChat(const wire::Subscription &chat)
{
    if (!isConversation(chat.topic))
        return;
    Topic *topic = m_writer->topics().find(chat.topic);
    if (chat.deleted.isValid() || !mayJoin(chat.acs)) {
        if (topic)
            remove(chat.topic);
        return;
    }
    if (topic)
        checkHistory(topic, chat.acs, chat.seq);
    const bool isNew = !topic;
    TopicInfo info = topic ? topic->info() : TopicInfo();
    info.name = chat.topic;
    applyPart(info, chat);
    if (isNew)
        info.pinned = chat.topic == QLatin1String("slf");
    if (isNew) {
        info.recv = std::clamp(info.recv, 0, info.seq);
        info.read = std::clamp(info.read, 0, info.seq);
        topic = m_writer->add(info);
        // A chat that turns up later is news with its last message, not with all its past.
        if (m_synced)
            m_writer->setOld(chat.topic, std::max(info.read, info.seq - 1));
    } else {
        m_writer->update(topic, [&](TopicInfo &known) { known = info; });
    }
    if (chat.online)
        topic->setOnline(*chat.online);
    if (topic->kind() == wire::TopicKind::Direct && !chat.pub.isAbsent())
        m_writer->noteUser(chat.topic, wire::Card::fromPublic(chat.pub));
    if (m_synced && topic->info().seq > topic->info().preview.seq)
        m_previews->want(chat.topic);
}

void Roster::takeDesc(Topic *topic, const wire::TopicDesc &desc)
{
    checkHistory(topic, desc.acs ? desc.acs : topic->info().acs, desc.seq);
    m_writer->update(topic, [&](TopicInfo &info) {
        applyPart(info, desc);
        // Without messages of ours there is nothing that an old deletion could concern.
        if (info.preview.seq == 0)
            info.clear = std::max(info.clear, desc.clear);
    });
    if (desc.online)
        topic->setOnline(*desc.online);
    if (topic->kind() == wire::TopicKind::Direct && !desc.pub.isAbsent())
        m_writer->noteUser(topic->name(), wire::Card::fromPublic(desc.pub));
}

void Roster::takePresence(const wire::Pres &pres)
{
    const TopicName src = pres.src;
    if (src.isEmpty() || src == QLatin1String("me") || src == m_writer->self()) {
        if (pres.what == wire::PresKind::Updated)
            fetchSelf();
        else if (pres.what == wire::PresKind::Term)
            emit meLost();
        return;
    }
    if (Topic *topic = m_writer->topics().find(src)) {
        takeChatPresence(topic, pres);
        return;
    }
    const bool mayBeNew = pres.what == wire::PresKind::Access || pres.what == wire::PresKind::Message
        || pres.what == wire::PresKind::On || pres.what == wire::PresKind::Updated;
    if (mayBeNew && isConversation(src))
        fetchChat(src);
}

void Roster::takeChatPresence(Topic *topic, const wire::Pres &pres)
{
    const TopicName name = topic->name();
    switch (pres.what) {
    case wire::PresKind::On:
        topic->setOnline(true);
        break;
    case wire::PresKind::Off:
        topic->setOnline(false);
        if (topic->kind() == wire::TopicKind::Direct) {
            const QDateTime now = m_writer->clock().now();
            m_writer->update(topic, [&now](TopicInfo &info) { info.lastSeen = now; });
        }
        break;
    case wire::PresKind::Message:
        noteNewMessage(topic, pres);
        break;
    case wire::PresKind::Read:
        m_writer->noteMark(topic, pres.seq, true);
        break;
    case wire::PresKind::Received:
        m_writer->noteMark(topic, pres.seq, false);
        break;
    case wire::PresKind::Updated:
        fetchChat(name);
        break;
    case wire::PresKind::Access:
        noteAccess(topic, pres);
        break;
    case wire::PresKind::Gone:
        remove(name);
        break;
    case wire::PresKind::Term:
        m_attachments->noteDetached(name);
        break;
    case wire::PresKind::Deleted:
        emit deletionsDue(name);
        break;
    case wire::PresKind::Tags:
    case wire::PresKind::Aux:
    case wire::PresKind::UserAgent:
        break; // nothing of it is shown
    }
}

void Roster::noteNewMessage(Topic *topic, const wire::Pres &pres)
{
    m_writer->update(topic, [&](TopicInfo &info) {
        info.seq = std::max(info.seq, pres.seq);
        if (pres.act.isEmpty() || pres.act == m_writer->self()) // sent by another program of ours
            info.read = std::max(info.read, pres.seq);
        info.touched = m_writer->clock().now();
    });
    m_previews->want(topic->name());
}

void Roster::noteAccess(Topic *topic, const wire::Pres &pres)
{
    const bool isOurs = pres.tgt.isEmpty() || pres.tgt == m_writer->self();
    if (!isOurs || !pres.dacs)
        return;
    const std::optional<wire::Acs> acs = withDelta(topic->info().acs, *pres.dacs);
    if (mayJoin(acs)) {
        m_writer->update(topic, [&](TopicInfo &info) { info.acs = acs; });
        return;
    }
    // The deltas may rest on a base that we never had: ask before a chat is dropped.
    fetchChat(topic->name());
}

void Roster::remove(const TopicName &name)
{
    m_attachments->forget(name);
    emit removed(name);
    m_writer->remove(name);
}

void Roster::ensureSavedMessages()
{
    if (m_writer->topics().find(QStringLiteral("slf")) || std::exchange(m_askedForSaved, true))
        return;
    wire::Sub sub;
    sub.topic = QStringLiteral("slf");
    sub.get.emplace();
    sub.get->what = wire::What::Desc;
    m_requests->ask(this, sub, [this](const Reply &reply) {
        if (!reply.ok()) {
            qCInfo(lcService) << "no saved messages here:" << reply.ctrl.code;
            return;
        }
        wire::Subscription chat;
        chat.topic = QStringLiteral("slf");
        if (reply.desc) {
            chat.acs = reply.desc->acs;
            chat.seq = reply.desc->seq;
            chat.touched = reply.desc->touched;
        }
        takeChat(chat);
        m_attachments->noteAttached(chat.topic);
    });
}

void Roster::noteEvicted(const TopicName &name)
{
    m_attachments->suspend(name);
    fetchChat(name);
}

void Roster::fetchChat(const TopicName &name)
{
    wire::Get get;
    get.topic = QStringLiteral("me");
    get.query.what = wire::What::Sub;
    get.query.sub.topic = name;
    // The router has handed what came to takeMeta() by then.
    m_requests->ask(this, get, [this, name](const Reply &reply) {
        if (reply.ok() && reply.subs.isEmpty() && m_writer->topics().find(name))
            remove(name);
        else if (reply.ok())
            m_attachments->resume(name);
    });
}

void Roster::fetchSelf()
{
    wire::Get get;
    get.topic = QStringLiteral("me");
    get.query.what = wire::What::Desc;
    m_requests->ask(this, get, [](const Reply &) {});
}

void Roster::reset()
{
    m_askedForSaved = false;
}

}
