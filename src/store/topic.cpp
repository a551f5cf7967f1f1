#include "store/topic.h"

#include <algorithm>

namespace confab {

namespace {

TopicInfo withOrderedMarks(TopicInfo info)
{
    info.seq = std::max(info.seq, 0);
    info.read = std::clamp(info.read, 0, info.seq);
    info.recv = std::clamp(info.recv, info.read, info.seq);
    return info;
}

}

Topic::Topic(TopicInfo info, QObject *parent)
    : QObject(parent)
    , m_info(withOrderedMarks(std::move(info)))
    , m_kind(wire::topicKind(m_info.name))
{
    m_unread = m_timeline.unreadAfter(m_info.read, m_info.seq);
    connect(&m_timeline, &Timeline::rowsInserted, this, &Topic::notePending);
    connect(&m_timeline, &Timeline::rowsRemoved, this, &Topic::notePending);
    connect(&m_timeline, &Timeline::rowMoved, this, &Topic::notePending);
    connect(&m_timeline, &Timeline::rowsChanged, this, &Topic::notePending);
}

QString Topic::title() const
{
    if (!m_info.card.name.isEmpty())
        return m_info.card.name;
    return m_kind == wire::TopicKind::Self ? tr("Saved messages") : m_info.name;
}

bool Topic::canWrite() const
{
    return !m_info.acs || m_info.acs->has(wire::Access::Write);
}

const Member *Topic::member(const UserId &user) const
{
    const int row = m_memberRows.value(user, -1);
    return row < 0 ? nullptr : &m_members.at(row);
}

Delivery Topic::deliveryOf(Seq seq, const UserId &from, const UserId &self) const
{
    if (from.isEmpty() || from != self)
        return Delivery::None;
    const auto reached = [&](Seq Member::*mark) {
        return std::any_of(m_members.begin(), m_members.end(), [&](const Member &member) {
            return member.*mark >= seq && member.user != self;
        });
    };
    if (reached(&Member::read))
        return Delivery::Read;
    return reached(&Member::recv) ? Delivery::Received : Delivery::Sent;
}

void Topic::setInfo(const TopicInfo &info)
{
    TopicInfo ordered = withOrderedMarks(info);
    if (ordered == m_info)
        return;
    const bool samePins = ordered.pins == m_info.pins;
    m_info = std::move(ordered);
    m_unread = m_timeline.unreadAfter(m_info.read, m_info.seq);
    m_kind = wire::topicKind(m_info.name);
    emit changed();
    if (!samePins)
        emit pinsChanged();
}

void Topic::noteUnread()
{
    const int unread = m_timeline.unreadAfter(m_info.read, m_info.seq);
    if (std::exchange(m_unread, unread) != unread)
        emit changed();
}

void Topic::setOnline(bool online)
{
    if (m_online == online)
        return;
    m_online = online;
    emit changed();
}

void Topic::setMembers(const QList<Member> &members)
{
    if (members == m_members)
        return;
    m_members = members;
    indexMembers();
    emit changed();
    emit marksChanged();
}

void Topic::setMember(const Member &member)
{
    const int row = m_memberRows.value(member.user, -1);
    const Member before = row < 0 ? Member{} : m_members.at(row);
    if (row < 0) {
        m_memberRows.insert(member.user, int(m_members.size()));
        m_members.append(member);
    } else {
        m_members[row] = member;
    }
    Member sameMarks = member;
    sameMarks.read = before.read;
    sameMarks.recv = before.recv;
    if (sameMarks != before)
        emit changed();
    if (member.read != before.read || member.recv != before.recv)
        emit marksChanged();
}

void Topic::removeMember(const UserId &user)
{
    const int row = m_memberRows.value(user, -1);
    if (row < 0)
        return;
    m_members.removeAt(row);
    indexMembers();
    m_typing.removeAll(user);
    emit changed();
    emit marksChanged();
}

void Topic::indexMembers()
{
    m_memberRows.clear();
    for (int row = 0; row < int(m_members.size()); ++row)
        m_memberRows.insert(m_members.at(row).user, row);
}

void Topic::setTyping(const UserId &user, bool typing)
{
    if (m_typing.contains(user) == typing)
        return;
    if (typing)
        m_typing.append(user);
    else
        m_typing.removeAll(user);
    emit changed();
}

void Topic::forgetPresence()
{
    bool known = m_online || !m_typing.isEmpty();
    for (Member &member : m_members) {
        known = known || member.online;
        member.online = false;
    }
    m_online = false;
    m_typing.clear();
    if (known)
        emit changed();
}

void Topic::setDraft(const Draft &draft)
{
    if (m_draft == draft)
        return;
    const bool shown = m_draft.text != draft.text;
    m_draft = draft;
    if (shown)
        emit changed();
}

void Topic::setAttached(bool attached)
{
    if (std::exchange(m_attached, attached) != attached)
        emit loadingChanged();
}

void Topic::setLoading(bool loading)
{
    if (m_loading == loading)
        return;
    m_loading = loading;
    emit loadingChanged();
}

void Topic::setAtStart(bool atStart)
{
    if (m_atStart == atStart)
        return;
    m_atStart = atStart;
    emit loadingChanged();
}

const PendingMessage *Topic::waiting() const
{
    const int rows = m_timeline.count();
    if (m_timeline.pendingCount() == 0)
        return nullptr;
    for (int row = rows - 1; m_timeline.failedCount() > 0 && row >= 0; --row) {
        if (m_timeline.pending(row).state == Delivery::Failed)
            return &m_timeline.pending(row);
    }
    return &m_timeline.pending(rows - 1);
}

void Topic::notePending()
{
    const PendingMessage *message = waiting();
    const QString cid = message ? message->cid : QString();
    const Delivery state = message ? message->state : Delivery::None;
    if (cid == m_waitingCid && state == m_waitingState)
        return;
    m_waitingCid = cid;
    m_waitingState = state;
    emit changed();
}

}
