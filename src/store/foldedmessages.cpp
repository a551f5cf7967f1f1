#include "store/foldedmessages.h"

#include "wire/drafty/attachments.h"

#include <QSet>

#include <algorithm>

namespace confab {

namespace {

bool isWithin(Seq seq, const QList<SeqRange> &ranges)
{
    return std::any_of(ranges.begin(), ranges.end(),
        [seq](const SeqRange &range) { return range.low <= seq && seq < range.hi; });
}

bool comesFirst(const Message &a, const Message &b)
{
    return a.seq < b.seq;
}

/// An edit's words at its original's place: number, sender, time and cid stay the original's.
Message applied(const Message &original, const wire::Head &head, const wire::JsonBlob &content,
    const QString &text)
{
    Message result = original;
    result.head = head;
    result.head.setReplaces(0);
    result.head.setCid(original.head.cid());
    if (result.head.replyTo() == 0)
        result.head.setReplyTo(original.head.replyTo());
    result.content = content;
    result.text = text;
    result.edited = true;
    return result;
}

void insertInOrder(QList<Message> &messages, const Message &message)
{
    messages.insert(
        std::upper_bound(messages.begin(), messages.end(), message, comesFirst), message);
}

/// What one message answers to this poll; empty if nothing.
QString choiceOf(const wire::JsonBlob &content, Seq poll)
{
    const std::optional<wire::FormReply> reply = wire::formReply(content);
    return reply && reply->seq == poll && !reply->answers.isEmpty() ? reply->answers.firstKey()
                                                                    : QString();
}

template <typename Group>
void addUser(QList<Group> &groups, QString Group::*key, const QString &value, const UserId &user)
{
    const auto found = std::find_if(
        groups.begin(), groups.end(), [&](const Group &group) { return group.*key == value; });
    if (found == groups.end())
        groups.append(Group{value, {user}});
    else if (!found->users.contains(user))
        found->users.append(user);
}

}

Seq FoldedMessages::rowOf(Seq seq) const
{
    // An edit of a reaction is two steps away; numbers that name each other lead nowhere.
    for (int step = 0; step < 3; ++step) {
        const Seq target = m_targets.value(seq);
        if (target == 0)
            return seq;
        seq = target;
    }
    return seq;
}

Seq FoldedMessages::add(const Message &message)
{
    const Seq target = message.head.foldsOnto();
    m_targets.insert(message.seq, target);
    insertInOrder(m_parts[target], message);
    return rowOf(message.seq);
}

QList<Seq> FoldedMessages::remove(const QList<SeqRange> &ranges)
{
    QList<Seq> touched;
    for (auto part = m_targets.begin(); part != m_targets.end();) {
        if (!isWithin(part.key(), ranges)) {
            ++part;
            continue;
        }
        touched.append(rowOf(part.key()));
        QList<Message> &siblings = m_parts[part.value()];
        siblings.removeIf(
            [seq = part.key()](const Message &message) { return message.seq == seq; });
        if (siblings.isEmpty())
            m_parts.remove(part.value());
        part = m_targets.erase(part);
    }
    for (QList<Message> &rows : m_answerRows)
        rows.removeIf([&ranges](const Message &message) { return isWithin(message.seq, ranges); });
    return touched;
}

void FoldedMessages::clear()
{
    m_parts.clear();
    m_targets.clear();
    m_answerRows.clear();
}

Seq FoldedMessages::addPending(const PendingMessage &message)
{
    m_pending.append(message);
    return rowOf(message.head.foldsOnto());
}

Seq FoldedMessages::setPendingState(const QString &cid, Delivery state)
{
    for (PendingMessage &message : m_pending) {
        if (message.cid == cid) {
            message.state = state;
            return rowOf(message.head.foldsOnto());
        }
    }
    return 0;
}

const PendingMessage *FoldedMessages::pending(const QString &cid) const
{
    const auto found = std::find_if(m_pending.begin(), m_pending.end(),
        [&cid](const PendingMessage &message) { return message.cid == cid; });
    return found == m_pending.end() ? nullptr : &*found;
}

PendingMessage FoldedMessages::takePending(const QString &cid)
{
    for (qsizetype i = 0; i < m_pending.size(); ++i) {
        if (m_pending.at(i).cid == cid)
            return m_pending.takeAt(i);
    }
    return {};
}

void FoldedMessages::readdressPending(const TopicName &topic)
{
    for (PendingMessage &message : m_pending)
        message.topic = topic;
}

void FoldedMessages::noteAnswer(const Message &message)
{
    if (const std::optional<wire::FormReply> reply = wire::formReply(message.content))
        insertInOrder(m_answerRows[reply->seq], message);
}

Message FoldedMessages::newest(const Message &original) const
{
    Message result = original;
    const QList<Message> parts = m_parts.value(original.seq);
    for (const Message &part : parts) {
        if (part.head.replaces() == original.seq && part.from == original.from
            && part.seq > original.seq)
            result = applied(original, part.head, part.content, part.text);
    }
    for (const PendingMessage &message : m_pending) {
        if (message.head.replaces() == original.seq)
            result = applied(original, message.head, message.content, message.text);
    }
    return result;
}

QList<Message> FoldedMessages::versions(const Message &original) const
{
    QList<Message> result{original};
    const QList<Message> parts = m_parts.value(original.seq);
    for (const Message &part : parts) {
        if (part.head.replaces() == original.seq && part.from == original.from
            && part.seq > original.seq)
            result.append(part);
    }
    return result;
}

Delivery FoldedMessages::editState(Seq original) const
{
    Delivery state = Delivery::None;
    for (const PendingMessage &message : m_pending) {
        if (message.head.replaces() == original)
            state = message.state;
    }
    return state;
}

/// What it says in its newest version; an edit by a program that knows no reactions takes it back.
QString FoldedMessages::emojiOf(const Message &reaction) const
{
    return newest(reaction).head.reaction().value_or(QString());
}

QList<Reaction> FoldedMessages::reactions(Seq row, const UserId &self) const
{
    QList<Reaction> result;
    const QList<Message> parts = m_parts.value(row);
    for (const Message &part : parts) {
        const bool counts = part.head.replaces() == 0 && part.seq > row && !part.from.isEmpty();
        const QString emoji = counts ? emojiOf(part) : QString();
        if (!emoji.isEmpty())
            addUser(result, &Reaction::emoji, emoji, part.from);
    }
    for (const PendingMessage &message : m_pending) {
        const QString emoji = message.head.reaction().value_or(QString());
        if (message.head.foldsOnto() == row && message.head.replaces() == 0 && !emoji.isEmpty())
            addUser(result, &Reaction::emoji, emoji, self);
    }
    return result;
}

/// By number: what the two kinds of answers, those that are rows and those that are not, say
/// together.
QList<Message> FoldedMessages::answersTo(const Message &poll) const
{
    const QList<Message> all = versions(poll);
    const auto closing = std::find_if(all.begin(), all.end(),
        [](const Message &version) { return version.head.poll() == wire::PollRole::Closed; });
    const Seq end = closing == all.end() ? wire::kMaxSeq : closing->seq;
    QList<Message> result;
    const QList<Message> messages = m_answerRows.value(poll.seq) + m_parts.value(poll.seq);
    for (const Message &message : messages) {
        const bool isAnswer = message.head.replaces() == 0 && !message.from.isEmpty()
            && message.head.reaction().value_or(QString()).isEmpty();
        if (isAnswer && message.seq > poll.seq && message.seq < end)
            insertInOrder(result, message);
    }
    return result;
}

QList<PollCount> FoldedMessages::answers(const Message &poll, const UserId &self) const
{
    struct Vote {
        UserId user;
        QString choice;
    };
    QList<Vote> votes;
    const QList<Message> messages = answersTo(poll);
    for (const Message &message : messages)
        votes.append({message.from, choiceOf(message.content, poll.seq)});
    for (const PendingMessage &message : m_pending) {
        if (message.head.foldsOnto() == poll.seq && message.head.poll() == wire::PollRole::Answer)
            votes.append({self, choiceOf(message.content, poll.seq)});
    }
    const bool oneCounts = poll.head.poll() == wire::PollRole::Single;
    QList<PollCount> result;
    QSet<UserId> counted;
    // From the last one on: where one answer counts, it is the last.
    for (auto vote = votes.crbegin(); vote != votes.crend(); ++vote) {
        if (vote->choice.isEmpty() || (oneCounts && counted.contains(vote->user)))
            continue;
        counted.insert(vote->user);
        addUser(result, &PollCount::choice, vote->choice, vote->user);
    }
    return result;
}

QList<Seq> FoldedMessages::reactionsBy(Seq row, const UserId &user, const QString &emoji) const
{
    QList<Seq> result;
    const QList<Message> parts = m_parts.value(row);
    for (const Message &part : parts) {
        if (part.from == user && part.head.replaces() == 0 && emojiOf(part) == emoji)
            result.append(part.seq);
    }
    return result;
}

QList<Seq> FoldedMessages::answersBy(Seq poll, const UserId &user, const QString &choice) const
{
    QList<Seq> result;
    const QList<Message> messages = m_parts.value(poll) + m_answerRows.value(poll);
    for (const Message &message : messages) {
        if (message.from == user && message.head.replaces() == 0
            && choiceOf(message.content, poll) == choice)
            result.append(message.seq);
    }
    return result;
}

QStringList FoldedMessages::pendingReactions(Seq row, const QString &emoji) const
{
    QStringList result;
    for (const PendingMessage &message : m_pending) {
        if (message.head.foldsOnto() == row && message.head.replaces() == 0
            && message.head.reaction() == emoji)
            result.append(message.cid);
    }
    return result;
}

QList<Seq> FoldedMessages::partsOf(Seq row) const
{
    QList<Seq> result;
    const QList<Message> parts = m_parts.value(row);
    for (const Message &part : parts) {
        result.append(part.seq);
        for (const Message &edit : m_parts.value(part.seq))
            result.append(edit.seq);
    }
    return result;
}

}
