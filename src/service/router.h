#pragma once

#include "service/attachments.h"
#include "service/receipts.h"
#include "service/requesttable.h"
#include "service/roster.h"
#include "service/storewriter.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace confab {

/// Visits each packet of a batch: its content goes to the part that it concerns, then its request is
/// told. What names a topic that we don't have is dropped (reliability.md T6). GUI thread.
class Router : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        StoreWriter *writer;
        RequestTable *requests;
        HistoryLoader *history;
        Attachments *attachments;
        Receipts *receipts;
        Roster *roster;
    };

    Router(const Parts &parts, const ServiceTiming &timing, QObject *parent = nullptr);

    /// Stops in the middle if the line is closed meanwhile (design.md I6). `more` has already come and
    /// follows.
    void take(const QList<wire::ServerMessage> &batch, bool more = false);
    void reset();

signals:
    /// The server is about to go; 0 if it does not say for how long.
    void serverStopping(std::chrono::milliseconds retryAfter);

private:
    void route(const wire::Ctrl &ctrl);
    void route(const wire::Data &data);
    void route(const wire::Meta &meta);
    void route(const wire::Pres &pres);
    void route(const wire::Info &info);
    void route(const wire::ProbeReply &) {}
    void routeUnasked(const wire::Ctrl &ctrl);
    void routeTopicPresence(Topic *topic, const wire::Pres &pres);
    void takeTopicMeta(Topic *topic, const wire::Meta &meta);
    void takeMembers(Topic *topic, const QList<wire::Subscription> &members);
    void noteMemberAccess(Topic *topic, const wire::Pres &pres);
    void deliverRun();
    void noteGap(Topic *topic, Seq seq);
    void closeGaps();
    void waitForGaps();
    void fetch(const TopicName &topic, wire::Whats what, const UserId &user = {});
    Topic *known(const TopicName &name) const;

    Parts m_parts;
    TopicName m_runTopic; ///< of the messages gathered
    QList<Message> m_run; ///< consecutive messages of one topic: one change of the timeline
    Seq m_runNewest = 0;
    std::chrono::milliseconds m_gapWait;
    QHash<TopicName, QDeadlineTimer> m_gaps; ///< when they are asked for
    QTimer m_gapTimer; ///< the earliest of them
    bool m_more = false; ///< what seems to be missing may be among it
};

}
