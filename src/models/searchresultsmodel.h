#pragma once

#include "store/search/hitmarker.h"
#include "store/search/searchhit.h"
#include "store/topiclist.h"

#include <QAbstractListModel>

namespace confab {

/// What a search has found so far, newest first. Grows page by page as the view nears its end.
class SearchResultsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        TopicRole = Qt::UserRole, ///< topic id
        SeqRole,
        TitleRole, ///< of the chat
        AuthorRole, ///< id of who speaks, which in a channel is the channel
        NameRole, ///< of the author, also of the person themselves
        SenderRole, ///< "You", a name, or empty where the title tells
        PhotoRole, ///< of the sender, else of the chat: encoded image
        TimeRole, ///< QDateTime UTC
        SnippetRole, ///< Snippet
    };

    explicit SearchResultsModel(TopicList &topics, QObject *parent = nullptr);

    /// A new search: what an older one has found stays visible until the first page of this arrives.
    void begin(const SearchQuery &query);
    void clear();
    /// Pages of other searches and pages that were not asked for are ignored.
    void addPage(const SearchPage &page);
    /// How many hits this search has; of another one it is ignored.
    void setTotal(const SearchQuery &query, int total);

    const SearchQuery &query() const { return m_query; }
    bool isSearching() const { return m_searching; }
    bool isComplete() const { return m_next == 0; }
    int total() const { return m_total; } ///< on all pages; -1: not known
    bool isIndexing() const { return m_indexing; } ///< older messages cannot be found yet
    const SearchHit &hit(int row) const { return m_hits.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    /// AccessibleTextRole is one sentence.
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

signals:
    /// `before` is 0 for the newest hits.
    void pageWanted(const confab::SearchQuery &query, qint64 before);
    void changed(); ///< count, total, or whether a search is under way

private:
    QString titleOf(const SearchHit &hit) const;
    QString senderOf(const SearchHit &hit) const;
    Snippet snippetOf(const SearchHit &hit) const
    {
        return m_marker.snippet(QString::fromUtf8(hit.text));
    }
    QByteArray photoOf(const SearchHit &hit) const;

    TopicList &m_topics;
    SearchQuery m_query;
    QList<SearchHit> m_hits;
    mutable HitMarker m_marker; ///< of the search that has found them
    qint64 m_next = 0;
    int m_total = 0;
    bool m_searching = false;
    bool m_fresh = false; ///< the hits are still those of the search before
    bool m_indexing = false;
};

}
