#pragma once

#include "service/serviceerror.h"
#include "service/servicetiming.h"
#include "wire/clientmessage.h"
#include "wire/servermessage.h"

#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>

namespace confab {

/// What became of one request.
struct Reply {
    enum class End { Answered, TimedOut, Cancelled };
    End end = End::Cancelled;
    wire::Ctrl ctrl; ///< the one that decided; code 200 where only parts came
    std::optional<wire::TopicDesc> desc;
    QList<wire::Subscription> subs;
    bool hadData = false; ///< 208: messages came before it
    bool ok() const { return end == End::Answered && ctrl.code >= 200 && ctrl.code < 400; }
    ServiceError error() const; ///< if it is not ok()
};

/// Sends requests and gives each exactly one outcome: its reply, a timeout, or cancelled when the link
/// is gone (design.md I4). A request with several parts ends with the last of them (protocol.md §1).
/// GUI thread.
class RequestTable : public QObject
{
    Q_OBJECT

public:
    using Send = std::function<void(const wire::ClientMessage &)>;
    using Done = std::function<void(const Reply &)>;

    explicit RequestTable(const ServiceTiming &timing, QObject *parent = nullptr);

    /// From now on there is a line to a server.
    void open(Send send);
    /// The line is gone: everything unanswered is cancelled.
    void close();
    bool isOpen() const { return bool(m_send); }

    /// Sends with a fresh id. `done` is called later, once, unless `context` is gone by then.
    void ask(QObject *context, wire::ClientMessage message, Done done);
    /// Sends what is never answered; dropped without a line.
    void tell(const wire::ClientMessage &message);

    /// To be called after the content has been applied. True if the packet belongs to a request.
    bool take(const wire::Ctrl &ctrl);
    bool take(const wire::Meta &meta);

signals:
    /// Something has been unanswered for ServiceTiming::requestSlow.
    void unanswered();

private:
    struct Request {
        wire::TopicName topic; ///< the reply must name it; empty: any
        bool awaitsCtrl = false;
        wire::Whats parts; ///< still to come
        Reply reply;
        QPointer<QObject> context;
        Done done;
        qint64 askedAt = 0; ///< ms of m_clock
        bool reported = false; ///< as slow
    };

    static bool belongs(const Request &request, const wire::TopicName &topic);
    void finish(const QString &id, Reply::End end);
    void finishIfComplete(const QString &id);
    void checkDeadlines();

    ServiceTiming m_timing;
    Send m_send;
    QHash<QString, Request> m_requests;
    QElapsedTimer m_clock;
    QTimer m_tick;
    quint64 m_lastId = 0;
};

}
