#pragma once

#include "store/draft.h"
#include "store/timeline.h"
#include "wire/accessmode.h"
#include "wire/card.h"
#include "wire/parts.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <optional>

namespace confab {

/// What the chat list shows of the newest message.
struct Preview {
    Seq seq = 0;
    UserId from;
    QString text;
    QDateTime ts;
    bool operator==(const Preview &) const = default;
};

/// What is kept of a topic between starts; everything but its messages.
struct TopicInfo {
    TopicName name;
    wire::Card card; ///< of the peer, for a direct chat
    QString comment; ///< private.comment
    std::optional<wire::Acs> acs; ///< nothing while unknown: then assume that writing is allowed
    Seq seq = 0;
    Seq read = 0; ///< own; read <= recv <= seq (I7)
    Seq recv = 0;
    int clear = 0;
    int memberCount = 0;
    QDateTime touched; ///< last activity, for the order of the list
    QDateTime updated;
    QDateTime lastSeen; ///< of the peer
    Preview preview;
    QList<Seq> pins; ///< messages that everybody finds above the chat, the newest pin last
    bool pinned = false;
    bool muted = false;
    bool archived = false;
    bool operator==(const TopicInfo &) const = default;
};

struct Member {
    UserId user;
    wire::Card card;
    std::optional<wire::Acs> acs;
    Seq read = 0;
    Seq recv = 0;
    bool online = false;
    bool operator==(const Member &) const = default;
};

/// One conversation in memory. GUI thread, owned by TopicList; only the service writes.
class Topic : public QObject
{
    Q_OBJECT

public:
    explicit Topic(TopicInfo info, QObject *parent = nullptr);

    const TopicName &name() const { return m_info.name; }
    wire::TopicKind kind() const { return m_kind; }
    const TopicInfo &info() const { return m_info; }
    /// Card name, or "Saved messages", or the id where there is nothing better.
    QString title() const;
    /// Numbers after `read` that are rows, or may be: not known yet.
    int unread() const { return m_unread; }
    bool isOnline() const { return m_online; }
    bool canWrite() const;
    const QList<Member> &members() const { return m_members; }
    const Member *member(const UserId &user) const;
    QList<UserId> typing() const { return m_typing; }
    const Draft &draft() const { return m_draft; }
    bool isAttached() const { return m_attached; }
    /// A request for its history is under way (I5).
    bool isLoading() const { return m_loading; }
    /// Nothing older exists anywhere.
    bool isAtStart() const { return m_atStart; }
    /// Sent, Received or Read by the marks of the other members; None for others' messages.
    Delivery deliveryOf(Seq seq, const UserId &from, const UserId &self) const;

    /// The pending message that the list shows: the last failed one, or else the last; nullptr if none.
    const PendingMessage *waiting() const;

    Timeline &timeline() { return m_timeline; }
    const Timeline &timeline() const { return m_timeline; }

    /// Marks that contradict each other are brought into read <= recv <= seq.
    void setInfo(const TopicInfo &info);
    void setOnline(bool online);
    void setMembers(const QList<Member> &members);
    void setMember(const Member &member); ///< added or replaced
    void removeMember(const UserId &user);
    void setTyping(const UserId &user, bool typing);
    void forgetPresence(); ///< nobody is known to be online or typing
    void setDraft(const Draft &draft);
    void setAttached(bool attached);
    void setLoading(bool loading);
    void setAtStart(bool atStart);
    void noteUnread(); ///< the timeline has learnt what some numbers are

signals:
    /// Anything that the list row or the header shows.
    void changed();
    /// Read or received marks of others: ticks may differ.
    void marksChanged();
    /// isLoading() or isAtStart(), or isAttached(): then what could not be had before can be.
    void loadingChanged();
    void pinsChanged();

private:
    void indexMembers();
    void notePending();

    TopicInfo m_info;
    wire::TopicKind m_kind;
    Timeline m_timeline;
    QList<Member> m_members;
    QHash<UserId, int> m_memberRows;
    QList<UserId> m_typing;
    Draft m_draft;
    int m_unread = 0;
    QString m_waitingCid;
    Delivery m_waitingState = Delivery::None;
    bool m_online = false;
    bool m_attached = false;
    bool m_loading = false;
    bool m_atStart = false;
};

}
