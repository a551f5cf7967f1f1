#pragma once

#include "server/db/records.h"
#include "wire/parts.h"

#include <optional>

namespace confab::server {

class Connection;

/// Reads what is committed. All calls are indexed look-ups that take well under a millisecond, so
/// they run on the thread of the Database. An SQL failure reads as "nothing there" and is logged.
class Reader {
public:
    explicit Reader(Connection &connection)
        : m_connection(connection)
    {
    }

    QString epoch() const;
    qint64 lastTopicId() const;

    std::optional<UserRecord> user(const wire::UserId &id) const;
    std::optional<LoginRecord> login(const QString &name) const;
    std::optional<LoginRecord> loginOf(const wire::UserId &user) const;

    /// The administrator keeps this user from signing in.
    bool isDisabled(const wire::UserId &user) const;
    /// Accounts that another program changed since that note (AccountTable).
    struct ChangedAccounts {
        qint64 lastNote = 0;
        QList<wire::UserId> users;
    };
    ChangedAccounts changedAccounts(qint64 sinceNote) const;

    QStringList tagsOf(const QString &owner) const;
    QStringList ownersOfTag(const QString &tag) const;

    std::optional<StoredTopic> topic(const TopicKey &key) const;
    /// Chats of a user changed since (a valid time also gives the deleted ones), newest first.
    QList<ChatRecord> chatsOf(const wire::UserId &user, const QDateTime &since, int limit) const;
    QList<PartnerRecord> partnersOf(const wire::UserId &user) const;
    QList<TopicRecord> topicsOwnedBy(const wire::UserId &user) const;

    /// Newest first, without what is deleted for this user. `page` as in protocol.md §2.
    QList<MessageRecord> messages(
        qint64 topicId, const wire::UserId &user, const wire::PageOptions &page, int limit) const;
    /// Empty if there is no such message.
    wire::UserId senderOf(qint64 topicId, wire::Seq seq) const;
    /// From which number on no message of the range is older than since. Looks only at these and
    /// at one more.
    wire::Seq firstSince(
        qint64 topicId, const wire::SeqRange &range, const QDateTime &since) const;
    /// For everybody and for this user, of transactions [since, before); before 0 means no end.
    /// Whole transactions, until there are limit ranges.
    DeletionsRecord deletions(
        qint64 topicId, const wire::UserId &user, int since, int before, int limit) const;

    std::optional<FileRecord> file(const QString &id) const;
    /// How much a user's uploads take up; the empty user stands for all without an account.
    qint64 fileBytesOf(const wire::UserId &user) const;
    /// Ids of files that nothing has referred to since before that time, at most limit.
    QStringList unlinkedFiles(const QDateTime &before, int limit) const;

private:
    QStringList texts(const QString &sql, const QString &argument) const;

    Connection &m_connection;
};

} // namespace confab::server
