#pragma once

#include "store/search/searchquery.h"
#include "store/search/wordfolder.h"

#include <QMetaType>

namespace confab {

/// A stretch of text in code units.
struct TextRange {
    int begin = 0;
    int end = 0;
    bool operator==(const TextRange &) const = default;
};

/// A line or two of a message around what was found.
struct Snippet {
    QString text; ///< on one line
    QList<TextRange> marks;
    bool operator==(const Snippet &) const = default;
};

/// Finds in a text what a query looks for, by the same words as the index. Not to be shared by threads.
class HitMarker
{
public:
    explicit HitMarker(SearchQuery query = {});

    const SearchQuery &query() const { return m_query; }
    /// Sorted, without overlaps.
    QList<TextRange> marks(const QString &text);
    bool contains(const QString &text, const SearchTerm &term);
    Snippet snippet(const QString &text);

    static constexpr int kSnippet = 200; ///< characters at most
    static constexpr int kLead = 40; ///< of them before the first mark

private:
    SearchQuery m_query;
    WordFolder m_folder;
};

}

Q_DECLARE_METATYPE(confab::Snippet)
