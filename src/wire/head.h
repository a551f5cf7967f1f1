#pragma once

#include "wire/ids.h"
#include "wire/jsonblob.h"

#include <QString>

namespace confab::wire {

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
    QString forwarded() const;
    QString webrtc() const; ///< state of a call message, empty if it is none

    bool operator==(const Head &) const = default;

private:
    QString text(QLatin1String key) const;
    void setText(QLatin1String key, const QString &value);
    JsonBlob m_blob;
};

}
