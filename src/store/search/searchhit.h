#pragma once

#include "store/message.h"
#include "store/search/searchquery.h"

#include <QList>

namespace confab {

/// Who asks; a new search of one does not disturb the other.
enum class SearchPlace { Account, Chat };

/// A message that was found.
struct SearchHit {
    TopicName topic;
    Seq seq = 0;
    UserId from; ///< empty in channels
    QDateTime ts;
    QByteArray text; ///< UTF-8, of the newest version; HitMarker makes a snippet of it
    bool operator==(const SearchHit &) const = default;
};

/// One page of what was found, newest first.
struct SearchPage {
    SearchPlace place = SearchPlace::Account;
    SearchQuery query;
    qint64 before = 0; ///< as asked for: 0, or `next` of the page above
    QList<SearchHit> hits;
    qint64 next = 0; ///< where the next page begins; 0: this was the last one
    /// Hits on all pages; -1: not counted yet (Archive::counted), or not the first page.
    int total = -1;
    bool indexing = false; ///< more messages are still being taken into the index
};

}

Q_DECLARE_METATYPE(confab::SearchPage)
