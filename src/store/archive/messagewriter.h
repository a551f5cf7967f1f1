#pragma once

#include "store/archive/searchindex.h"
#include "store/message.h"

#include <QHash>

namespace confab {

/// Puts messages into an archive.db and takes them out, and notes for the search index what it is
/// to take in. Messages are kept as the server sent them; edits, reactions and answers to polls are
/// rows of their own that name what they belong to. Only within transactions. Same thread and
/// errors as Database.
class MessageWriter
{
public:
    MessageWriter(Database &database, SearchIndex &index);

    void forget(); ///< after each opening, and when a transaction with changes was rolled back
    void setSelf(const UserId &user) { m_self = user; }

    /// A message that is here already stays as it is.
    bool save(qint64 topic, const QList<Message> &messages);
    bool finishNotes(); ///< at the end of a transaction that saves
    bool remove(qint64 low, qint64 hi); ///< by key, half open
    bool clear();

private:
    bool personNumber(const UserId &user, qint64 &number);
    bool noteInRun(qint64 topic, qint64 key);
    bool insert(qint64 topic, const Message &message, Seq original, bool &inserted);

    Database &m_database;
    SearchIndex &m_index;
    UserId m_self;
    QHash<UserId, qint64> m_people; ///< numbers of senders
    /// New messages that the index is yet to be told of, by topic: one run of keys each, half open.
    QHash<qint64, std::pair<qint64, qint64>> m_runs;
};

}
