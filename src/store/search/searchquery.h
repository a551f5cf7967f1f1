#pragma once

#include "store/topiclist.h"
#include "wire/drafty/attachments.h"

#include <QDate>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace confab {

/// What one message has to contain.
struct SearchTerm {
    QStringList words; ///< folded (WordFolder); several stand side by side in the message
    bool exact = false; ///< in quotes: whole words. Otherwise a part of a word is enough
    bool operator==(const SearchTerm &) const = default;
};

/// A search as typed, understood: all of it must be true of a message. A default one finds nothing.
struct SearchQuery {
    QList<SearchTerm> terms;
    std::optional<QList<TopicName>> topics; ///< any of these
    std::optional<QList<UserId>> senders; ///< any of these
    wire::EntityKinds has;
    QDateTime after; ///< from here on, UTC; invalid: no limit
    QDateTime before; ///< and not from here on

    bool isEmpty() const;
    bool operator==(const SearchQuery &) const = default;
};

/// Reads what a person types: words, "exact phrases" and from: in: has: before: after:, with quotes
/// round names of several words. Names are looked up in `topics`; days are those of the local time
/// zone and may be 2026, 2026-03, 2026-03-14, today, yesterday. Whatever is none of this is words.
SearchQuery parseSearch(const QString &typed, const TopicList &topics,
                        const QDate &today = QDate::currentDate());

}

Q_DECLARE_METATYPE(confab::SearchQuery)
