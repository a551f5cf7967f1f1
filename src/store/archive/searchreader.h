#pragma once

#include "store/archive/database.h"
#include "store/search/hitmarker.h"

#include <QDateTime>

#include <functional>

namespace confab {

/// What SearchReader knows of a message that matches.
struct FoundMessage {
    qint64 row = 0; ///< of the index: descends with time
    qint64 key = 0; ///< of the row in messages: topic << 40 | seq
    qint64 sender = 0; ///< of the row in people; 0 if nobody is known
    QDateTime ts;
    QByteArray text; ///< UTF-8, of the newest version
};

/// Finds messages by the words that SearchIndex keeps. Newest first, page by page. Same thread and
/// errors as Database.
class SearchReader
{
public:
    using IsCancelled = std::function<bool()>;

    explicit SearchReader(Database &database);

    /// Gives `take` up to `limit` messages below the row `below`, which moves down to the last one
    /// seen, or to 0 if there are no more. False also when it was cancelled.
    bool find(const SearchQuery &query, qint64 &below, int limit, HitMarker &marker,
        const std::function<void(FoundMessage &&)> &take, const IsCancelled &isCancelled);
    /// How many there are; not more than kMostCounted; -1 if that would take looking at all texts.
    bool count(const SearchQuery &query, int &total);

    static constexpr int kMostCounted = 1000;
    static constexpr qint64 kLastRow = qint64(1) << 62;

private:
    struct Plan {
        QString match; ///< FTS5 expression; empty: all messages
        bool nothing = false; ///< a word of the query occurs nowhere
        QList<SearchTerm> unchecked; ///< terms to compare with each text
        qint64 low = 0; ///< rows from here on
        qint64 high = 0; ///< to below here
    };
    struct Slice {
        int wanted = 0; ///< hits
        int limit = 0; ///< messages to look at
        qint64 below = 0;
        int seen = 0;
        int found = 0;
    };

    bool plan(const SearchQuery &query, Plan &plan);
    bool planTerm(const SearchTerm &term, Plan &plan, QStringList &clauses);
    /// Only what has one of these tags: `idOf` finds the number behind a name, `tagOf` its tag.
    bool planAnyOf(const QString &idOf, const QStringList &names, QString (*tagOf)(qint64),
        Plan &plan, QStringList &clauses);
    /// Words that contain this one, each once; or kMostWords + 1, when there may be more than that.
    bool wordsWith(const QString &part, QStringList &words);
    bool readSlice(const Plan &plan, HitMarker &marker,
        const std::function<void(FoundMessage &&)> &take, Slice &slice);

    Database &m_database;
};

}
