#pragma once

#include "service/requesttable.h"
#include "service/serviceerror.h"
#include "wire/card.h"

#include <QList>
#include <QObject>
#include <QStringList>

namespace confab {

/// Somebody or something that find() came up with.
struct FoundTopic {
    wire::TopicName topic; ///< "usrX" or "grpX"
    wire::Card card;
    QStringList tags; ///< those that matched
    bool operator==(const FoundTopic &) const = default;
};

/// Looks for people and groups by way of the topic `fnd`. The query is a state of the session there,
/// so that one search runs at a time; of several waiting ones only the last is done. GUI thread.
class Finder : public QObject
{
    Q_OBJECT

public:
    explicit Finder(RequestTable *requests, QObject *parent = nullptr);

    void find(const QString &query);
    void reset(); ///< the link is gone

    /// What `fnd` is asked for: a bare word may be a tag, a login or an alias, and servers look at
    /// tags as they are (protocol.md §11, Search).
    static QString expanded(const QString &query);

signals:
    void found(const QString &query, const QList<confab::FoundTopic> &topics);
    void failed(const confab::ServiceError &error);

private:
    void attach();
    void ask();
    void askForUser();
    void collect();
    void take(const Reply &reply);
    void end();

    RequestTable *m_requests;
    QString m_running; ///< empty: none
    QString m_next;
    bool m_attached = false;
};

}
