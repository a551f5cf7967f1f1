#pragma once

#include "service/attachments.h"

#include <QList>
#include <QObject>
#include <QSet>

namespace confab {

/// Fetches the newest messages of chats that are not open, so that the list, the unread counts and the
/// notifications are right: the server tells only that there is something (protocol.md §1). A few at a
/// time, the most recent chat first. GUI thread.
class Previews : public QObject
{
    Q_OBJECT

public:
    Previews(StoreWriter *writer, Attachments *attachments, QObject *parent = nullptr);

    void want(const TopicName &topic);
    void wantAll(); ///< every chat whose newest message is not known
    void reset();

    static constexpr int kAtOnce = 2;

private:
    void startNext();
    void finish(const TopicName &topic);

    StoreWriter *m_writer;
    Attachments *m_attachments;
    QList<TopicName> m_queue;
    QSet<TopicName> m_running;
};

}
