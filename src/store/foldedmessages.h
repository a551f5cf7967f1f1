#pragma once

#include "store/message.h"
#include "store/seqranges.h"

#include <QHash>
#include <QList>

namespace confab {

/// Who has reacted to a message with one emoji.
struct Reaction {
    QString emoji;
    QList<UserId> users; ///< each once, in the order of their numbers
    bool operator==(const Reaction &) const = default;
};

/// Who has chosen one of the answers that a poll offers.
struct PollCount {
    QString choice; ///< the name of its button
    QList<UserId> users;
    bool operator==(const PollCount &) const = default;
};

/// Messages that are no rows of a timeline but parts of one: edits, reactions, answers to polls,
/// and those of ours that are on their way (docs/extensions.md). They may come before what they
/// belong to, and in any order; what they add up to depends on their numbers alone. A value of
/// Timeline's.
class FoldedMessages
{
public:
    static bool isFolded(const Message &message) { return message.head.foldsOnto() > 0; }

    bool contains(Seq seq) const { return m_targets.contains(seq); }
    /// The number of the row that shows this one; the number itself if it is no part of another.
    Seq rowOf(Seq seq) const;
    /// Returns the number of the row that looks different now.
    Seq add(const Message &message);
    QList<Seq> remove(const QList<SeqRange> &ranges); ///< the rows that look different now
    void clear(); ///< but for those on their way

    /// Adds one of ours; at most one with this cid.
    Seq addPending(const PendingMessage &message);
    Seq setPendingState(const QString &cid, Delivery state);
    const PendingMessage *pending(const QString &cid) const;
    PendingMessage takePending(const QString &cid);
    void readdressPending(const TopicName &topic);

    /// An answer to a form that is a row itself; it counts in a poll all the same.
    void noteAnswer(const Message &message);

    /// The original in its newest version, by the edits that count: those of the same sender with a
    /// higher number (reliability.md T6), and ours on its way.
    Message newest(const Message &original) const;
    /// All versions that count, the original first, without what is on its way.
    QList<Message> versions(const Message &original) const;
    /// How far the last edit of ours is: Queued or Sending; None if all are through.
    Delivery editState(Seq original) const;
    /// `self` is whose those on their way are.
    QList<Reaction> reactions(Seq row, const UserId &self) const;
    /// Of the poll that this message asked in its first version.
    QList<PollCount> answers(const Message &poll, const UserId &self) const;
    /// Numbers of what `user` has reacted with this emoji, or answered with this choice.
    QList<Seq> reactionsBy(Seq row, const UserId &user, const QString &emoji) const;
    QList<Seq> answersBy(Seq poll, const UserId &user, const QString &choice) const;
    /// Cids of ours on their way that do the same.
    QStringList pendingReactions(Seq row, const QString &emoji) const;
    /// Numbers of everything that is part of this row.
    QList<Seq> partsOf(Seq row) const;

private:
    QList<Message> answersTo(const Message &poll) const;
    QString emojiOf(const Message &reaction) const;

    QHash<Seq, QList<Message>> m_parts; ///< by what they name, by number
    QHash<Seq, Seq> m_targets; ///< number of a part -> what it names
    QHash<Seq, QList<Message>> m_answerRows; ///< by poll
    QList<PendingMessage> m_pending;
};

}
