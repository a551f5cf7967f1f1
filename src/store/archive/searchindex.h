#pragma once

#include "store/archive/archive.h"
#include "store/archive/database.h"
#include "store/search/hitmarker.h"

#include <QSet>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace confab {

/// A message as the index takes it in.
struct IndexedMessage {
    qint64 key = 0; ///< of the row in messages: topic << 40 | seq
    qint64 row = 0; ///< of the index, from place()
    qint64 sender = 0; ///< of the row in people; 0 if nobody is known
    QString text; ///< of the newest version
    wire::EntityKinds has;
};

/// The words of all messages of an archive.db (performance.md §4). An FTS5 table without content holds
/// words as WordFolder makes them, and for each message words that no text can hold: its chat, its
/// sender, what it carries. Its rows are numbered by time, so that the newest hits of all chats come
/// first without sorting, and each filter is one more word. A list of all words that occur finds those
/// that contain a part; pairs of characters are not in it, they are what is looked for. Changes belong
/// into the transaction that changes the messages, and gather in memory until write(): FTS5 is fast as
/// long as rows ascend. Same thread and errors as Database.
class SearchIndex
{
public:
    explicit SearchIndex(Database &database);

    static QStringList schema(); ///< for a file with tables messages and topics

    bool load(); ///< after each opening, and when a transaction with changes was rolled back
    /// A row for a message of that time; the caller keeps it with the message.
    bool place(qint64 key, const QDateTime &ts, qint64 &row);
    bool displace(qint64 row); ///< of a message that was not added
    bool add(const QList<IndexedMessage> &messages);
    /// With the texts and senders that they were added with.
    bool remove(const QList<IndexedMessage> &messages);
    bool clear();
    bool write(); ///< before the transaction ends

    /// Fills hits, next and total of the page. False also when it was cancelled.
    bool find(const SearchQuery &query, SearchPage &page, int limit,
              const std::function<bool()> &isCancelled);

    static constexpr int kMostCounted = 1000; ///< hits

private:
    struct Plan {
        QString match; ///< FTS5 expression; empty: all messages
        bool nothing = false; ///< a word of the query occurs nowhere
        QList<SearchTerm> unchecked; ///< terms to compare with each text
        qint64 low = 0; ///< rows from here on
        qint64 high = 0; ///< to below here
    };

    /// Of one row: what it held before, and what it shall hold.
    struct Change {
        std::optional<IndexedMessage> removed;
        std::optional<IndexedMessage> added;
    };

    bool writeSoon();
    bool writeAdded(const IndexedMessage &message);
    bool writeRemoved(const IndexedMessage &message, QSet<QString> &words);
    QString document(const IndexedMessage &message, QStringList &words);
    bool noteWord(const QString &word);
    bool dropUnusedWords(const QSet<QString> &words);

    bool plan(const SearchQuery &query, Plan &plan);
    bool planTerm(const SearchTerm &term, Plan &plan, QStringList &clauses);
    bool planTopics(const SearchQuery &query, Plan &plan, QStringList &clauses);
    bool planSenders(const SearchQuery &query, Plan &plan, QStringList &clauses);
    /// Words that contain this one; at most kMostWords + 1.
    bool wordsWith(const QString &part, QStringList &words);
    bool readHits(const Plan &plan, HitMarker &marker, SearchPage &page, int limit, qint64 &below,
                  bool &ended);
    bool count(const Plan &plan, SearchPage &page);

    Database &m_database;
    WordFolder m_folder;
    qint64 m_newestRow = 0;
    std::map<qint64, Change> m_changes; ///< by row
    std::vector<size_t> m_noted; ///< hashes of words that are in the list, one a slot; empty: none yet
};

}
