#pragma once

#include "service/attachments.h"

#include <QList>
#include <QObject>
#include <QSet>

namespace confab {

/// Fetches what is missing of the whole history of every chat into the archive, the most recent chat
/// first, a few at a time. Goes on after a lost link. GUI thread.
class Filler : public QObject
{
    Q_OBJECT

public:
    Filler(StoreWriter *writer, Attachments *attachments, QObject *parent = nullptr);

    /// finished() follows, once all is here that the server has of these chats and of those that
    /// earlier calls named. None named: all.
    void start(const QList<TopicName> &chats = {});
    void resume(); ///< signed in again
    void reset(); ///< the link is gone

    static constexpr int kAtOnce = 2;

signals:
    void finished();

private:
    void startNext();
    void finish(const TopicName &topic);

    StoreWriter *m_writer;
    Attachments *m_attachments;
    QList<TopicName> m_queue;
    QSet<TopicName> m_running;
    bool m_online = false;
    bool m_active = false; ///< finished() is owed
};

}
