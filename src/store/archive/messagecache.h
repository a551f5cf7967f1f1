#pragma once

#include "store/archive/archive.h"
#include "store/archive/database.h"

#include <QVariant>

namespace confab {

/// archive.db: chats, people, messages and what is known of each chat's history. All of it can be
/// fetched again from the server, so commits are cheap and a damaged file is replaced. Messages are
/// kept as the server sent them, edits as rows of their own. Same thread and errors as Database.
class MessageCache
{
public:
    explicit MessageCache(const QString &folder);

    bool open() { return m_database.open(); }
    void close() { m_database.close(); }
    bool isOpen() const { return m_database.isOpen(); }
    bool setAside() { return m_database.setAside(); }
    const SqlFailure &failure() const { return m_database.failure(); }

    /// Everything of the snapshot but outbox and drafts.
    bool load(ArchiveSnapshot &snapshot);
    bool loadPage(ArchivePage &page, int limit); ///< topic and before are given
    bool holdsOwn(const QString &cid, bool &held);

    bool saveSelf(const UserId &user, const wire::Card &card);
    bool saveTopic(const TopicInfo &info);
    bool removeTopic(const TopicName &name);
    bool saveUser(const UserId &user, const wire::Card &card);
    /// A message that is here already stays as it is.
    bool saveMessages(const TopicName &topic, const QList<Message> &messages);
    bool saveKnown(const TopicName &topic, SeqRange range);
    bool removeMessages(const TopicName &topic, const QList<SeqRange> &ranges);

private:
    qint64 topicNumber(const TopicName &name); ///< 0 if there is none
    qint64 makeTopicNumber(const TopicName &name); ///< 0 on failure
    bool loadPeople(ArchiveSnapshot &snapshot);
    bool loadKnown(qint64 topic, SeqRanges &known);
    bool insertMessage(qint64 topic, const Message &message);
    bool addKnown(qint64 topic, SeqRange range);

    Database m_database;
    UserId m_self;
};

}
