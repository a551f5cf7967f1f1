#pragma once

#include "service/historyloader.h"
#include "service/requesttable.h"
#include "service/storewriter.h"

#include <QFlags>
#include <QHash>
#include <QObject>
#include <QSet>

namespace confab {

/// Why a topic is attached; it stays so while there is a reason.
enum class Reason {
    Opened = 1, ///< the person looks at it
    Sending = 2, ///< its outbox is not empty
    Peek = 4, ///< its newest messages are wanted for the list
    Inviting = 8, ///< members are being added, which only those attached may do
    Filling = 16, ///< all of its history is wanted in the archive
    Deleting = 32, ///< messages are to be deleted from it
};
Q_DECLARE_FLAGS(Reasons, Reason)

/// Which topics this connection has subscribed to, and when their messages are complete. Attaches all
/// that is wanted again after a reconnect. GUI thread.
class Attachments : public QObject
{
    Q_OBJECT

public:
    Attachments(StoreWriter *writer, RequestTable *requests, HistoryLoader *history,
        const ServiceTiming &timing, QObject *parent = nullptr);

    void want(const TopicName &topic, Reason reason);
    void unwant(const TopicName &topic, Reason reason);
    bool isWanted(const TopicName &topic, Reason reason) const;
    bool isAttached(const TopicName &topic) const;
    /// Attached, and what was missing has arrived: sending may go on.
    bool isReady(const TopicName &topic) const;
    /// Own messages of this topic may have been stored without our knowing, with numbers above
    /// `after`: miss none of them.
    void setUncertain(const TopicName &topic, Seq after);
    /// It counts anew: what was uncertain may now have any number above `after`.
    void restart(Topic *topic, Seq after);

    /// The server says, or we suspect, that it is attached no more: leave, subscribe, catch up.
    void reattach(const TopicName &topic);
    /// The server has detached us, for good or by rehashing.
    void noteDetached(const TopicName &topic);
    /// The topic is gone.
    void forget(const TopicName &topic);
    /// Subscribed by another request; stays if there is a reason by the next turn of the event loop.
    void noteAttached(const TopicName &topic);
    /// Detached, and not to be attached again before resume().
    void suspend(const TopicName &topic);
    void resume(const TopicName &topic);

    /// The connection is signed in and the list of chats is there.
    void resume();
    void reset(); ///< the link is gone

signals:
    void attached(const TopicName &topic);
    void ready(const TopicName &topic);
    /// The server does not let us; all reasons, which are told, are dropped.
    void refused(const TopicName &topic, confab::Reasons reasons, const confab::wire::Ctrl &ctrl);

private:
    enum class State { Suspended, Detached, Attaching, Attached, Ready, Leaving };
    struct Attachment {
        State state = State::Detached;
        Reasons reasons;
        int failures = 0; ///< in a row
    };

    void advance(const TopicName &topic);
    void subscribe(const TopicName &name);
    void takeSubscribed(const TopicName &name, const Reply &reply);
    void succeed(const TopicName &name, const Reply &reply);
    void catchUp(const TopicName &name);
    void leave(const TopicName &name);
    void retryLater(const TopicName &name, int hintMs);
    void setState(const TopicName &name, State state);

    StoreWriter *m_writer;
    RequestTable *m_requests;
    HistoryLoader *m_history;
    ServiceTiming m_timing;
    QHash<TopicName, Attachment> m_attachments;
    QHash<TopicName, Seq> m_uncertain; ///< by the number that they come after
    bool m_running = false;
    int m_connection = 0; ///< so that a retry of an old one does nothing
};

Q_DECLARE_OPERATORS_FOR_FLAGS(Reasons)

}
