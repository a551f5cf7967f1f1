#pragma once

#include "store/archive/archive.h"
#include "store/archive/messagewriter.h"
#include "store/archive/searchreader.h"
#include "store/archive/topictable.h"

namespace confab {

/// archive.db: chats, people, messages and what is known of each chat's history. All of it can be
/// fetched again from the server, so commits are cheap and a damaged file is replaced. Same thread
/// and errors as Database.
class MessageCache
{
public:
    explicit MessageCache(const QString &folder);

    bool open();
    void close() { m_database.close(); }
    void releaseMemory();
    bool isOpen() const { return m_database.isOpen(); }
    bool setAside() { return m_database.setAside(); }
    const SqlFailure &failure() const { return m_database.failure(); }
    const SqlCost &cost() const { return m_database.cost(); }

    /// Everything of the snapshot but outbox and drafts.
    bool load(ArchiveSnapshot &snapshot);
    bool loadPage(ArchivePage &page, int limit); ///< topic and before are given
    bool holdsOwn(const QString &cid, bool &held);
    /// place, query and before of the page are given. False also when it was cancelled.
    bool find(SearchPage &page, int limit, const std::function<bool()> &isCancelled);
    /// As SearchReader::count().
    bool count(const SearchQuery &query, int &total);
    enum class Content { Any, NotPlain };
    /// Messages in the order of their numbers, from `from` on, in their newest versions.
    bool readOn(const TopicName &topic, Seq from, int limit, QList<Message> &messages,
        Content content = Content::Any);
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
    /// All changes that `body` makes, by the calls above, in one transaction: a commit and the
    /// index cost most. All or, when it returns false, none.
    bool together(const std::function<bool()> &body);

    /// Takes saved messages into the search index until `isEnough`; isIndexed() tells when there
    /// are no more. What was asked of a search before is not found yet.
    bool indexSome(const std::function<bool()> &isEnough);
    bool isIndexed() const { return m_indexed; }

private:
    bool loadPeople(ArchiveSnapshot &snapshot);
    bool readStretch(qint64 bottom, qint64 top, int limit, QList<Message> &newestFirst);
    bool readRows(const QString &where, const QVariantList &values, QList<Message> &messages);
    Message toMessage(const SqlRow &row) const;
    bool learnNames();
    bool change(const std::function<bool()> &body);
    void forget();

    Database m_database;
    SearchIndex m_index;
    SearchReader m_reader;
    TopicTable m_topics;
    MessageWriter m_writer;
    QHash<qint64, UserId> m_names; ///< of senders, by their numbers
    bool m_together = false;
    bool m_indexed = false;
};

}
