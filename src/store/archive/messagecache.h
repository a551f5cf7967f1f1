#pragma once

#include "store/archive/archive.h"
#include "store/archive/database.h"
#include "store/archive/searchindex.h"

#include <QVariant>

namespace confab {

/// archive.db: chats, people, messages and what is known of each chat's history. All of it can be
/// fetched again from the server, so commits are cheap and a damaged file is replaced. Messages are
/// kept as the server sent them, edits as rows of their own. Same thread and errors as Database.
class MessageCache
{
public:
    explicit MessageCache(const QString &folder);

    bool open();
    void close() { m_database.close(); }
    bool isOpen() const { return m_database.isOpen(); }
    bool setAside() { return m_database.setAside(); }
    const SqlFailure &failure() const { return m_database.failure(); }

    /// Everything of the snapshot but outbox and drafts.
    bool load(ArchiveSnapshot &snapshot);
    bool loadPage(ArchivePage &page, int limit); ///< topic and before are given
    bool holdsOwn(const QString &cid, bool &held);
    /// place, query and before of the page are given. False also when it was cancelled.
    bool find(SearchPage &page, int limit, const std::function<bool()> &isCancelled);
    /// Messages in the order of their numbers, from `from` on, in their newest versions.
    bool readOn(const TopicName &topic, Seq from, int limit, QList<Message> &messages);
    bool sizes(QList<ChatSize> &sizes);

    bool saveSelf(const UserId &user, const wire::Card &card);
    bool saveTopic(const TopicInfo &info);
    bool removeTopic(const TopicName &name);
    bool saveUser(const UserId &user, const wire::Card &card);
    /// A message that is here already stays as it is.
    bool saveMessages(const TopicName &topic, const QList<Message> &messages);
    bool saveKnown(const TopicName &topic, SeqRange range);
    bool removeMessages(const TopicName &topic, const QList<SeqRange> &ranges);
    /// All messages and what is known of them; chats and people stay.
    bool forgetMessages();

    /// Takes some older messages into the search index, if that has not been done yet: an archive from
    /// before there was one. isIndexed() tells when there are no more.
    bool indexSome();
    bool isIndexed() const { return m_indexed; }

private:
    qint64 topicNumber(const TopicName &name); ///< 0 if there is none
    qint64 makeTopicNumber(const TopicName &name); ///< 0 on failure
    bool loadPeople(ArchiveSnapshot &snapshot);
    bool loadKnown(qint64 topic, SeqRanges &known);
    bool change(const std::function<bool()> &body);
    bool personNumber(const UserId &user, qint64 &number);
    bool saveAll(qint64 topic, const QList<Message> &messages);
    bool insertMessage(qint64 topic, const Message &message, QList<IndexedMessage> &added);
    bool insertEdit(qint64 topic, const Message &message);
    bool insertRow(qint64 key, const Message &message, const QVariant &row, bool &inserted);
    bool applyEdits(QList<IndexedMessage> &added);
    bool readIndexed(const QString &where, const QVariantList &values, QList<IndexedMessage> &messages);
    bool reindex(const QList<IndexedMessage> &before);
    bool originalsOf(const QList<qint64> &keys, QList<IndexedMessage> &originals);
    bool removeRange(qint64 low, qint64 hi);
    bool addKnown(qint64 topic, SeqRange range);

    Database m_database;
    SearchIndex m_index;
    UserId m_self;
    QHash<UserId, qint64> m_people; ///< numbers of senders
    bool m_indexed = false;
};

}
