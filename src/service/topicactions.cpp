#include "service/topicactions.h"

#include <QUuid>

#include <algorithm>

namespace confab {

namespace {

// Rights that the official clients give (protocol.md §1, §9.3).
const wire::AccessMode kPeerMode = wire::Access::Join | wire::Access::Read | wire::Access::Write
    | wire::Access::Presence | wire::Access::Share;

}

TopicActions::TopicActions(StoreWriter *writer, RequestTable *requests, Attachments *attachments,
    Roster *roster, QObject *parent)
    : QObject(parent)
    , m_writer(writer)
    , m_requests(requests)
    , m_attachments(attachments)
    , m_roster(roster)
{
}

void TopicActions::startChat(const UserId &user)
{
    if (m_writer->topics().find(user)) {
        emit ready(user);
        return;
    }
    wire::Sub sub;
    sub.topic = user;
    sub.set.emplace();
    sub.set->sub = wire::SetSub{{}, kPeerMode};
    sub.set->desc.emplace();
    sub.set->desc->defacs = wire::DefaultAccess{kPeerMode, {}};
    sub.get.emplace();
    sub.get->what = wire::What::Desc;
    m_requests->ask(this, sub, [this, user](const Reply &reply) {
        if (!reply.ok()) {
            fail(reply);
            return;
        }
        addSubscribed(user, reply, {});
        emit ready(user);
    });
}

void TopicActions::createGroup(const QString &name, const QList<UserId> &members)
{
    Creation creation;
    creation.nonce = QUuid::createUuid().toString(QUuid::Id128);
    creation.card.name = name;
    creation.members = members;
    m_creations.append(creation);
    create(m_creations.last());
}

void TopicActions::create(Creation &creation)
{
    ++creation.tries;
    wire::Sub sub;
    sub.topic = QStringLiteral("new") + creation.nonce;
    sub.set.emplace();
    sub.set->desc.emplace();
    sub.set->desc->pub = creation.card.toPublic();
    sub.set->desc->priv = wire::privateWithNonce(creation.nonce);
    sub.get.emplace();
    sub.get->what = wire::What::Desc;
    m_requests->ask(this, sub,
        [this, nonce = creation.nonce](const Reply &reply) { takeCreated(nonce, reply); });
}

void TopicActions::takeCreated(const QString &nonce, const Reply &reply)
{
    const Creation *asked = creation(nonce);
    if (!asked)
        return;
    if (reply.end == Reply::End::Cancelled)
        return; // resume() finds out what has become of it
    if (reply.end == Reply::End::TimedOut && asked->tries < kMaxTries) {
        findOut();
        return;
    }
    const Creation creation = *asked;
    m_creations.removeIf([&](const Creation &other) { return other.nonce == nonce; });
    if (!reply.ok() || reply.ctrl.topic.isEmpty()) {
        fail(reply);
        return;
    }
    addSubscribed(reply.ctrl.topic, reply, creation.card);
    m_attachments->want(reply.ctrl.topic, Reason::Inviting);
    invite(reply.ctrl.topic, creation.members);
}

void TopicActions::findOut()
{
    wire::Get get;
    get.topic = QStringLiteral("me");
    get.query.what = wire::What::Sub;
    m_requests->ask(this, get, [this](const Reply &reply) {
        if (reply.ok())
            resume(reply.subs);
    });
}

TopicActions::Creation *TopicActions::creation(const QString &nonce)
{
    const auto found = std::find_if(m_creations.begin(), m_creations.end(),
        [&nonce](const Creation &each) { return each.nonce == nonce; });
    return found == m_creations.end() ? nullptr : &*found;
}

void TopicActions::resume(const QList<wire::Subscription> &chats)
{
    const QList<Creation> creations = m_creations;
    for (const Creation &creation : creations) {
        const auto made = std::find_if(chats.begin(), chats.end(), [&](const auto &chat) {
            return wire::privateNonce(chat.priv) == creation.nonce;
        });
        if (made == chats.end()) {
            create(*this->creation(creation.nonce));
            continue;
        }
        m_creations.removeIf([&](const Creation &other) { return other.nonce == creation.nonce; });
        m_attachments->want(made->topic, Reason::Inviting);
        invite(made->topic, creation.members);
    }
}

void TopicActions::addSubscribed(const TopicName &name, const Reply &reply, const wire::Card &card)
{
    TopicInfo info;
    if (const Topic *known = m_writer->topics().find(name)) // presence may have been faster
        info = known->info();
    info.name = name;
    if (!card.name.isEmpty())
        info.card = card;
    if (reply.ctrl.params && reply.ctrl.params->acs)
        info.acs = reply.ctrl.params->acs;
    Topic *topic = m_writer->add(info);
    m_writer->setOld(name, 0);
    if (reply.desc) {
        m_roster->takeDesc(topic, *reply.desc);
        m_writer->setOld(name, reply.desc->seq);
    }
    m_attachments->noteAttached(name);
}

/// One after the other, so that a refusal is told with its name.
void TopicActions::invite(const TopicName &group, QList<UserId> members)
{
    if (members.isEmpty()) {
        m_attachments->unwant(group, Reason::Inviting);
        emit ready(group);
        return;
    }
    wire::Set set;
    set.topic = group;
    set.query.sub = wire::SetSub{members.takeFirst(), kPeerMode};
    m_requests->ask(this, set, [this, group, members](const Reply &reply) {
        if (reply.end == Reply::End::Cancelled) {
            m_attachments->unwant(group, Reason::Inviting);
            fail(reply);
            return;
        }
        if (!reply.ok())
            fail(reply);
        invite(group, members);
    });
}

void TopicActions::leaveTopic(const TopicName &topic)
{
    Topic *known = m_writer->topics().find(topic);
    if (!known)
        return;
    const auto takeReply = [this, topic](const Reply &reply) {
        if (reply.ok() || reply.ctrl.code == 404 || reply.ctrl.code == 410) {
            emit left(topic);
            m_roster->remove(topic);
        } else {
            fail(reply);
        }
    };
    const bool isOwner = known->info().acs && known->info().acs->has(wire::Access::Owner);
    if (isOwner) {
        // An owner can't leave, and what the server offers instead would take the chat from everybody.
        emit failed(ServiceErrors::make(ErrorKind::NotAllowed));
    } else if (m_attachments->isAttached(topic)) {
        wire::Leave leave;
        leave.topic = topic;
        leave.unsub = true;
        m_requests->ask(this, leave, takeReply);
    } else {
        wire::Del del; // the same for somebody who is not the owner (protocol.md §5)
        del.topic = topic;
        del.what = wire::Del::Kind::Topic;
        m_requests->ask(this, del, takeReply);
    }
}

void TopicActions::requestWriting(const TopicName &topic)
{
    const Topic *known = m_writer->topics().find(topic);
    if (!known)
        return;
    const auto acs = known->info().acs;
    wire::Set set;
    set.topic = topic;
    set.query.sub = wire::SetSub{{}, (acs ? acs->want : wire::AccessMode()) | kPeerMode};
    m_requests->ask(this, set, [this, topic](const Reply &reply) {
        Topic *there = m_writer->topics().find(topic);
        if (!reply.ok())
            fail(reply);
        else if (there && reply.ctrl.params && reply.ctrl.params->acs)
            m_writer->update(there, [&](TopicInfo &info) { info.acs = reply.ctrl.params->acs; });
    });
}

void TopicActions::setDisplayName(const QString &name)
{
    wire::Card card = m_writer->topics().selfCard();
    card.name = name;
    wire::Set set;
    set.topic = QStringLiteral("me");
    set.query.desc.emplace();
    wire::Card change; // merged by the server, so that nothing else of the card is touched
    change.name = name;
    set.query.desc->pub = change.toPublic();
    m_requests->ask(this, set, [this, card](const Reply &reply) {
        if (reply.ok())
            m_writer->setSelf(m_writer->self(), card);
        else
            fail(reply);
    });
}

void TopicActions::fail(const Reply &reply)
{
    emit failed(reply.error());
}

}
