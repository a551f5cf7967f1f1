#pragma once

#include "wire/ids.h"
#include "wire/jsonblob.h"

#include <QString>

#include <optional>

namespace confab::wire {

/// What a message has to do with a poll (docs/extensions.md).
enum class PollRole {
    None,
    Single, ///< asks, and the last answer of each person counts
    Multiple, ///< asks, and all answers of a person count
    Closed, ///< an edit: no more answers
    Answer, ///< answers the message that it replies to
};

/// The `head` of a message: the keys of protocol.md §4 by name; all others are kept as they came.
class Head
{
public:
    Head() = default;
    /// Anything but an object counts as an empty head.
    explicit Head(JsonBlob blob);

    bool isEmpty() const;
    const JsonBlob &blob() const { return m_blob; } ///< absent when empty

    QString mime() const;
    void setMime(const QString &mime);
    /// Confab's client message id, `x-confab-cid`; what exactly-once delivery matches on.
    QString cid() const;
    void setCid(const QString &cid);
    /// The message that this one edits (`replace: ":123"`), or 0.
    Seq replaces() const;
    void setReplaces(Seq seq);
    /// The message answered; both "123" and "topic:123" are read. 0 if none.
    Seq replyTo() const;
    void setReplyTo(Seq seq);
    QString forwarded() const; ///< "topic:123", as its sender names it; empty if it is none
    void setForwarded(const TopicName &topic, Seq seq);
    /// Confab's `x-confab-reaction`: one emoji; empty if it is taken back; nothing if it is no reaction.
    std::optional<QString> reaction() const;
    void setReaction(const QString &emoji);
    PollRole poll() const; ///< Confab's `x-confab-poll`
    void setPoll(PollRole role);
    /// The message that this one is shown as part of, being no row of its own: the one edited, reacted
    /// to or answered. 0: it stands for itself.
    Seq foldsOnto() const;
    QString webrtc() const; ///< state of a call message, empty if it is none

    bool operator==(const Head &) const = default;

private:
    QString text(QLatin1String key) const;
    void setText(QLatin1String key, const QString &value);
    JsonBlob m_blob;
};

}
