#pragma once

#include "store/archive/searchindex.h"

namespace confab {

/// Puts messages into an archive.db and takes them out, with their words in the search index. Messages
/// are kept as the server sent them, edits as rows of their own; the index has the newest version. Only
/// within transactions. Same thread and errors as Database.
class MessageWriter
{
public:
    MessageWriter(Database &database, SearchIndex &index);

    void forget(); ///< after each opening, and when a transaction with changes was rolled back
    void setSelf(const UserId &user) { m_self = user; }

    /// A message that is here already stays as it is.
    bool save(qint64 topic, const QList<Message> &messages);
    bool remove(qint64 low, qint64 hi); ///< by key, half open
    bool clear();
    /// Takes some older messages into the index that are not in it yet; `done` when there are no more.
    bool indexSome(bool &done);

private:
    bool personNumber(const UserId &user, qint64 &number);
    bool insertMessage(qint64 topic, const Message &message, QList<IndexedMessage> &added);
    bool insertEdit(qint64 topic, const Message &message);
    bool insertRow(qint64 key, const Message &message, const QVariant &row, bool &inserted);
    bool applyEdits(QList<IndexedMessage> &added);
    bool readIndexed(const QString &where, const QVariantList &values, QList<IndexedMessage> &messages);
    bool reindex(const QList<IndexedMessage> &before);
    bool originalsOf(const QList<qint64> &keys, QList<IndexedMessage> &originals);

    Database &m_database;
    SearchIndex &m_index;
    UserId m_self;
    QHash<UserId, qint64> m_people; ///< numbers of senders
};

}
